"""At most three photos of a rating, each under a key of its own."""

import secrets
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model
from shop.ratings.models import Rating

MOST_PHOTOS = 3


def _one_each(column: str) -> Index:
    """Make a unique index over the photos that stand."""
    stands = text("removed_at IS NULL")
    name = f"uq_rating_photos_{column}"
    return Index(name, "rating_id", column, unique=True, sqlite_where=stands, postgresql_where=stands)


def _key() -> str:
    """Name a photo's files by 256 random bits: shared with no other photo, so that taking it back takes only it."""
    return secrets.token_hex(32)


class RatingPhoto(Model):
    """One photo: upright, at most 1600 px, without metadata. Its row goes once its files are deleted."""

    __tablename__ = "rating_photos"
    __table_args__ = (
        CheckConstraint("place BETWEEN 1 AND 3", name="at_most_three"),
        CheckConstraint("width > 0 AND height > 0", name="has_a_size"),
        CheckConstraint("drawn_at IS NULL OR public_since IS NOT NULL", name="drawn_in_public"),
        _one_each("place"),
        _one_each("digest"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    rating_id: Mapped[int] = mapped_column(ForeignKey("ratings.id"))
    place: Mapped[int]
    key: Mapped[str] = mapped_column(default=_key, unique=True)
    digest: Mapped[str]  # hex SHA-256 of the master: the same photo twice is one
    width: Mapped[int]
    height: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    removed_at: Mapped[datetime | None]
    public_since: Mapped[datetime | None]  # files may lie under public/ since; set before the first is put there
    drawn_at: Mapped[datetime | None]  # all of them are there
    claimed_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)

    rating: Mapped[Rating] = relationship()
