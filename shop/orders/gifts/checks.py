"""What `flask verify` proves about gifts."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import select

from shop.core.db import db
from shop.orders.confirming.queries import in_cash
from shop.orders.models import Order, Purchase, PurchaseGift


def nobody_pays_for_their_gift() -> Iterator[str]:
    """No order of a gift is paid in cash at the door."""
    rows = select(Order.code).join(Purchase).join(PurchaseGift, PurchaseGift.purchase_id == Purchase.id)
    for code in db.session.scalars(rows.where(in_cash())):
        yield f"order {code}: a gift, and paid at the door"


CHECKS: list[Callable[[], Iterable[str]]] = [nobody_pays_for_their_gift]
