"""The statements under every price and count: one guarded UPDATE, one kept row, the product's row held."""

from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm.util import identity_key

from products.models import Product, Sku
from products.stock.models import Reason, StockMovement
from shop.accounts.models import User
from shop.core.db import db


def lock(sku: Sku) -> Product:
    """Take the product's row before the SKU's: the audit chain of a product is written by one at a time."""
    return db.session.scalars(select(Product).where(Product.id == sku.product_id).with_for_update()).one()


def moved(sku_id: int, delta: int, reason: Reason, actor: User | None, reference: str = "") -> None:
    """Keep one movement of `delta` whole packs, for the order `reference` where there is one."""
    db.session.add(
        StockMovement(
            sku_id=sku_id, delta=delta, reason=reason, reference=reference, actor_id=actor.id if actor else None
        )
    )


def change(sku_id: int, *guards: ColumnElement[bool], **values: Any) -> bool:
    """Run one guarded UPDATE and say whether the guards held; the object in memory, if any, is read again when used."""
    statement = update(Sku).where(Sku.id == sku_id, *guards).values(**values).returning(Sku.id)
    met = db.session.scalars(statement, execution_options={"synchronize_session": False}).first()
    known = db.session.identity_map.get(identity_key(Sku, sku_id))
    if known is not None:
        db.session.expire(known, ["price", "usual_price", "sale_until", "on_hand", "held"])
    return met is not None
