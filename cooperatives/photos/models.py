"""Photos by digest, what they look like, and which cooperative may use which."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import BigKey, Model


class PhotoState(StrEnum):
    """How far the sweep is with the renditions."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class Photo(Model):
    """One master, upright, at most 1600 px, without metadata; named by the SHA-256 of its bytes."""

    __tablename__ = "photos"
    __table_args__ = (
        CheckConstraint("width > 0 AND height > 0", name="has_a_size"),
        CheckConstraint("dark BETWEEN 0 AND 100 AND sharp >= 0", name="looks_are_percents"),
        Index("ix_photos_measured_at", "measured_at"),
        Index("ix_photos_looked_at", "looked_at"),
        Index("ix_photos_leaving_at", "leaving_at"),
        Index("ix_photos_unused_since", "unused_since"),
    )

    digest: Mapped[str] = mapped_column(primary_key=True)  # hex SHA-256 of the master
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]  # bytes of the master
    state: Mapped[PhotoState] = mapped_column(default=PhotoState.WAITING, index=True)
    public_since: Mapped[datetime | None]  # renditions lie under public/ since; None: nowhere public
    claimed_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    measured_at: Mapped[datetime | None]  # None: a sweep will; set without the three: it could not be
    dark: Mapped[int | None]  # these three as in shop.core.looks.Looks
    sharp: Mapped[int | None]
    likeness: Mapped[int | None]
    looked_at: Mapped[datetime | None]  # when the sweep last looked whether anything shows it
    unused_since: Mapped[datetime | None]  # nothing has since; the next use ends it
    leaving_at: Mapped[datetime | None]  # its files are being deleted since; the row stays an hour longer


class PhotoBand(Model):
    """A quarter of a photo's likeness, to find near copies by: two that differ in three bits share a quarter."""

    __tablename__ = "photo_bands"
    __table_args__ = (Index("ix_photo_bands_band", "band"),)

    digest: Mapped[str] = mapped_column(ForeignKey("photos.digest"), primary_key=True)
    band: Mapped[int] = mapped_column(primary_key=True)  # which quarter, times 65,536, and its 16 bits


class PhotoUse(Model):
    """A cooperative holds this photo; the same picture sent by two sellers is one master and two rows."""

    __tablename__ = "photo_uses"
    __table_args__ = (UniqueConstraint("cooperative_id", "digest"),)

    id: Mapped[BigKey]
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    digest: Mapped[str] = mapped_column(ForeignKey("photos.digest"), index=True)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
