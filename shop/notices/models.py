"""What people are told, and the queues that carry it out."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
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


class Outgoing:
    """What both queues share: claimed by a sweep, tried with back-off, kept."""

    id: Mapped[BigKey]
    event: Mapped[str]  # what happened, e.g. order_placed:LC48172063
    recipient: Mapped[str]  # address or E.164 phone
    language: Mapped[str]
    body: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    due_at: Mapped[datetime] = mapped_column(default=clock.now)
    tries: Mapped[int] = mapped_column(default=0)
    claimed_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]  # given up
    problem: Mapped[str | None]


class OutgoingMail(Outgoing, Model):
    """A mail waiting for the sweep; unique on (event, recipient)."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        UniqueConstraint("event", "recipient"),
        Index("ix_outgoing_mail_due", "sent_at", "failed_at", "due_at"),
    )

    subject: Mapped[str]


class OutgoingSms(Outgoing, Model):
    """An SMS waiting for the sweep; unique on (event, recipient)."""

    __tablename__ = "outgoing_sms"
    __table_args__ = (
        UniqueConstraint("event", "recipient"),
        Index("ix_outgoing_sms_due", "sent_at", "failed_at", "due_at"),
    )
