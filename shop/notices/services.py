"""tell(): one line in the app, and a mail or SMS in the person's language for the sweep to send."""

import json
from typing import Any

from sqlalchemy import update

from shop.accounts.models import User
from shop.core import clock
from shop.core.db import changed, db
from shop.core.outbox import queue_mail, queue_sms
from shop.core.present import origin
from shop.core.texting import one_text
from shop.notices import daily
from shop.notices.kinds import KINDS, Kind
from shop.notices.models import Notice
from shop.notices.preferences import queries as preferences
from shop.notices.preferences import quiet
from shop.notices.preferences.models import NoticePreference, Way
from shop.notices.words import said

__all__ = ["mark_read", "queue_mail", "queue_sms", "tell"]


def tell(user: User, kind: str, url: str, **params: Any) -> Notice:
    """Tell `user` something: in the app always, and by the ways the person chose for this group of kinds.

    `kind` is a key of shop.notices.kinds.KINDS (KeyError otherwise); `url` is a path inside the site.
    By mail where an address is known, else by SMS for kinds that are worth one; what is urgent goes by every way
    and at night too. Called inside writing(); nothing is sent here.
    """
    words, chosen = KINDS[kind], preferences.of(user)
    notice = Notice(user_id=user.id, kind=kind, params=json.loads(json.dumps(params, default=str)), url=url)
    db.session.add(notice)
    db.session.flush()
    if daily.takes(words, chosen):
        daily.put(notice, chosen)
    else:
        _queue(user, notice, words, chosen)
    return notice


def _queue(user: User, notice: Notice, words: Kind, chosen: NoticePreference) -> None:
    ways, spoken = chosen.ways(words.group), said(notice, user.language)
    due_at = clock.now() if words.urgent else quiet.due(clock.now(), chosen)
    link = f"{origin()}/n/{notice.code}"
    by_mail = Way.MAIL in ways and user.email and words.mail
    if by_mail and user.email:
        body = f"{user.name},\n\n{spoken.body}\n\n{link}\n"
        queue_mail(notice.event, user.email, user.language, spoken.subject, body, due_at=due_at)
    if Way.SMS in ways and user.phone and words.sms and (words.urgent or not by_mail):
        queue_sms(notice.event, user.phone, user.language, one_text(spoken.body, link, user.language), due_at=due_at)


def mark_read(user: User, newest_id: int) -> int:
    """Mark a person's notices up to `newest_id` as read; returns how many."""
    return changed(
        update(Notice)
        .where(Notice.user_id == user.id, Notice.id <= newest_id, Notice.read_at.is_(None))
        .values(read_at=clock.now())
    )


def open_one(notice: Notice) -> None:
    """Mark one notice as read, the first time it is opened."""
    db.session.execute(
        update(Notice).where(Notice.id == notice.id, Notice.read_at.is_(None)).values(read_at=clock.now())
    )
