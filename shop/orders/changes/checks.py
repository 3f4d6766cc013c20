"""What `flask verify` proves about changes: the order's sum, its question and its bookings say what the rows say."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import and_, case, exists, func, select

from shop.core import clock
from shop.core.db import db
from shop.orders.changes.models import Change, ChangeKind, ChangeLine
from shop.orders.changes.queries import is_open, packs_now
from shop.orders.models import Order, OrderLine

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


def scales_say_the_sum() -> Iterator[str]:
    """A weighed line costs its price × weighed / estimated, rounded half up; what was paid first never more."""
    about = OrderLine.about_grams
    exact = (2 * OrderLine.price * ChangeLine.grams + about) // (2 * about)
    before = OrderLine.price * ChangeLine.before
    wanted = case((and_(Change.paid, exact > before), before), else_=exact)
    rows = (
        select(Change.code, ChangeLine.worth, wanted)
        .join(ChangeLine, ChangeLine.change_id == Change.id)
        .join(OrderLine, OrderLine.id == ChangeLine.line_id)
        .where(ChangeLine.grams.is_not(None), ChangeLine.worth != wanted)
    )
    for code, kept, makes in _rows(rows):
        yield f"change {code}: a line makes {kept} đồng, by the scales {makes}"


def weighed_before_packing() -> Iterator[str]:
    """An order says that it is to be weighed exactly while something of it is, and was not."""
    scales = exists().where(OrderLine.order_id == Order.id, OrderLine.weighed_within.is_not(None), packs_now() > 0)
    done = exists().where(Change.order_id == Order.id, Change.kind == ChangeKind.WEIGHED)
    for code, says in _rows(select(Order.code, Order.to_weigh).where(Order.to_weigh != and_(scales, ~done))):
        yield f"order {code}: {'nothing is' if says else 'something is'} to be weighed, and it says otherwise"


def _rows(statement: Any) -> Any:
    return db.session.execute(statement)


CHECKS: list[Callable[[], Iterable[str]]] = [
    adjusted_is_the_sum_of_changes,
    asked_while_a_change_waits,
    answers_are_in_time,
    scales_say_the_sum,
    weighed_before_packing,
]
