"""How long a buyer is asked, and what a line is worth after a change: pure arithmetic."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from shop.orders.models import Order, OrderLine

ANSWER_WITHIN = timedelta(hours=24)
LEAST = timedelta(hours=3)  # a parcel that is due today still leaves its buyer time to read


class Now(NamedTuple):
    """A line of an order as it stands now: packs and đồng, beside what was sold."""

    line: OrderLine
    packs: int
    total: int

    @property
    def is_changed(self) -> bool:
        """Say whether it is other than it was sold."""
        return self.packs != self.line.quantity


def until(ship_by: datetime, now: datetime) -> datetime:
    """Return until when the buyer is asked: 24 hours, less where the parcel leaves before, never under 3 hours."""
    return max(min(ship_by, now + ANSWER_WITHIN), now + LEAST)


def worth(line: OrderLine, packs: int) -> int:
    """Return what so many packs of a line cost, in đồng, at the price of the sale."""
    return line.price * packs


def fingerprint(lines: Iterable[Now], collect: int) -> str:
    """Return what tells one state of an order from another for who packs it: the packs of each goods, and the đồng that
    are collected at the door.
    """
    packs = sorted((now.line.sku_id, now.packs) for now in lines if now.packs)
    return hashlib.sha256(repr((packs, collect)).encode()).hexdigest()[:16]


def bears_discount(order: Order, packs: Iterable[tuple[OrderLine, int]]) -> bool:
    """Say whether what is left is worth at least twice what vouchers took off: they stay whole, as at the sale."""
    return 2 * order.discount <= sum(worth(line, left) for line, left in packs)
