"""Who waits, and for what there is some again."""

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select

from products import queries as products
from products.catalogue import orderable
from products.lifecycle import SeasonWord
from products.models import Product, ProductRevision, Sku
from products.waiting.models import StockWait
from shop.core.db import db


def waits() -> ColumnElement[bool]:
    """Say of a StockWait whether it counts: its yes came, and nobody was told yet."""
    return StockWait.confirmed_at.is_not(None) & StockWait.told_at.is_(None)


def how_many(product_id: Any) -> Any:
    """Select how many wait for the product whose id stands in this column."""
    chosen = select(func.count()).select_from(StockWait).where(StockWait.product_id == product_id, waits())
    return chosen.correlate(product_id.table).scalar_subquery()


def in_again() -> list[int]:
    """Return the ids of goods that somebody waits for and that can be put into a cart now."""
    least = func.coalesce(ProductRevision.least_packs, ProductRevision.step_packs, 1)
    left = exists().where(Sku.product_id == Product.id, Sku.retired_at.is_(None), Sku.on_hand - Sku.held >= least)
    wanted = exists().where(StockWait.product_id == Product.id, waits())
    rows = products.public(Product.id, ProductRevision.ship_class, ProductRevision.type_code)
    rows = rows.where(wanted, left, Product.season_word != SeasonWord.OFF).order_by(Product.id)
    return [key for key, ship_class, type_code in db.session.execute(rows) if orderable(ship_class, type_code)]


def of_product(product_id: int, limit: int) -> list[int]:
    """Return the ids of who waits for goods, first come first."""
    chosen = select(StockWait.id).where(StockWait.product_id == product_id, waits())
    return list(db.session.scalars(chosen.order_by(StockWait.id).limit(limit)))


def by_code(code: str) -> StockWait | None:
    """Return the wait whose letters carry this code."""
    return db.session.scalar(select(StockWait).where(StockWait.code == code))


def open_of(**whose: Any) -> int:
    """Return for how many goods one address or person waits, or was asked for a yes."""
    chosen = select(func.count()).select_from(StockWait).filter_by(**whose).where(StockWait.told_at.is_(None))
    return db.session.scalar(chosen) or 0


def is_waiting(product_id: int, user_id: int) -> bool:
    """Say whether a signed-in person waits for goods."""
    own = select(StockWait.id).where(StockWait.product_id == product_id, StockWait.user_id == user_id, waits())
    return db.session.scalar(own) is not None


def of_person(user_id: int, email: str | None) -> Select[StockWait]:
    """Select everything kept about what a person waits for, by account or by address."""
    mine = StockWait.user_id == user_id
    return select(StockWait).where(mine | (StockWait.email == email.lower()) if email else mine).order_by(StockWait.id)
