"""Sweeps that send what waits: claim a row, send outside any transaction, note the outcome."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from shop.core import clock
from shop.core.claims import claim, next_try
from shop.core.db import writing
from shop.core.outbox import OutgoingMail, OutgoingSms
from shop.core.present import settings
from shop.notices import daily
from shop.notices.senders import NotSent, mail_sender, sms_sender

LEASE = timedelta(minutes=2)
TRIES = 8
AT_ONCE = 50


def send_mail() -> int:
    """Send the mails that are due; returns how many went out."""
    sender = mail_sender(settings())
    if sender is None:
        return 0
    return _sweep(OutgoingMail, lambda row: sender.send(row["recipient"], row["subject"], row["body"], row["language"]))


def send_sms() -> int:
    """Send the SMS that are due; returns how many went out."""
    sender = sms_sender(settings())
    if sender is None:
        return 0
    return _sweep(OutgoingSms, lambda row: sender.send(row["recipient"], row["body"], row["event"]))


def tell_daily() -> int:
    """Queue the gatherings of the day that are due; returns how many."""
    return sum(_gathered(key) for key in daily.due())


def _gathered(key: int) -> bool:
    with writing():
        return daily.queue(key)


SWEEPS = [tell_daily, send_mail, send_sms]


def _sweep(table: type[Any], send: Callable[[Mapping[str, Any]], None]) -> int:
    sent = 0
    for _turn in range(AT_ONCE):
        due = table.sent_at.is_(None) & table.failed_at.is_(None) & (table.due_at <= clock.now())
        row = claim(table, due, LEASE)
        if row is None:
            break
        try:
            send(row)
        except NotSent as problem:
            _note(table, row, problem=str(problem), **_after_failure(row["tries"]))
        else:
            sent += 1
            _note(table, row, sent_at=clock.now(), problem=None)
    return sent


def _after_failure(tries: int) -> dict[str, Any]:
    if tries >= TRIES:
        return {"failed_at": clock.now()}
    return {"due_at": next_try(tries), "claimed_until": None}


def _note(table: type[Any], row: Mapping[str, Any], **values: Any) -> None:
    with writing() as session:
        session.execute(update(table).where(table.id == row["id"]).values(**values))
