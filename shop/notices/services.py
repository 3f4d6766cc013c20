"""tell(): one line in the app, and a mail or SMS in the person's language for the sweep to send."""

import json
from typing import Any

from sqlalchemy import update

from shop.accounts.models import User
from shop.core import clock
from shop.core.db import changed, db
from shop.core.outbox import Message, queue, queue_mail, queue_sms
from shop.core.present import settings
from shop.notices import daily, ways
from shop.notices.kinds import KINDS, Kind
from shop.notices.models import Notice
from shop.notices.preferences import queries as preferences
from shop.notices.preferences import quiet
from shop.notices.preferences.models import NoticePreference, Way
from shop.notices.push import queries as push
from shop.notices.push.words import payload

__all__ = ["mark_read", "queue_mail", "queue_sms", "tell"]


def tell(user: User, kind: str, url: str, **params: Any) -> Notice:
    """Tell `user` something: in the app always, and by the ways the person chose for this group of kinds.

    `kind` is a key of shop.notices.kinds.KINDS (KeyError otherwise); `url` is a path inside the site.
    By mail where an address is known, else by Zalo or SMS for kinds that are worth one; where a way fails the next
    is taken. What is urgent goes by every way and at night too. Called inside writing(); nothing is sent here.
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
    messages = ways.messages(user, notice, chosen.ways(words.group))
    due_at = clock.now() if words.urgent else quiet.due(clock.now(), chosen)
    if words.urgent:
        for message in messages:
            queue(notice.event, message, due_at=due_at)
    elif messages:
        queue(notice.event, *messages, due_at=due_at)
    if Way.PUSH in chosen.ways(words.group) and settings().vapid_private_key:
        for browser in push.of_user(user.id):  # beside the others: it costs nothing, and a phone may be off
            queue(
                notice.event,
                Message("push", browser.endpoint, user.language, payload(words.group, notice.code)),
                due_at=due_at,
            )


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
