"""Out of stock, some, plenty: words for real numbers, since only numbers keep anybody from selling too much."""

from enum import StrEnum
from typing import NamedTuple

from products.models import LOW_AT

PLENTY_TIMES = 10  # "plenty" is ten times "some": it outlasts the season's best week, and nobody counts that far


class Level(StrEnum):
    """How much is left to sell."""

    OUT = "out"
    LOW = "low"
    ENOUGH = "enough"


class Steps(NamedTuple):
    """What the two buttons beside "none" leave free to sell, in packs."""

    some: int
    plenty: int


def level(free: int, low_at: int) -> Level:
    """Say how much is left of so many free packs; `low_at` is the seller's own line, itself already low."""
    if free <= 0:
        return Level.OUT
    return Level.LOW if free <= low_at else Level.ENOUGH


def steps(low_at: int) -> Steps:
    """Return the numbers of packs that "some" and "plenty" mean for a SKU with this low-stock line.

    "Some" is the line, so that it shows as low at once; without a line it is the usual one.
    """
    some = low_at or LOW_AT
    return Steps(some, some * PLENTY_TIMES)
