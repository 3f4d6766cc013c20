"""tell(): one line in the app, and a mail or SMS in the person's language for the sweep to send."""

import json
from typing import Any

from sqlalchemy import select, update

from shop.accounts.models import User
from shop.core import clock
from shop.core.db import changed, db
from shop.core.i18n import use_language
from shop.core.outbox import queue_mail, queue_sms
from shop.core.present import origin
from shop.notices.kinds import KINDS
from shop.notices.models import Notice

__all__ = ["mark_read", "of_person", "queue_mail", "queue_sms", "tell"]


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
    return origin() + url


def mark_read(user: User, newest_id: int) -> int:
    """Mark a person's notices up to `newest_id` as read; returns how many."""
    return changed(
        update(Notice)
        .where(Notice.user_id == user.id, Notice.id <= newest_id, Notice.read_at.is_(None))
        .values(read_at=clock.now())
    )


def of_person(user: User, limit: int = 50) -> list[Notice]:
    """Return a person's newest notices."""
    return list(
        db.session.scalars(select(Notice).where(Notice.user_id == user.id).order_by(Notice.id.desc()).limit(limit))
    )
