"""Spoken notes by digest, each held by the cooperative whose member recorded it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import BigKey, Model


class VoiceNote(Model):
    """One recording, at most a minute; its file is named by the SHA-256 of its bytes and stays private for ever."""

    __tablename__ = "voice_notes"
    __table_args__ = (
        UniqueConstraint("cooperative_id", "digest"),
        CheckConstraint("size > 0", name="has_bytes"),
        CheckConstraint("seconds BETWEEN 1 AND 61", name="at_most_a_minute"),
        Index("ix_voice_notes_digest", "digest"),
        Index("ix_voice_notes_created_at", "created_at"),
    )

    id: Mapped[BigKey]
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    digest: Mapped[str]  # hex SHA-256 of the kept bytes
    size: Mapped[int]  # bytes
    seconds: Mapped[int]  # rounded
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
