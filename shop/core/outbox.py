"""What waits to leave the house: mails, SMS, Zalo; queued in the change's own transaction, sent by a sweep."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.claims import insert_once
from shop.core.db import BigKey, Model
from shop.core.texting import unaccented

SUBJECT = 78  # characters


class Outgoing:
    """What all queues share: claimed by a sweep, tried with back-off, kept."""

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
    otherwise: Mapped[dict[str, Any] | None]  # the message by the next way, queued when this one is given up
    replaced: Mapped[bool] = mapped_column(default=False)  # given up, and the next way was taken


class OutgoingMail(Outgoing, Model):
    """A mail waiting for the sweep; unique on (event, recipient)."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        UniqueConstraint("event", "recipient"),
        Index("ix_outgoing_mail_due", "sent_at", "failed_at", "due_at"),
    )

    subject: Mapped[str]
    facts: Mapped[dict[str, Any] | None]  # label and value, as the table in the mail shows them


class OutgoingSms(Outgoing, Model):
    """An SMS waiting for the sweep; unique on (event, recipient)."""

    __tablename__ = "outgoing_sms"
    __table_args__ = (
        UniqueConstraint("event", "recipient"),
        Index("ix_outgoing_sms_due", "sent_at", "failed_at", "due_at"),
    )


class OutgoingZalo(Outgoing, Model):
    """A Zalo message waiting for the sweep: a template that Zalo knows, and what is filled in."""

    __tablename__ = "outgoing_zalo"
    __table_args__ = (
        UniqueConstraint("event", "recipient"),
        Index("ix_outgoing_zalo_due", "sent_at", "failed_at", "due_at"),
    )

    template: Mapped[str]  # Zalo's number of it
    filled: Mapped[dict[str, Any]]


class OutgoingPush(Outgoing, Model):
    """A word for one browser, waiting for the sweep; the recipient is its address at a push service."""

    __tablename__ = "outgoing_push"
    __table_args__ = (
        UniqueConstraint("event", "recipient"),
        Index("ix_outgoing_push_due", "sent_at", "failed_at", "due_at"),
    )


Queue = type[OutgoingMail] | type[OutgoingSms] | type[OutgoingZalo] | type[OutgoingPush]
QUEUES: dict[str, Queue] = {"mail": OutgoingMail, "sms": OutgoingSms, "zalo": OutgoingZalo, "push": OutgoingPush}


@dataclass(frozen=True)
class Message:
    """One message by one way: `way` is a key of QUEUES, `more` holds the columns only that queue has."""

    way: str
    recipient: str
    language: str
    body: str
    more: Mapping[str, Any] = field(default_factory=dict)


def mail(recipient: str, language: str, subject: str, body: str, facts: Mapping[str, str] | None = None) -> Message:
    """Make a mail of a plain text with one link; a subject is one line of at most 78 characters (RFC 5322)."""
    more = {"subject": _one_line(subject), "facts": dict(facts) if facts else None}
    return Message("mail", recipient, language, body, more)


def _one_line(subject: str) -> str:
    line = " ".join(subject.split())
    return line if len(line) <= SUBJECT else f"{line[: SUBJECT - 1].rstrip()}…"


def sms(recipient: str, language: str, body: str) -> Message:
    """Make a text; all but Hindi goes without marks, so that more of it fits into one."""
    return Message("sms", recipient, language, body if language == "hi" else unaccented(body))


def queue(event: str, message: Message, *others: Message, due_at: datetime | None = None) -> bool:
    """Queue a message, due now or at a moment; `others` are tried one after another where it is given up.

    The same event to the same recipient by the same way is queued once: False.
    """
    values = {"recipient": message.recipient, "language": message.language, "body": message.body, **message.more}
    values["otherwise"] = _chain(others)
    return insert_once(QUEUES[message.way], event=event, due_at=due_at or clock.now(), **values)


def queue_next(event: str, otherwise: Mapping[str, Any]) -> bool:
    """Queue the next message of a chain, kept in the column `otherwise` of the one that was given up."""
    first, *others = (Message(**one) for one in otherwise["chain"])
    return queue(event, first, *others)


def _chain(others: Sequence[Message]) -> dict[str, Any] | None:
    return {"chain": [asdict(one) for one in others]} if others else None


def queue_mail(
    event: str,
    recipient: str,
    language: str,
    subject: str,
    body: str,
    *,
    facts: Mapping[str, str] | None = None,
    due_at: datetime | None = None,
) -> bool:
    """Queue one mail, with no other way behind it."""
    return queue(event, mail(recipient, language, subject, body, facts), due_at=due_at)


def queue_sms(event: str, recipient: str, language: str, body: str, *, due_at: datetime | None = None) -> bool:
    """Queue one SMS to an E.164 number, with no other way behind it."""
    return queue(event, sms(recipient, language, body), due_at=due_at)
