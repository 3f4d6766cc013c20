"""Goods weighed when they are packed: about how heavy a pack is, and how far from that it may be."""

from fractions import Fraction
from typing import NamedTuple

from products.packs import base_unit
from shop.core.formats import show_quantity
from shop.core.i18n import gettext as _
from shop.core.money import round_half_up

WITHIN = (5, 10, 15)  # percent a buyer may be asked to accept


class Weighed(NamedTuple):
    """How a pack is weighed: about so many grams, at most so many percent more or less."""

    grams: int
    within: int

    @classmethod
    def of(
        cls, pack: tuple[str, int], first: tuple[str, int | None], net_grams: int | None, within: int | None
    ) -> "Weighed | None":
        """Return how a pack is weighed, (word, base units) each; None where it is sold as it is.

        A pack in grams says itself what it weighs; of pieces `net_grams` says it for the first pack.
        """
        grams = estimate(pack, first, net_grams) if within else None
        return cls(grams, within) if grams and within else None

    def holds(self, grams: int, packs: int = 1) -> bool:
        """Say whether so many packs may weigh so much together."""
        about = self.grams * packs
        return abs(grams - about) * 100 <= self.within * about

    def bounds(self, packs: int = 1) -> tuple[int, int]:
        """Return the least and the most that so many packs may weigh together, in whole grams."""
        about = self.grams * packs
        return -(-about * (100 - self.within) // 100), about * (100 + self.within) // 100

    def accepted(self, packs: int = 1) -> str:
        """Say to whoever weighs what the buyer accepted of so many packs together."""
        least, most = (show_quantity(bound, "g") for bound in self.bounds(packs))
        return _("The buyer accepted %(least)s to %(most)s.", least=least, most=most)

    def text(self, packs: int = 1) -> str:
        """Say it to a buyer, of so many packs together."""
        facts = {"weight": show_quantity(self.grams * packs, "g"), "percent": self.within}
        return _("about %(weight)s, weighed when packed, at most ±%(percent)s%%", **facts)


def estimate(pack: tuple[str, int], first: tuple[str, int | None], net_grams: int | None) -> int | None:
    """Return about how many grams a pack weighs; None where nobody said, or where it is counted in litres."""
    base = base_unit(pack[0])
    if base == "g":
        return pack[1]
    if base != "piece" or base_unit(first[0]) != "piece" or not net_grams or not first[1]:
        return None
    return round_half_up(Fraction(net_grams * pack[1], first[1]))


def worth(price: int, about: int, grams: int) -> int:
    """Return what so many grams cost where a pack of about `about` grams costs `price`: đồng, rounded half up once."""
    return round_half_up(Fraction(price * grams, about))


def within_of(text: str) -> int | None:
    """Return the percent that was chosen; None for anything that is none of WITHIN."""
    return next((one for one in WITHIN if text == str(one)), None)
