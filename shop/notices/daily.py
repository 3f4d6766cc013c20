"""Once a day: what may wait is gathered and told together, late in the afternoon."""

from datetime import timedelta

from sqlalchemy import select, update

from shop.accounts.models import User
from shop.core import clock
from shop.core.claims import insert_once
from shop.core.days import local
from shop.core.db import changed, db
from shop.core.i18n import ngettext, use_language
from shop.core.outbox import queue_mail, queue_sms
from shop.core.present import origin, settings
from shop.core.texting import one_text
from shop.notices.kinds import Group, Kind
from shop.notices.models import Notice, NoticeDigest
from shop.notices.preferences import queries as preferences
from shop.notices.preferences import quiet
from shop.notices.preferences.models import NoticePreference, Way
from shop.notices.words import said

CLOSES = 17  # o'clock; what comes later is told tomorrow
SETTLED = timedelta(minutes=5)  # whoever is writing at the closing minute is waited for
WAITS = {Group.REVIEW, Group.NEWS}


def takes(words: Kind, chosen: NoticePreference) -> bool:
    """Say whether this person hears of this kind once a day."""
    return chosen.daily and words.group in WAITS and not words.urgent


def put(notice: Notice, chosen: NoticePreference) -> None:
    """Lay a notice into its person's next gathering."""
    here = local(clock.now())
    closes = here.replace(hour=CLOSES, minute=0, second=0, microsecond=0) + timedelta(days=here.hour >= CLOSES)
    day = closes.date()
    insert_once(NoticeDigest, user_id=notice.user_id, day=day, due_at=quiet.due(closes + SETTLED, chosen))
    mine = select(NoticeDigest.id).where(NoticeDigest.user_id == notice.user_id, NoticeDigest.day == day)
    notice.digest_id = db.session.scalar(mine)


def due(limit: int = 50) -> list[int]:
    """Return the ids of gatherings that are due."""
    rows = select(NoticeDigest.id).where(NoticeDigest.sent_at.is_(None), NoticeDigest.due_at <= clock.now())
    return list(db.session.scalars(rows.order_by(NoticeDigest.due_at).limit(limit)))


def queue(digest_id: int) -> bool:
    """Queue one mail or SMS for a gathering, once; False where another sweep was first."""
    mine = update(NoticeDigest).where(NoticeDigest.id == digest_id, NoticeDigest.sent_at.is_(None))
    if changed(mine.values(sent_at=clock.now())) == 0:
        return False
    digest = db.session.get_one(NoticeDigest, digest_id, populate_existing=True)
    user = db.session.get_one(User, digest.user_id)
    gathered = select(Notice).where(Notice.user_id == user.id, Notice.digest_id == digest_id)
    rows = list(db.session.scalars(gathered.order_by(Notice.id)))
    ways = {way for group in WAITS for way in preferences.chosen(user, group)}
    with use_language(user.language):
        subject = ngettext("%(num)s notice today", "%(num)s notices today", len(rows))
    event = f"digest:{digest_id}"
    if Way.MAIL in ways and user.email:
        lines = [f"{said(row, user.language).subject}\n{origin()}/n/{row.code}" for row in rows]
        queue_mail(event, user.email, user.language, subject, "\n\n".join([f"{user.name},", *lines]) + "\n")
    elif Way.SMS in ways and user.phone:
        words = f"{settings().market_name}: {subject}"
        queue_sms(event, user.phone, user.language, one_text(words, f"{origin()}/notices", user.language))
    return True
