"""Sweeps that send what waits: claim a row, send outside any transaction, note the outcome."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from shop.accounts.models import Role
from shop.accounts.queries import holders_of
from shop.core import clock
from shop.core.claims import claim, next_try
from shop.core.db import db, writing
from shop.core.outbox import OutgoingMail, OutgoingPush, OutgoingSms, OutgoingZalo, queue_next
from shop.core.present import settings
from shop.notices import daily
from shop.notices.failures import NotSent, Refused
from shop.notices.mail.letters import letter
from shop.notices.push import queries as push
from shop.notices.push.sender import Gone, PushSender, push_sender
from shop.notices.push.services import forget
from shop.notices.renewal import services as renewal
from shop.notices.senders import mail_sender, sms_sender, zalo_sender
from shop.notices.services import tell

LEASE = timedelta(minutes=2)
TRIES = 8
TRIES_BEFORE_NEXT = 3  # where another way waits: about twenty minutes
AT_ONCE = 50


def send_mail() -> int:
    """Send the mails that are due; returns how many went out."""
    sender = mail_sender(settings())
    if sender is None:
        return 0
    return _sweep(OutgoingMail, lambda row: sender.send(row["recipient"], letter(row)))


def send_sms() -> int:
    """Send the SMS that are due; returns how many went out."""
    sender = sms_sender(settings())
    if sender is None:
        return 0
    return _sweep(OutgoingSms, lambda row: sender.send(row["recipient"], row["body"], row["event"]))


def send_zalo() -> int:
    """Send the Zalo messages that are due; returns how many went out."""
    sender = zalo_sender(settings())
    if sender is None:
        return 0
    return _sweep(OutgoingZalo, lambda row: sender.send(row["recipient"], row["template"], row["filled"], row["event"]))


def send_push() -> int:
    """Send the words for browsers that are due; returns how many went out."""
    sender = push_sender(settings())
    if sender is None:
        return 0
    return _sweep(OutgoingPush, lambda row: _push(sender, row))


def _push(sender: PushSender, row: Mapping[str, Any]) -> None:
    browser = push.by_endpoint(row["recipient"])
    if browser is None:
        raise Refused("signed out")
    keys = browser.p256dh, browser.auth
    db.session.rollback()  # nothing is held open while the service answers
    try:
        sender.send(row["recipient"], *keys, row["body"])
    except Gone:
        with writing():
            forget(row["recipient"])
        raise


def tell_daily() -> int:
    """Queue the gatherings of the day that are due; returns how many."""
    return sum(_gathered(key) for key in daily.due())


def _gathered(key: int) -> bool:
    with writing():
        return daily.queue(key)


def tell_of_zalo() -> int:
    """Tell every admin, once, that the key at Zalo cannot be renewed; returns how many were told."""
    if not (settings().zalo_renews and renewal.is_untold()):
        return 0
    with writing():
        problem = renewal.claim_telling()
        admins = holders_of(Role.ADMIN) if problem else []
        for admin in admins:
            tell(admin, "zalo_refused", "/staff/messages", said=problem)
    return len(admins)


SWEEPS = [tell_daily, tell_of_zalo]
PROMPT = [send_push, send_mail, send_zalo, send_sms]  # somebody waits for a code with the page open


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
            _failed(table, row, problem)
        else:
            sent += 1
            _note(table, row, sent_at=clock.now(), problem=None)
    return sent


def _failed(table: type[Any], row: Mapping[str, Any], problem: NotSent) -> None:
    most = TRIES_BEFORE_NEXT if row["otherwise"] else TRIES
    if isinstance(problem, Refused) or row["tries"] >= most:
        _note(table, row, failed_at=clock.now(), problem=str(problem), replaced=bool(row["otherwise"]))
    else:
        _note(table, row, due_at=next_try(row["tries"]), claimed_until=None, problem=str(problem))


def _note(table: type[Any], row: Mapping[str, Any], **values: Any) -> None:
    """Keep the outcome; where it was given up, the next way is queued in the same transaction."""
    with writing() as session:
        session.execute(update(table).where(table.id == row["id"]).values(**values))
        if values.get("replaced"):
            queue_next(row["event"], row["otherwise"])
