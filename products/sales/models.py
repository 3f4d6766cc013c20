"""Kept rows behind every sale price."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from products.models import Sku
from products.sales.lifecycle import SaleState
from shop.core import clock
from shop.core.db import BigKey, Model

_OPEN = text("state IN ('planned', 'running')")


class Sale(Model):
    """A lower price of one SKU from one local day to another, both within; one at a time is planned or running.

    While it runs, `Sku.price` is its price and `Sku.usual_price` what it returns to.
    """

    __tablename__ = "sales"
    __table_args__ = (
        CheckConstraint("price > 0", name="price_is_positive"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),
        Index("uq_sales_open", "sku_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_sales_state_starts_on", "state", "starts_on"),
        Index("ix_sales_sku_id", "sku_id"),
    )

    id: Mapped[BigKey]
    sku_id: Mapped[int] = mapped_column(ForeignKey("skus.id"))
    price: Mapped[int]  # đồng a pack
    starts_on: Mapped[date] = mapped_column(Date)  # local days of Việt Nam
    ends_on: Mapped[date] = mapped_column(Date)
    state: Mapped[SaleState] = mapped_column(default=SaleState.PLANNED)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]  # ended or cancelled

    sku: Mapped[Sku] = relationship()
