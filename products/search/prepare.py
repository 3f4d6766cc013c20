"""Turning the texts of one product into the columns that are searched."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from shop.core.text import fold, nfc, sound

_JOINED_WORDS = 8  # of a longer name only the beginning is written together
_APOSTROPHES = str.maketrans("", "", "'`\u2018\u2019\u02bc\u02b9")

_sound_of = lru_cache(maxsize=50_000)(sound)


class Texts(NamedTuple):
    """What is said about a product, by how it counts."""

    names: tuple[str, ...]  # its own, and those of its known type with the words people say for it
    places: tuple[str, ...]  # cooperative, commune and its older names
    others: tuple[str, ...]  # category, summaries


class Columns(NamedTuple):
    """The prepared columns of a search entry."""

    words: str
    joined: str
    sound: str
    name: str
    exact: str


def marked(text: str) -> str:
    """Return lower-case words with their Vietnamese marks, in NFC, single spaces, no punctuation."""
    lower = nfc(text).lower().translate(_APOSTROPHES)
    kept = (sign if sign.isalnum() or unicodedata.category(sign).startswith("M") else " " for sign in lower)
    return " ".join("".join(kept).split())


def columns(texts: Texts) -> Columns:
    """Prepare the texts of one product; every word stands once, for what repeats itself is not better."""
    every = [_split(text) for text in (*texts.names, *texts.places, *texts.others) if text]
    words = dict.fromkeys(word for folded, _exact, _joined in every for word in folded)
    exact = dict.fromkeys(word for _folded, with_marks, _joined in every for word in with_marks)
    named = [_split(text) for text in (*texts.names, *texts.places) if text]
    joined = dict.fromkeys(run for _folded, _exact, runs in named for run in runs)
    names = "  ".join(dict.fromkeys(" ".join(_split(text)[0]) for text in texts.names if text))
    return Columns(
        words=" ".join(words),
        joined=" ".join(joined),
        sound=" ".join(dict.fromkeys(_sound_of(word) for word in words)),
        name=f" {names} ",
        exact=_spaced(exact),
    )


@lru_cache(maxsize=20_000)
def _split(text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the folded words, the words with marks, and the joined runs of a text."""
    folded = tuple(fold(text).split())
    first = folded[:_JOINED_WORDS]
    return folded, tuple(marked(text).split()), tuple("".join(first[start:]) for start in range(len(first) - 1))


def _spaced(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "
