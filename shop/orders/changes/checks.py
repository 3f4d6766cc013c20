"""What `flask verify` proves about changes: the order's sum, its question and its bookings say what the rows say."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from products.models import Product, Sku
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


def substitutes_cost_nothing_more() -> Iterator[str]:
    """What is sent instead of goods was offered by the change that tells of their lack, and is worth no more."""
    offered, short = aliased(ChangeLine), aliased(ChangeLine)
    replaced, worth = aliased(OrderLine), OrderLine.price * offered.after
    beside = (short.change_id == offered.change_id) & (short.line_id == OrderLine.instead_of_id)
    missing = func.coalesce(replaced.price * (short.before - short.after), 0)
    rows = (
        select(Order.code, OrderLine.name, func.coalesce(worth, 0), missing)
        .join(Order, Order.id == OrderLine.order_id)
        .outerjoin(offered, (offered.line_id == OrderLine.id) & (offered.before == 0))
        .outerjoin(short, beside)
        .outerjoin(replaced, replaced.id == short.line_id)
        .where(OrderLine.instead_of_id.is_not(None), or_(offered.id.is_(None), worth > missing))
    )
    for code, goods, costs, lacks in _rows(rows):
        yield f"order {code}: {goods} for {costs} đồng instead of what is missing for {lacks}"


def substitutes_are_the_sellers_own() -> Iterator[str]:
    """What is sent instead of goods is of the same order and the same seller, and takes the place of no other's."""
    replaced = aliased(OrderLine)
    rows = (
        select(Order.code, OrderLine.name)
        .join(Order, Order.id == OrderLine.order_id)
        .join(replaced, replaced.id == OrderLine.instead_of_id)
        .join(Sku, Sku.id == OrderLine.sku_id)
        .join(Product, Product.id == Sku.product_id)
        .where(or_(replaced.order_id != OrderLine.order_id, Product.cooperative_id != Order.cooperative_id))
    )
    for code, goods in _rows(rows):
        yield f"order {code}: {goods} is sent instead of goods of another order, or is another seller's"


def _rows(statement: Any) -> Any:
    return db.session.execute(statement)


CHECKS: list[Callable[[], Iterable[str]]] = [
    adjusted_is_the_sum_of_changes,
    asked_while_a_change_waits,
    answers_are_in_time,
    scales_say_the_sum,
    weighed_before_packing,
    substitutes_cost_nothing_more,
    substitutes_are_the_sellers_own,
]
