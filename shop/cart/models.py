"""A cart and its lines."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from products.models import Sku
from shop.core import clock
from shop.core.codes import secret_token
from shop.core.db import BigKey, Model


class Cart(Model):
    """What somebody means to buy. A visitor's cart is known by the digest of a random cookie."""

    __tablename__ = "carts"

    id: Mapped[BigKey]
    token_digest: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), unique=True)
    attempt: Mapped[str] = mapped_column(default=secret_token)  # idempotency key of the next purchase
    province_code: Mapped[str | None] = mapped_column(ForeignKey("provinces.code"))  # to estimate delivery
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what checkout was told; goes with the cart
    vouchers: Mapped[list[str]] = mapped_column(default=list)  # codes, the newest last
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)

    lines: Mapped[list["CartLine"]] = relationship(
        back_populates="cart", order_by="CartLine.id", cascade="all, delete-orphan"
    )


class CartLine(Model):
    """So many packs of one SKU, with the price the buyer last saw."""

    __tablename__ = "cart_lines"
    __table_args__ = (
        UniqueConstraint("cart_id", "sku_id"),
        CheckConstraint("quantity BETWEEN 1 AND 999", name="sensible_quantity"),
    )

    id: Mapped[BigKey]
    cart_id: Mapped[int] = mapped_column(ForeignKey("carts.id"))
    sku_id: Mapped[int] = mapped_column(ForeignKey("skus.id"), index=True)
    name: Mapped[str]  # as shown when it was put in: what is said of goods that are no longer public
    quantity: Mapped[int]
    price_seen: Mapped[int]  # đồng a pack

    cart: Mapped[Cart] = relationship(back_populates="lines")
    sku: Mapped[Sku] = relationship()
