"""How alike two texts are: runs of three words each, compared in full or found by few numbers (MinHash, bands).

A. Broder, On the resemblance and containment of documents, 1997; J. Leskovec et al., Mining of Massive Datasets,
chapter 3: with 10 bands of 3 rows, texts that share seven tenths of their runs meet in a band 98 times of 100, and
those that share a tenth once in 100.
"""

from collections.abc import Iterable
from hashlib import blake2b

from shop.core.text import fold

RUN = 3  # words
LEAST_WORDS = 12  # below it everybody says the same: "Tea of Bình Lư, hand-picked"
ALIKE = 0.7  # share of runs in common
BANDS, ROWS = 10, 3
SHORT = 0  # stands for a text that is too short to be compared
_PRIME = (1 << 61) - 1


def _number(*parts: object) -> int:
    return int.from_bytes(blake2b(repr(parts).encode(), digest_size=7).digest())


_MIXES = [(_number("a", row) | 1, _number("b", row)) for row in range(BANDS * ROWS)]


def runs(text: str) -> frozenset[str]:
    """Return the runs of three words in a text, without marks and case; none of a text that is too short."""
    words = fold(text).split()
    if len(words) < LEAST_WORDS:
        return frozenset()
    return frozenset(" ".join(words[place : place + RUN]) for place in range(len(words) - RUN + 1))


def share(one: Iterable[str], other: Iterable[str]) -> float:
    """Return which part of all their runs two texts have in common, 0 to 1."""
    first, second = frozenset(one), frozenset(other)
    every = first | second
    return len(first & second) / len(every) if every else 0.0


def bands(found: frozenset[str]) -> list[int]:
    """Return ten numbers of 56 bits by which alike texts meet; [SHORT] for a text without runs."""
    if not found:
        return [SHORT]
    hashes = [_number(run) for run in found]
    least = [min((a * one + b) % _PRIME for one in hashes) for a, b in _MIXES]
    return [_number(band, *least[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS)]
