"""Which goods run out: what the seller should see before buyers do."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, case, func, select

from products.lifecycle import SeasonWord, Shelf
from products.models import Product, Sku
from products.stock.models import Reason, StockMovement
from shop.core.db import db


class Short(NamedTuple):
    """How many SKUs have nothing left to sell, and how many only a few packs."""

    out: int
    low: int


def low_stock(cooperative_ids: Iterable[int]) -> Select[Any]:
    """Select the SKUs on sale with no more free packs than their own low-stock line, the emptiest first."""
    return _few(cooperative_ids, Sku).order_by(Sku.on_hand - Sku.held, Sku.id)


def low_counts(cooperative_ids: Iterable[int]) -> Short:
    """Return how many SKUs on sale are out of stock, and how many are low but not yet out, in one query."""
    out = case((Sku.on_hand == Sku.held, 1), else_=0)
    sums = _few(cooperative_ids, func.coalesce(func.sum(out), 0), func.count())
    none, few = db.session.execute(sums).one()
    return Short(int(none), int(few) - int(none))


def sold_since(product_ids: Iterable[int], moment: datetime) -> dict[int, int]:
    """Return how many packs of some products were handed over after a moment, in one query; 0 is left out."""
    sold = -func.sum(StockMovement.delta)
    rows = db.session.execute(
        select(Sku.product_id, sold)
        .join(StockMovement, StockMovement.sku_id == Sku.id)
        .where(Sku.product_id.in_(list(product_ids)), StockMovement.reason == Reason.SOLD, StockMovement.at > moment)
        .group_by(Sku.product_id)
    )
    return {key: int(packs) for key, packs in rows}


def _few(cooperative_ids: Iterable[int], *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Sku)
        .join(Product, Product.id == Sku.product_id)
        .where(
            Product.cooperative_id.in_(list(cooperative_ids)),
            Product.shelf == Shelf.ON_SALE,
            Product.approved_revision_id.is_not(None),
            Product.season_word != SeasonWord.OFF,  # nobody restocks until the next
            Sku.retired_at.is_(None),
            Sku.on_hand - Sku.held <= Sku.low_at,
        )
    )
