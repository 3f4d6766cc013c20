"""The photo of a parcel as it was handed over: at most one stands for each order."""

import secrets
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models import User
from shop.core import clock
from shop.core.db import BigKey, Model
from shop.orders.models import Order

STANDS = text("removed_at IS NULL")


def _key() -> str:
    """Name a photo's file by 256 random bits: shared with no other photo, so that deleting it deletes only it."""
    return secrets.token_hex(32)


class ParcelPhoto(Model):
    """One photo: upright, at most 1600 px, without metadata. Removed, its row goes once its file is deleted."""

    __tablename__ = "parcel_photos"
    __table_args__ = (
        CheckConstraint("width > 0 AND height > 0", name="has_a_size"),
        CheckConstraint("length(key) = 64", name="key_is_long"),
        Index("uq_parcel_photos_standing", "order_id", unique=True, sqlite_where=STANDS, postgresql_where=STANDS),
        Index("ix_parcel_photos_removed_at", "removed_at"),
    )

    id: Mapped[BigKey]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    key: Mapped[str] = mapped_column(default=_key, unique=True)
    digest: Mapped[str]  # hex SHA-256 of the file: the same photo twice is one
    width: Mapped[int]
    height: Mapped[int]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    removed_at: Mapped[datetime | None]

    order: Mapped[Order] = relationship()
    added_by: Mapped[User] = relationship()
