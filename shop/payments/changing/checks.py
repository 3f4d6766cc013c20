"""What `flask verify` proves about the money of changed orders."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import Text, and_, cast, func, select

from shop.core.db import db
from shop.orders.changes.models import Change
from shop.orders.models import Order
from shop.payments.models import PaymentPart, Refund


def what_was_paid_too_much_goes_back() -> Iterator[str]:
    """Of what was paid first, each change gives back exactly what it takes off; no other change gives anything back."""
    name = cast(Change.kind, Text) + "-" + cast(Change.number, Text)  # Change.name
    part = select(PaymentPart.id).where(PaymentPart.order_id == Change.order_id)
    back = func.coalesce(func.sum(Refund.amount), 0)
    rows = (
        select(Order.code, Change.code, Change.paid, Change.delta, back)
        .join(Order, Order.id == Change.order_id)
        .outerjoin(Refund, and_(Refund.reason == name, Refund.part_id.in_(part)))
        .group_by(Order.code, Change.id, Change.code, Change.paid, Change.delta)
    )
    for code, change, paid, delta, given in db.session.execute(rows):
        if given != (-delta if paid else 0):
            yield f"order {code}: change {change} takes {-delta} đồng off, {given} go back for it"


CHECKS: list[Callable[[], Iterable[str]]] = [what_was_paid_too_much_goes_back]
