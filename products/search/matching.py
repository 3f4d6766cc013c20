"""What is asked of the engine's index, said once and written for FTS5 or tsquery."""

from collections.abc import Callable
from typing import NamedTuple


class Word(NamedTuple):
    """A word in one column (words, joined or sound); `prefix` takes every word that begins so."""

    column: str
    text: str
    prefix: bool = False


Term = tuple[Word, ...]  # any of these
Asked = tuple[Term, ...]  # all of these
Query = tuple[Asked, ...]  # any of these

_WEIGHT_OF = {"words": "A", "joined": "B", "sound": "C"}  # as products.search.indexes stores them


def fts5(query: Query) -> str:
    """Write the query for FTS5's MATCH; every word is quoted, so nothing in it is an operator."""
    return _either(query, " AND ", " OR ", _fts5_word)


def tsquery(query: Query) -> str:
    """Write the query for to_tsquery('simple', …); every word is quoted, so nothing in it is an operator."""
    return _either(query, " & ", " | ", _tsquery_word)


def _either(query: Query, both: str, either: str, written: Callable[[Word], str]) -> str:
    return either.join(
        "(" + both.join("(" + either.join(written(word) for word in term) + ")" for term in asked) + ")"
        for asked in query
    )


def _fts5_word(word: Word) -> str:
    quoted = word.text.replace('"', '""')
    return f'{word.column} : "{quoted}"{" *" if word.prefix else ""}'


def _tsquery_word(word: Word) -> str:
    quoted = word.text.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}':{'*' if word.prefix else ''}{_WEIGHT_OF[word.column]}"
