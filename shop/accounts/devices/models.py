"""A browser in which a person signed in."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import BigKey, Model


class KnownDevice(Model):
    """One browser of one person; its cookie holds a random text, this row its digest. It proves nothing by itself."""

    __tablename__ = "known_devices"
    __table_args__ = (UniqueConstraint("user_id", "token_digest"),)

    id: Mapped[BigKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    token_digest: Mapped[str]
    first_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
