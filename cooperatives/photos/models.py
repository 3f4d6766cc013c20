"""Photos by digest, and which cooperative may use which."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
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
    __table_args__ = (CheckConstraint("width > 0 AND height > 0", name="has_a_size"),)

    digest: Mapped[str] = mapped_column(primary_key=True)  # hex SHA-256 of the master
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]  # bytes of the master
    state: Mapped[PhotoState] = mapped_column(default=PhotoState.WAITING, index=True)
    public_since: Mapped[datetime | None]  # renditions lie under public/ since; None: nowhere public
    claimed_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class PhotoUse(Model):
    """A cooperative holds this photo; the same picture sent by two sellers is one master and two rows."""

    __tablename__ = "photo_uses"
    __table_args__ = (UniqueConstraint("cooperative_id", "digest"),)

    id: Mapped[BigKey]
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    digest: Mapped[str] = mapped_column(ForeignKey("photos.digest"), index=True)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
