"""Who waits for which goods."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model

_OPEN_MAIL = text("told_at IS NULL AND email IS NOT NULL")
_OPEN_USER = text("told_at IS NULL AND user_id IS NOT NULL")


class StockWait(Model):
    """One address or one signed-in person who waits for goods; told once, gone after 90 days."""

    __tablename__ = "stock_waits"
    __table_args__ = (
        CheckConstraint("(user_id IS NULL) <> (email IS NULL)", name="one_of_both"),
        CheckConstraint("told_at IS NULL OR confirmed_at IS NOT NULL", name="told_after_a_yes"),
        Index(
            "uq_stock_waits_email",
            *("product_id", "email"),
            unique=True,
            sqlite_where=_OPEN_MAIL,
            postgresql_where=_OPEN_MAIL,
        ),
        Index(
            "uq_stock_waits_user",
            *("product_id", "user_id"),
            unique=True,
            sqlite_where=_OPEN_USER,
            postgresql_where=_OPEN_USER,
        ),
        Index("ix_stock_waits_email", "email"),
        Index("ix_stock_waits_user_id", "user_id"),
        Index("ix_stock_waits_asked_at", "asked_at"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(unique=True, default=public_code)  # of the link in its letters
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    email: Mapped[str | None]  # in small letters
    language: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    confirmed_at: Mapped[datetime | None]  # None: the yes from the mailbox has not come yet
    told_at: Mapped[datetime | None]
