"""Sweeps: make the exports, erase who asked for it, take back old files, forget what is old."""

from sqlalchemy import select, update

from shop.accounts.models import User
from shop.core import clock
from shop.core.db import changed, db, writing
from shop.core.outbox import queue_mail, queue_sms
from shop.core.present import storage
from shop.notices.services import tell
from shop.privacy import erasing, queries
from shop.privacy.gathering import gathered
from shop.privacy.models import Ask, PrivacyRequest
from shop.privacy.packing import file_name, packed
from shop.privacy.periods.table import PERIODS
from shop.privacy.services import FILE_LIFE
from shop.privacy.words import farewell


def make_exports() -> int:
    """Make the files that were asked for; each is told to its person. Returns how many."""
    return sum(_export(key) for key in queries.due(Ask.EXPORT))


def _export(key: int) -> int:
    request = db.session.get_one(PrivacyRequest, key)
    user = db.session.get_one(User, request.user_id)
    code, parcel = request.code, packed(gathered(user), user.language)
    db.session.rollback()
    storage().put(file_name(code), parcel, "application/zip")
    with writing():
        now = clock.now()
        values = {"done_at": now, "file_until": now + FILE_LIFE}
        done = changed(update(PrivacyRequest).where(PrivacyRequest.id == key, *queries.OPEN).values(**values))
        if done:
            tell(
                db.session.get_one(User, db.session.get_one(PrivacyRequest, key).user_id),
                "export_ready",
                "/account/privacy",
            )
    return done


def erase_people() -> int:
    """Erase who asked a week ago; who has something to settle first waits another day. Returns how many."""
    return sum(_erase(key) for key in queries.due(Ask.ERASURE))


def _erase(key: int) -> int:
    with writing():
        mine = (PrivacyRequest.id == key, *queries.OPEN)
        user = db.session.get_one(User, db.session.get_one(PrivacyRequest, key).user_id)
        if any(True for _ in erasing.obstacles(user)):
            db.session.execute(update(PrivacyRequest).where(*mine).values(due_at=clock.after(days=1)))
            return 0
        if changed(update(PrivacyRequest).where(*mine).values(done_at=clock.now())) != 1:
            return 0
        email, phone, language = user.email, user.phone, user.language
        erasing.erase(user)
        subject, body = farewell(language)
        if email:
            queue_mail(f"erased:{key}", email, language, subject, body)
        elif phone:
            queue_sms(f"erased:{key}", phone, language, body)
    return 1


def take_files_back() -> int:
    """Delete the files of exports whose week is over; returns how many."""
    over = select(PrivacyRequest.id, PrivacyRequest.code).where(PrivacyRequest.file_until <= clock.now())
    rows = db.session.execute(over).all()
    db.session.rollback()
    for key, code in rows:
        storage().delete(file_name(code))
        with writing():
            db.session.execute(update(PrivacyRequest).where(PrivacyRequest.id == key).values(file_until=None))
    return len(rows)


def forget_what_is_old() -> int:
    """Delete what no longer need be kept, by the table of periods; returns how many rows."""
    gone = 0
    for period in PERIODS:
        if period.forget is not None:
            with writing():
                gone += period.forget(clock.after(days=-period.days))
    return gone


SWEEPS = [make_exports, erase_people, take_files_back, forget_what_is_old]
