"""The words that occur in public texts, and which of them a mistyped word may mean."""

import string
from collections import Counter
from collections.abc import Iterable

from sqlalchemy import select

from products.search.models import SearchEntry, SearchWord
from shop.core.db import db
from shop.core.text import fold, sound

LEAST_LETTERS = 3  # of a shorter word every other is a neighbour
MOST_NEIGHBOURS = 8
_LATIN = string.ascii_lowercase
_DEVANAGARI = "".join(sorted({sign for code in range(0x0901, 0x0950) for sign in fold(chr(code)) if sign != " "}))


def known(words: Iterable[str]) -> dict[str, int]:
    """Return those of the folded words that occur, with the number of products that have them."""
    chosen = select(SearchWord.word, SearchWord.products).where(SearchWord.word.in_(set(words)))
    return {row.word: row.products for row in db.session.execute(chosen)}


def near(words: Iterable[str]) -> dict[str, list[str]]:
    """Return for each word what occurs at distance 1 (a letter more, less, other, or two swapped).

    Those that sound alike come first, then the commonest; at most 8 for a word, none for short words.
    """
    variants = {word: _variants(word) for word in words if len(word) >= LEAST_LETTERS and not word.isdecimal()}
    times = known(set().union(*variants.values())) if variants else {}
    return {word: _best(word, [other for other in times if other in found], times) for word, found in variants.items()}


def recount() -> tuple[Counter[str], list[tuple[int, str]]]:
    """Return how many products have each word now, and the entries (product id, words) not counted before."""
    counted: Counter[str] = Counter()
    fresh = []
    rows = select(SearchEntry.product_id, SearchEntry.words, SearchEntry.counted).execution_options(yield_per=1000)
    for product_id, words, is_counted in db.session.execute(rows):
        counted.update(words.split())
        if not is_counted:
            fresh.append((product_id, words))
    return counted, fresh


def is_stale() -> bool:
    """Say whether entries were written that the vocabulary does not know."""
    return db.session.scalar(select(SearchEntry.product_id).where(SearchEntry.counted.is_(False)).limit(1)) is not None


def _best(word: str, found: list[str], times: dict[str, int]) -> list[str]:
    heard = sound(word)
    return sorted(found, key=lambda other: (sound(other) != heard, -times[other], other))[:MOST_NEIGHBOURS]


def _variants(word: str) -> set[str]:
    """Return all words at Damerau-Levenshtein distance 1, written with the letters of the word's own script."""
    letters = _LATIN if word.isascii() else _DEVANAGARI
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    fewer = {left + right[1:] for left, right in splits if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    other = {left + letter + right[1:] for left, right in splits if right for letter in letters}
    more = {left + letter + right for left, right in splits for letter in letters}
    return (fewer | swapped | other | more) - {word}
