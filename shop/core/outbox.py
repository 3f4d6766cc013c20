"""What waits to leave the house: mails and SMS, queued in the change's own transaction, sent by a sweep."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import BigKey, Model, db


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


def queue_mail(event: str, recipient: str, language: str, subject: str, body: str) -> bool:
    """Queue a mail; the same event to the same recipient is queued once. Returns whether it is new."""
    values = {"event": event, "recipient": recipient, "language": language, "body": body}
    return _queue(OutgoingMail, values | {"subject": " ".join(subject.split())})


def queue_sms(event: str, recipient: str, language: str, body: str) -> bool:
    """Queue an SMS to an E.164 number; the same event to the same recipient is queued once."""
    return _queue(OutgoingSms, {"event": event, "recipient": recipient, "language": language, "body": body})


def _queue(table: type[OutgoingMail] | type[OutgoingSms], values: dict[str, Any]) -> bool:
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    moment = clock.now()
    row = values | {"created_at": moment, "due_at": moment, "tries": 0}
    done = db.session.execute(insert(table).values(**row).on_conflict_do_nothing().returning(table.id))
    return done.first() is not None
