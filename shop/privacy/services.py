"""Verbs on one's own data: consent, withdraw, ask for an export, ask for erasure, think again."""

from datetime import timedelta

from sqlalchemy import update

from shop.accounts.models import User
from shop.audit.services import record
from shop.core import clock
from shop.core.db import changed, db
from shop.core.errors import Conflict, NotFound
from shop.core.i18n import lazy_gettext as _l
from shop.core.outbox import OutgoingMail
from shop.notices.mail.unsubscribing import NEWS
from shop.privacy import erasing, queries
from shop.privacy.models import Ask, PrivacyRequest, PurposeConsent
from shop.privacy.purposes import PURPOSES

THINK_AGAIN = timedelta(days=7)  # in which an erasure can be called off
LAWFUL = {Ask.EXPORT: timedelta(days=10), Ask.ERASURE: timedelta(days=20)}  # Decree 356/2025, article 5
FILE_LIFE = timedelta(days=7)


def consent(user: User, purpose: str, language: str) -> None:
    """Keep a yes to a purpose in the words of today; a yes that stands stays as it is. NotFound for no purpose."""
    if purpose not in PURPOSES:
        raise NotFound
    if queries.says_yes(user.id, purpose):
        return
    withdraw(user, purpose, "new words")
    version = PURPOSES[purpose].version
    db.session.add(PurposeConsent(user_id=user.id, purpose=purpose, version=version, language=language))
    record("consent_given", user, user, purpose=purpose, version=version)


def withdraw(user: User, purpose: str, how: str = "page") -> None:
    """Close the yes to a purpose from now on; nothing happens where there is none."""
    standing = (
        PurposeConsent.user_id == user.id,
        PurposeConsent.purpose == purpose,
        PurposeConsent.withdrawn_at.is_(None),
    )
    values = {"withdrawn_at": clock.now(), "withdrawn_how": how}
    if changed(update(PurposeConsent).where(*standing).values(**values)):
        record("consent_withdrawn", user, user, purpose=purpose, how=how)
        if purpose == "news":
            _stop_letters(user)


def _stop_letters(user: User) -> None:
    """Give up the news to a person that is not sent yet."""
    waiting = (OutgoingMail.event.startswith(NEWS), OutgoingMail.recipient == user.email)
    unsent = (OutgoingMail.sent_at.is_(None), OutgoingMail.failed_at.is_(None))
    db.session.execute(
        update(OutgoingMail).where(*waiting, *unsent).values(failed_at=clock.now(), problem="unsubscribed")
    )


def ask_export(user: User) -> PrivacyRequest:
    """Ask for everything we keep about oneself; Conflict while one is being made."""
    return _ask(user, Ask.EXPORT, timedelta(0))


def ask_erasure(user: User) -> PrivacyRequest:
    """Ask for erasure in a week; Conflict with the reason where something stands in the way."""
    for obstacle in erasing.obstacles(user):
        raise Conflict(obstacle.sentence)
    return _ask(user, Ask.ERASURE, THINK_AGAIN)


def _ask(user: User, ask: Ask, wait: timedelta) -> PrivacyRequest:
    if queries.open_request(user.id, ask):
        raise Conflict(_l("You asked for this already. It is on its way."))
    now = clock.now()
    made = PrivacyRequest(user_id=user.id, ask=ask, asked_at=now, due_at=now + wait, lawful_until=now + LAWFUL[ask])
    db.session.add(made)
    record(f"{ask.value}_asked", user, user)
    return made


def cancel_erasure(user: User) -> None:
    """Call one's erasure off; Conflict where none waits."""
    open_one = (PrivacyRequest.user_id == user.id, PrivacyRequest.ask == Ask.ERASURE, *queries.OPEN)
    if changed(update(PrivacyRequest).where(*open_one).values(cancelled_at=clock.now())) != 1:
        raise Conflict(_l("No erasure waits any more."))
    record("erasure_cancelled", user, user)
