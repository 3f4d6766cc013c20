"""tell(): one line in the app, and a mail or SMS in the person's language for the sweep to send."""

import json
from typing import Any

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from shop.accounts.models import User
from shop.core import clock
from shop.core.db import db
from shop.core.i18n import use_language
from shop.notices.kinds import KINDS
from shop.notices.models import Notice, OutgoingMail, OutgoingSms

SMS_CHARACTERS = 160


def tell(user: User, kind: str, url: str, **params: Any) -> Notice:
    """Tell `user` something: in the app always, by mail where an address is known, else by SMS for kinds that matter.

    `kind` is a key of shop.notices.kinds.KINDS (KeyError otherwise); `url` is a path inside the site.
    Called inside writing(); nothing is sent here.
    """
    words = KINDS[kind]
    notice = Notice(user_id=user.id, kind=kind, params=json.loads(json.dumps(params, default=str)), url=url)
    db.session.add(notice)
    db.session.flush()
    with use_language(user.language):
        subject, body = str(words.subject) % params, str(words.body) % params
    event = f"{kind}:{notice.id}"
    if user.email and words.mail:
        queue_mail(event, user.email, user.language, subject, f"{user.name},\n\n{body}\n\n{_absolute(url)}\n")
    elif user.phone and words.sms:
        queue_sms(event, user.phone, user.language, f"{body} {_absolute(url)}")
    return notice


def _absolute(url: str) -> str:
    return str(current_app.extensions["settings"].origin).rstrip("/") + url


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


def mark_read(user: User, newest_id: int) -> int:
    """Mark a person's notices up to `newest_id` as read; returns how many."""
    done = db.session.execute(
        update(Notice)
        .where(Notice.user_id == user.id, Notice.id <= newest_id, Notice.read_at.is_(None))
        .values(read_at=clock.now())
    )
    return int(done.rowcount)


def of_person(user: User, limit: int = 50) -> list[Notice]:
    """Return a person's newest notices."""
    return list(
        db.session.scalars(select(Notice).where(Notice.user_id == user.id).order_by(Notice.id.desc()).limit(limit))
    )
