"""Citizen numbers of sellers: a keyed hash to find the same one by, and three digits to know one's own by."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import Model


class CitizenNumber(Model):
    """The number of whoever answers for a seller; the number itself is kept nowhere (ADR on citizen numbers)."""

    __tablename__ = "citizen_numbers"
    __table_args__ = (
        CheckConstraint("length(digest) = 64", name="is_a_digest"),
        CheckConstraint("length(ending) = 3", name="only_three_digits"),
        Index("ix_citizen_numbers_digest", "digest"),
    )

    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), primary_key=True, autoincrement=False)
    digest: Mapped[str]  # HMAC-SHA256 (hex) under the key of this purpose
    ending: Mapped[str]  # the last three digits
    kept_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kept_at: Mapped[datetime] = mapped_column(default=clock.now)
