"""What `flask verify` proves about changes: the order's sum, its question and its bookings say what the rows say."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import exists, func, select

from shop.core import clock
from shop.core.db import db
from shop.orders.changes.models import Change
from shop.orders.changes.queries import is_open
from shop.orders.models import Order

LATE = 15  # minutes in which the sweep ends what nobody answered


def adjusted_is_the_sum_of_changes() -> Iterator[str]:
    """What an order is adjusted by is the sum of its settled changes."""
    made = func.coalesce(func.sum(Change.delta), 0)
    rows = (
        select(Order.code, Order.adjusted, made)
        .outerjoin(Change, Change.order_id == Order.id)
        .group_by(Order.id, Order.code, Order.adjusted)
        .having(Order.adjusted != made)
    )
    for code, kept, total in _rows(rows):
        yield f"order {code}: adjusted by {kept} đồng, its changes make {total}"


def asked_while_a_change_waits() -> Iterator[str]:
    """An order says that its buyer is asked exactly while a change waits for the answer."""
    waits = exists().where(Change.order_id == Order.id, is_open())
    for code, asking in _rows(select(Order.code, Order.asking).where(Order.asking != waits)):
        yield f"order {code}: {'nothing waits' if asking else 'a change waits'} for its buyer, and it says otherwise"


def answers_are_in_time() -> Iterator[str]:
    """What nobody answered is ended by the sweep."""
    late = Change.until < clock.after(minutes=-LATE)
    for code in db.session.scalars(select(Change.code).where(is_open(), late)):
        yield f"change {code}: its time is over, it still waits"


def _rows(statement: Any) -> Any:
    return db.session.execute(statement)


CHECKS: list[Callable[[], Iterable[str]]] = [
    adjusted_is_the_sum_of_changes,
    asked_while_a_change_waits,
    answers_are_in_time,
]
