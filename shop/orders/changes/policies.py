"""How long a buyer is asked, and what a line is worth after a change: pure arithmetic."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from products.weighing import Weighed
from shop.orders.models import Order, OrderLine

ANSWER_WITHIN = timedelta(hours=24)
LEAST = timedelta(hours=3)  # a parcel that is due today still leaves its buyer time to read


class Now(NamedTuple):
    """A line of an order as it stands now: packs, đồng and what the scales said, beside what was sold."""

    line: OrderLine
    packs: int
    total: int
    grams: int | None = None  # of all its packs; None: not weighed, or not so far

    @property
    def weighed(self) -> Weighed | None:
        """How it is weighed when it is packed; None where it is sold as it is."""
        return weighed(self.line)

    @property
    def is_to_weigh(self) -> bool:
        """Say whether the scales are still to be asked."""
        return self.weighed is not None and self.packs > 0 and self.grams is None

    @property
    def is_substitute(self) -> bool:
        """Say whether it is sent instead of goods that were sold."""
        return self.line.instead_of_id is not None

    @property
    def is_changed(self) -> bool:
        """Say whether it is other than it was sold."""
        return self.packs != self.line.quantity


def until(ship_by: datetime, now: datetime) -> datetime:
    """Return until when the buyer is asked: 24 hours, less where the parcel leaves before, never under 3 hours."""
    return max(min(ship_by, now + ANSWER_WITHIN), now + LEAST)


def weighed(line: OrderLine) -> Weighed | None:
    """Return how a line is weighed, as its buyer accepted it; None where it is sold as it is."""
    about, within = line.about_grams, line.weighed_within
    return Weighed(about, within) if about is not None and within is not None else None


def worth(line: OrderLine, packs: int) -> int:
    """Return what so many packs of a line cost, in đồng, at the price of the sale."""
    return line.price * packs


def price_instead(shown: int, missing: int, packs: int) -> int:
    """Return what a pack of goods costs, in đồng, of which `packs` are sent in place of goods worth `missing`.

    As in the shop now (`shown`), but all of them never more than what is missing: the buyer pays nothing on top.
    """
    return min(shown, missing // packs)


def fingerprint(lines: Iterable[Now], collect: int) -> str:
    """Return what tells one state of an order from another for who packs it: the packs of each goods, and the đồng that
    are collected at the door.
    """
    packs = sorted((now.line.sku_id, now.packs) for now in lines if now.packs)
    return hashlib.sha256(repr((packs, collect)).encode()).hexdigest()[:16]


def bears_discount(order: Order, packs: Iterable[tuple[OrderLine, int]]) -> bool:
    """Say whether what is left is worth at least twice what vouchers took off: they stay whole, as at the sale."""
    return 2 * order.discount <= sum(worth(line, left) for line, left in packs)
