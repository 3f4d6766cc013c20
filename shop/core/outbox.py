"""What waits to leave the house: mails and SMS, queued in the change's own transaction, sent by a sweep."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.claims import insert_once
from shop.core.db import BigKey, Model


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


def queue_mail(
    event: str, recipient: str, language: str, subject: str, body: str, *, due_at: datetime | None = None
) -> bool:
    """Queue a mail, due now or at a moment; the same event to the same recipient is queued once: False."""
    values = {"event": event, "recipient": recipient, "language": language, "body": body}
    return _queue(OutgoingMail, values | {"subject": " ".join(subject.split())}, due_at)


def queue_sms(event: str, recipient: str, language: str, body: str, *, due_at: datetime | None = None) -> bool:
    """Queue an SMS to an E.164 number, due now or later; the same event to the same recipient is queued once."""
    return _queue(OutgoingSms, {"event": event, "recipient": recipient, "language": language, "body": body}, due_at)


def _queue(table: type[OutgoingMail] | type[OutgoingSms], values: dict[str, Any], due_at: datetime | None) -> bool:
    return insert_once(table, **values, due_at=due_at or clock.now())
