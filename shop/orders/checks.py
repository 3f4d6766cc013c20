"""What `flask verify` proves about orders: sums, one order per cooperative, events, holds, stock given back once."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import and_, case, func, or_, select

from products.stock.models import HoldState, Reason, StockHold, StockMovement
from shop.core.db import db
from shop.orders.changes.queries import packs_kept, packs_now
from shop.orders.lifecycle import OrderState as S
from shop.orders.models import Order, OrderEvent, OrderLine, Purchase


def purchase_is_the_sum_of_its_orders() -> Iterator[str]:
    """Total of a purchase = totals of its orders."""
    total = func.coalesce(func.sum(Order.total), 0)
    rows = (
        select(Purchase.id, Purchase.total, total)
        .outerjoin(Order, Order.purchase_id == Purchase.id)
        .group_by(Purchase.id, Purchase.total)
        .having(or_(Purchase.total != total, func.count(Order.id) == 0))
    )
    for key, kept, made in _rows(rows):
        yield f"purchase {key}: {kept} đồng, its orders make {made}"


def order_is_the_sum_of_its_lines() -> Iterator[str]:
    """Goods of an order = totals of its lines."""
    total = func.coalesce(func.sum(OrderLine.total), 0)
    rows = (
        select(Order.code, Order.goods_total, total)
        .outerjoin(OrderLine, OrderLine.order_id == Order.id)
        .group_by(Order.id, Order.code, Order.goods_total)
        .having(Order.goods_total != total)
    )
    for code, kept, made in _rows(rows):
        yield f"order {code}: goods for {kept} đồng, its lines make {made}"


def one_order_a_cooperative() -> Iterator[str]:
    """A purchase has one order per cooperative."""
    rows = select(Order.purchase_id, Order.cooperative_id).group_by(Order.purchase_id, Order.cooperative_id)
    for purchase, cooperative in _rows(rows.having(func.count() > 1)):
        yield f"purchase {purchase}: more than one order of cooperative {cooperative}"


def last_event_says_the_state() -> Iterator[str]:
    """The newest event of an order carries its state."""
    newest = select(OrderEvent.order_id, func.max(OrderEvent.id).label("id")).group_by(OrderEvent.order_id).subquery()
    rows = (
        select(Order.code, Order.state, OrderEvent.state)
        .outerjoin(newest, newest.c.order_id == Order.id)
        .outerjoin(OrderEvent, OrderEvent.id == newest.c.id)
        .where(or_(OrderEvent.id.is_(None), OrderEvent.state != Order.state))
    )
    for code, state, said in _rows(rows):
        yield f"order {code}: is {state.value}, its newest event says {said.value if said else 'nothing'}"


def holds_match_the_state() -> Iterator[str]:
    """Goods are held until handed over, then sold; freed when cancelled; packs as in the lines after all changes.

    What is offered instead of missing goods is held while its buyer is asked.
    """
    wanted = packs_kept()
    expected = case(
        (Order.state.in_((S.PLACED, S.ACCEPTED, S.PACKED)), HoldState.HELD.value),
        (Order.state == S.CANCELLED, HoldState.FREED.value),
        else_=HoldState.SOLD.value,
    )
    rows = (
        select(Order.code, Order.state, wanted, StockHold.quantity, StockHold.state)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .outerjoin(StockHold, (StockHold.reference == Order.code) & (StockHold.sku_id == OrderLine.sku_id))
        .where(
            or_(
                StockHold.id.is_(None),
                and_(wanted > 0, or_(StockHold.quantity != wanted, StockHold.state != expected)),
                and_(wanted == 0, StockHold.state != HoldState.FREED),  # left out before packing
            )
        )
    )
    for code, state, packs, held, how in _rows(rows):
        yield f"order {code}: {packs} packs, {state.value}; its hold: {held or 0}, {how.value if how else 'none'}"


def refused_goods_came_back_once() -> Iterator[str]:
    """What was refused at the door is back in the stock, once; nothing else came back."""
    back = (
        select(StockMovement.reference, StockMovement.sku_id, func.sum(StockMovement.delta).label("packs"))
        .where(StockMovement.reason == Reason.CAME_BACK)
        .group_by(StockMovement.reference, StockMovement.sku_id)
        .subquery()
    )
    due: Any = case((Order.state == S.REFUSED, packs_now()), else_=0)
    rows = (
        select(Order.code, due, back.c.packs)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .outerjoin(back, (back.c.reference == Order.code) & (back.c.sku_id == OrderLine.sku_id))
        .where(func.coalesce(back.c.packs, 0) != due)
    )
    for code, packs, came in _rows(rows):
        yield f"order {code}: {packs} packs should have come back, {came or 0} did"


def _rows(statement: Any) -> Any:
    return db.session.execute(statement)


CHECKS: list[Callable[[], Iterable[str]]] = [
    purchase_is_the_sum_of_its_orders,
    order_is_the_sum_of_its_lines,
    one_order_a_cooperative,
    last_event_says_the_state,
    holds_match_the_state,
    refused_goods_came_back_once,
]
