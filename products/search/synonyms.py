"""Words that mean the same goods, and words that mean nothing about goods: products/data/search_words.json."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from products.search.words import SEARCH_WORDS
from shop.core.text import fold

READINGS = 6  # of one text, with the words that mean the same
LONGEST = 3  # words of a phrase

Phrase = tuple[str, ...]


class _Data(NamedTuple):
    """The file, every phrase folded."""

    same: dict[Phrase, tuple[Phrase, ...]]
    unless: dict[Phrase, frozenset[Phrase]]
    empty: frozenset[Phrase]


@cache
def _data() -> _Data:
    content: dict[str, Any] = SEARCH_WORDS
    same: dict[Phrase, tuple[Phrase, ...]] = {}
    unless: dict[Phrase, frozenset[Phrase]] = {}
    for group in content["same"]:
        phrases = tuple(dict.fromkeys(_phrase(word) for word in group["words"]))
        for phrase in phrases:
            same[phrase] = (*same.get(phrase, ()), *(other for other in phrases if other != phrase))
        for word, longer in group.get("unless", {}).items():
            unless[_phrase(word)] = frozenset(map(_phrase, longer))
    return _Data(same, unless, frozenset(map(_phrase, content["empty"])))


def _phrase(text: str) -> Phrase:
    return tuple(fold(text).split())


def readings(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the folded words, and them with phrases replaced by others of the same meaning; at most READINGS.

    Single words for single words are left to `meant`.
    """
    found: dict[tuple[str, ...], None] = {tuple(words): None}
    for start, end, others in _places(words):
        for other in others:
            if end - start > 1 or len(other) > 1:
                found[(*words[:start], *other, *words[end:])] = None
    return list(found)[:READINGS]


def meant(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return for each word the single words that mean the same in its place."""
    others: list[tuple[str, ...]] = [()] * len(words)
    for start, end, phrases in _places(words):
        if end - start == 1:
            others[start] = tuple(phrase[0] for phrase in phrases if len(phrase) == 1)
    return others


def without_empty(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words without those that say nothing about goods (buy, where, how much); all where none is left."""
    kept: list[str] = []
    place = 0
    while place < len(words):
        length = next((n for n in range(LONGEST, 0, -1) if tuple(words[place : place + n]) in _data().empty), 0)
        if not length:
            kept.append(words[place])
        place += length or 1
    return tuple(kept) or tuple(words)


def _places(words: Sequence[str]) -> Iterable[tuple[int, int, tuple[Phrase, ...]]]:
    """Find phrases that have others of the same meaning, longest first, none within another."""
    data, place = _data(), 0
    while place < len(words):
        for length in range(min(LONGEST, len(words) - place), 0, -1):
            phrase = tuple(words[place : place + length])
            if phrase in data.same and not _within(words, place, data.unless.get(phrase, frozenset())):
                yield place, place + length, data.same[phrase]
                place += length - 1
                break
        place += 1


def _within(words: Sequence[str], place: int, longer: Iterable[Phrase]) -> bool:
    """Say whether the word at `place` belongs to a longer phrase that means something else."""
    return any(
        tuple(words[start : start + len(phrase)]) == phrase
        for phrase in longer
        for start in range(max(0, place - len(phrase) + 1), place + 1)
    )
