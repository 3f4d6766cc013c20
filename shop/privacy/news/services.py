"""Sending news: kept at once, queued by a sweep, a few each minute; each letter can be ended with one click."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from shop.accounts.models import User
from shop.audit.services import record
from shop.core import clock
from shop.core.claims import insert_once
from shop.core.db import db
from shop.core.present import origin
from shop.notices.mail.unsubscribing import NEWS
from shop.notices.models import Notice
from shop.notices.preferences import queries as preferences
from shop.notices.preferences import quiet
from shop.notices.services import queue_mail
from shop.privacy import services as privacy
from shop.privacy.news import queries
from shop.privacy.news.models import NewsLetter

AT_ONCE = 50  # people a turn of the sweep
PACE = timedelta(seconds=2)  # between two letters: other mails are never behind a long row


def send(admin: User, attempt: str, words: dict[str, dict[str, Any]], path: str) -> NewsLetter:
    """Keep a letter for the sweep; the same attempt again is the same letter."""
    fresh = insert_once(NewsLetter, attempt=attempt, author_id=admin.id, words=words, path=path)
    letter = db.session.scalars(select(NewsLetter).where(NewsLetter.attempt == attempt)).one()
    if fresh:
        asked, by_mail = queries.counted()
        record("news_sent", letter, admin, asked=asked, by_mail=by_mail)
    return letter


def spread(letter_id: int) -> int:
    """Queue a letter for the next people who say yes at this moment; returns for how many. Inside writing()."""
    locked = select(NewsLetter).where(NewsLetter.id == letter_id, NewsLetter.done_at.is_(None)).with_for_update()
    letter = db.session.scalars(locked).one_or_none()
    if letter is None:
        return 0
    people = queries.following(letter, AT_ONCE)
    for person in people:
        _put(letter, person)
        letter.reached = person.id
        letter.queued += 1
    if len(people) < AT_ONCE:
        letter.done_at = clock.now()
    return len(people)


def _put(letter: NewsLetter, person: User) -> None:
    words = letter.words[person.language]
    notice = Notice(user_id=person.id, kind=queries.PURPOSE, url=letter.path)
    notice.params = {"subject": words["subject"], "words": words["body"]}
    db.session.add(notice)  # not by tell(): news never waits for the mail of the day, whose other lines nobody can end
    db.session.flush()
    if not person.email:
        return
    earliest = max(clock.now(), letter.sent_at + PACE * letter.queued)
    body = f"{person.name},\n\n{words['body']}\n\n{origin()}/n/{notice.code}\n"
    due_at = quiet.due(earliest, preferences.of(person))
    queue_mail(f"{NEWS}{notice.code}", person.email, person.language, words["subject"], body, due_at=due_at)


def unsubscribe(person: User, how: str) -> None:
    """Take back the yes to news, once and for all that waits; again changes nothing."""
    privacy.withdraw(person, queries.PURPOSE, how)
