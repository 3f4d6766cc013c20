"""A piece of news, and how far its sending is."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model


class NewsLetter(Model):
    """What an admin wrote, once in each language; `reached` is the last person it was queued for."""

    __tablename__ = "news_letters"
    __table_args__ = (
        CheckConstraint("queued >= 0 AND reached >= 0", name="counts"),
        CheckConstraint("path LIKE '/%' AND path NOT LIKE '//%'", name="leads_inside"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    attempt: Mapped[str] = mapped_column(unique=True)  # of the page: the same button twice is one letter
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    words: Mapped[dict[str, Any]]  # language: {"subject", "body"}
    path: Mapped[str]  # inside the market, where its button leads
    sent_at: Mapped[datetime] = mapped_column(default=clock.now)
    queued: Mapped[int] = mapped_column(default=0)
    reached: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
