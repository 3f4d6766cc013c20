"""What `flask verify` proves about stock and prices: every number equals the sum of its kept rows."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import func, select

from products.models import Sku
from products.stock.models import HoldState, PriceChange, StockHold, StockMovement
from shop.core.db import db


def on_hand_is_the_sum_of_movements() -> Iterator[str]:
    """Packs on hand = sum of all movements of the SKU."""
    moved = func.coalesce(func.sum(StockMovement.delta), 0)
    rows = (
        select(Sku.code, Sku.on_hand, moved)
        .outerjoin(StockMovement, StockMovement.sku_id == Sku.id)
        .group_by(Sku.id, Sku.code, Sku.on_hand)
        .having(Sku.on_hand != moved)
    )
    for code, on_hand, total in _rows(rows):
        yield f"SKU {code}: {on_hand} on hand, its movements make {total}"


def held_is_the_sum_of_open_holds() -> Iterator[str]:
    """Packs held = sum of the holds that have not ended."""
    promised = func.coalesce(func.sum(StockHold.quantity), 0)
    rows = (
        select(Sku.code, Sku.held, promised)
        .outerjoin(StockHold, (StockHold.sku_id == Sku.id) & (StockHold.state == HoldState.HELD))
        .group_by(Sku.id, Sku.code, Sku.held)
        .having(Sku.held != promised)
    )
    for code, held, total in _rows(rows):
        yield f"SKU {code}: {held} held, its open holds make {total}"


def price_is_the_last_change() -> Iterator[str]:
    """The price of a SKU is what its newest change says; each change begins where the one before ended."""
    before = func.lag(PriceChange.new_price).over(partition_by=PriceChange.sku_id, order_by=PriceChange.id)
    after = func.lead(PriceChange.id).over(partition_by=PriceChange.sku_id, order_by=PriceChange.id)
    chain = select(
        PriceChange.sku_id, PriceChange.old_price, PriceChange.new_price, before.label("before"), after.label("next")
    ).subquery()
    broken = select(Sku.code, chain.c.before, chain.c.old_price).join(chain, chain.c.sku_id == Sku.id)
    for code, ended, began in _rows(broken.where(chain.c.before != chain.c.old_price)):
        yield f"SKU {code}: a price change begins at {began}, the one before ended at {ended}"
    last = select(Sku.code, Sku.price, chain.c.new_price).join(chain, chain.c.sku_id == Sku.id)
    for code, price, new_price in _rows(last.where(chain.c.next.is_(None), chain.c.new_price != Sku.price)):
        yield f"SKU {code}: costs {price}, its newest change says {new_price}"


def ended_holds_say_when() -> Iterator[str]:
    """A hold has an end exactly when it has ended."""
    rows = select(StockHold.reference, StockHold.state).where(
        (StockHold.state == HoldState.HELD) != StockHold.ended_at.is_(None)
    )
    for reference, state in _rows(rows):
        yield f"hold of {reference}: {state.value}, but its end says otherwise"


def _rows(statement: Any) -> Iterable[Any]:
    return db.session.execute(statement)


CHECKS: list[Callable[[], Iterable[str]]] = [
    on_hand_is_the_sum_of_movements,
    held_is_the_sum_of_open_holds,
    price_is_the_last_change,
    ended_holds_say_when,
]
