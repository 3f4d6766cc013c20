"""What `flask verify` proves about confirmations: nothing is packed whose buyer is still to be asked."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import select

from shop.core.db import db
from shop.orders.confirming.queries import waits
from shop.orders.lifecycle import OrderState as S
from shop.orders.models import Order


def nothing_is_packed_unasked() -> Iterator[str]:
    """An order that waits for its buyer's word is not packed."""
    packed = Order.state.in_((S.PACKED, S.HANDED_OVER, S.DELIVERED, S.REFUSED))
    for code in db.session.scalars(select(Order.code).where(packed, waits())):
        yield f"order {code}: packed, and its buyer has not confirmed it"


CHECKS: list[Callable[[], Iterable[str]]] = [nothing_is_packed_unasked]
