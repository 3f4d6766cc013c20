"""What people are told inside the app, and what is gathered for once a day."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model


class Notice(Model):
    """One line in a person's list inside the app."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_user_id_id", "user_id", "id"),
        # The badge counts on every signed-in page: from this index alone.
        Index(
            "ix_notices_unread",
            "user_id",
            postgresql_where=text("read_at IS NULL"),
            sqlite_where=text("read_at IS NULL"),
        ),
        CheckConstraint("url LIKE '/%' AND url NOT LIKE '//%'", name="leads_inside"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(unique=True, default=public_code)  # /n/<code>, short enough for an SMS
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str]  # one of shop.notices.kinds
    params: Mapped[dict[str, Any]]
    url: Mapped[str]  # path inside the site that it leads to
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    read_at: Mapped[datetime | None]
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("notice_digests.id"))

    @property
    def event(self) -> str:
        """The name under which its messages stand in the queues."""
        return f"{self.kind}:{self.id}"


class NoticeDigest(Model):
    """What one person is told together on one day."""

    __tablename__ = "notice_digests"
    __table_args__ = (
        UniqueConstraint("user_id", "day"),
        Index("ix_notice_digests_due", "sent_at", "due_at"),
    )

    id: Mapped[BigKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    day: Mapped[date]  # of Việt Nam
    due_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
