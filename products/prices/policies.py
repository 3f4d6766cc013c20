"""Which prices apply at once: the one rule, and its reason."""

from typing import NamedTuple

# Where no type says what goods cost: half to double of what the officer approved. A season moves a price that far on
# the market square; a slipped zero is ten times, and goods sold for a tenth or ten times are another matter.
FACTOR = 2


class Range(NamedTuple):
    """The lowest and highest price, đồng a pack, that applies without an officer."""

    low: int
    high: int

    def side(self, price: int) -> str:
        """Return "low" or "high" for a price outside, "" for one inside."""
        if price < self.low:
            return "low"
        return "high" if price > self.high else ""


def at_once(band: tuple[int, int] | None, approved: int) -> Range:
    """Return the prices that apply at once, from the soft band of the type and the last approved price.

    The band rules where there is one and the officer kept to it. Where none is known, or the officer approved a
    price outside, that price rules: what he accepted once is no surprise, half or double of it would be one.
    Measured from what was approved, never from the present price, so many small steps lead no farther than one.
    """
    if band is not None and band[0] <= approved <= band[1]:
        return Range(*band)
    return Range(-(-approved // FACTOR), approved * FACTOR)
