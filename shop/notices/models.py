"""What people are told inside the app."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import BigKey, Model


class Notice(Model):
    """One line in a person's list inside the app."""

    __tablename__ = "notices"
    __table_args__ = (Index("ix_notices_user_id_id", "user_id", "id"),)

    id: Mapped[BigKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str]  # one of shop.notices.kinds
    params: Mapped[dict[str, Any]]
    url: Mapped[str]  # path inside the site that it leads to
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    read_at: Mapped[datetime | None]
