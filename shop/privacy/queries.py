"""Reading one's requests and consents."""

from sqlalchemy import select

from shop.core import clock
from shop.core.db import db
from shop.privacy.models import Ask, PrivacyRequest, PurposeConsent
from shop.privacy.purposes import PURPOSES

OPEN = (PrivacyRequest.done_at.is_(None), PrivacyRequest.cancelled_at.is_(None))


def open_request(user_id: int, ask: Ask) -> PrivacyRequest | None:
    """Return the request of this kind that waits, or None."""
    return db.session.scalar(
        select(PrivacyRequest).where(PrivacyRequest.user_id == user_id, PrivacyRequest.ask == ask, *OPEN)
    )


def ready_export(user_id: int, code: str | None = None) -> PrivacyRequest | None:
    """Return the newest export whose file is there, or the one with this code; None otherwise."""
    ready = select(PrivacyRequest).where(
        PrivacyRequest.user_id == user_id, PrivacyRequest.ask == Ask.EXPORT, PrivacyRequest.file_until > clock.now()
    )
    if code is not None:
        ready = ready.where(PrivacyRequest.code == code)
    return db.session.scalar(ready.order_by(PrivacyRequest.id.desc()).limit(1))


def due(ask: Ask) -> list[int]:
    """Return the requests of this kind that are due, oldest first."""
    waiting = select(PrivacyRequest.id).where(PrivacyRequest.ask == ask, *OPEN, PrivacyRequest.due_at <= clock.now())
    return list(db.session.scalars(waiting.order_by(PrivacyRequest.due_at).limit(20)))


def consents(user_id: int) -> list[PurposeConsent]:
    """Return every yes a person ever gave, newest first."""
    return list(
        db.session.scalars(
            select(PurposeConsent).where(PurposeConsent.user_id == user_id).order_by(PurposeConsent.id.desc())
        )
    )


def says_yes(user_id: int, purpose: str) -> bool:
    """Say whether the person consents to this purpose now, in the words of today."""
    found = select(PurposeConsent.id).where(
        PurposeConsent.user_id == user_id,
        PurposeConsent.purpose == purpose,
        PurposeConsent.version == PURPOSES[purpose].version,
        PurposeConsent.withdrawn_at.is_(None),
    )
    return db.session.scalar(found) is not None
