"""The sums: no visitor, no cookie, no address, not even an hour."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Model


class ProductCount(Model):
    """What happened to a product on one local day."""

    __tablename__ = "product_counts"
    __table_args__ = (
        CheckConstraint("seen >= 0 AND carted >= 0", name="counts_upwards"),
        Index("ix_product_counts_day", "day"),
    )

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    seen: Mapped[int] = mapped_column(default=0)  # product pages opened
    carted: Mapped[int] = mapped_column(default=0)  # times put into a cart
