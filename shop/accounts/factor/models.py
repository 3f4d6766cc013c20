"""A person's second factor and the recovery codes beside it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import BigKey, Model


class SecondFactor(Model):
    """The secret a person's code app shares with us; it counts once a first code was right."""

    __tablename__ = "second_factors"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    sealed: Mapped[str]  # the secret (base32), sealed under a key outside the database
    last_step: Mapped[int] = mapped_column(default=0)  # the newest 30 s step that was used: each works once
    began_at: Mapped[datetime] = mapped_column(default=clock.now)
    confirmed_at: Mapped[datetime | None]


class RecoveryCode(Model):
    """One of eight codes that stand in for the app once; only its argon2id hash is kept."""

    __tablename__ = "recovery_codes"
    __table_args__ = (
        UniqueConstraint("user_id", "place"),
        CheckConstraint("place BETWEEN 1 AND 8", name="one_of_eight"),
    )

    id: Mapped[BigKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    place: Mapped[int]  # the first digit of the code says which one to compare
    hashed: Mapped[str]
    used_at: Mapped[datetime | None]
