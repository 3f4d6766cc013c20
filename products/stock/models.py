"""Kept rows behind every price and every count."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import BigKey, Model


class Reason(StrEnum):
    """Why the number on hand changed."""

    COUNTED = "counted"  # the cooperative counted
    SOLD = "sold"  # handed over to a buyer
    CAME_BACK = "came_back"  # refused at the door, back in the store


class HoldState(StrEnum):
    """A hold ends once: sold or freed."""

    HELD = "held"
    SOLD = "sold"
    FREED = "freed"


class StockMovement(Model):
    """One change of `Sku.on_hand`, in whole packs; their sum is what is on hand."""

    __tablename__ = "stock_movements"
    __table_args__ = (
        CheckConstraint("delta <> 0", name="moves_something"),
        Index("ix_stock_movements_sku_id", "sku_id"),
    )

    id: Mapped[BigKey]
    sku_id: Mapped[int] = mapped_column(ForeignKey("skus.id"))
    delta: Mapped[int]
    reason: Mapped[Reason]
    reference: Mapped[str] = mapped_column(default="")  # order code
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)


class StockHold(Model):
    """Packs promised to an order; `Sku.held` is the sum of the open ones."""

    __tablename__ = "stock_holds"
    __table_args__ = (
        UniqueConstraint("reference", "sku_id"),
        CheckConstraint("quantity > 0", name="holds_something"),
        Index("ix_stock_holds_state_expires_at", "state", "expires_at"),
        Index("ix_stock_holds_sku_id_state", "sku_id", "state"),
    )

    id: Mapped[BigKey]
    sku_id: Mapped[int] = mapped_column(ForeignKey("skus.id"))
    reference: Mapped[str]  # order code
    quantity: Mapped[int]
    state: Mapped[HoldState] = mapped_column(default=HoldState.HELD)
    expires_at: Mapped[datetime | None]  # None: until the order ends it
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]


class PriceChange(Model):
    """One change of `Sku.price`, in đồng."""

    __tablename__ = "price_changes"
    __table_args__ = (Index("ix_price_changes_sku_id", "sku_id"),)

    id: Mapped[BigKey]
    sku_id: Mapped[int] = mapped_column(ForeignKey("skus.id"))
    old_price: Mapped[int]
    new_price: Mapped[int]
    reason: Mapped[str]  # approved revision, changed by the cooperative
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
