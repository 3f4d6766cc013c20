"""What `flask verify` proves about silence."""

from collections.abc import Iterator

from sqlalchemy import select

from shop.core.db import db
from shop.desk.calls.models import OrderCall, OrderReminder, Step


def every_call_was_due() -> Iterator[str]:
    """Nobody called about an order that did not stand on the list."""
    due = select(OrderReminder.id).where(OrderReminder.order_id == OrderCall.order_id, OrderReminder.step == Step.CALL)
    for key, order in db.session.execute(select(OrderCall.id, OrderCall.order_id).where(~due.exists())):
        yield f"call {key}: order {order} was not on the call list"


CHECKS = [every_call_was_due]
