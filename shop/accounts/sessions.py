"""Sessions are rows: started, seen, listed and ended here."""

import secrets
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from shop.accounts.models import User, UserSession
from shop.core import clock
from shop.core.codes import secret_token, token_digest
from shop.core.db import changed, db
from shop.core.errors import Conflict
from shop.core.i18n import lazy_gettext as _l


class Life(NamedTuple):
    """How long a session lives untouched and at most."""

    idle: timedelta
    at_most: timedelta


STAFF = Life(timedelta(minutes=30), timedelta(hours=12))
PRODUCER = Life(timedelta(days=90), timedelta(days=90))
SHARED_PHONE = Life(timedelta(hours=1), timedelta(hours=1))
BUYER = Life(timedelta(days=30), timedelta(days=30))


def live(token: str) -> UserSession | None:
    """Return the session that the cookie's token names, with its user, unless it ended, expired or idled out."""
    row = db.session.scalar(
        select(UserSession)
        .where(UserSession.token_digest == token_digest(token), UserSession.ended_at.is_(None))
        .options(joinedload(UserSession.user))
    )
    if row is None or not row.user.is_active or row.expires_at <= clock.now():
        return None
    return row if row.seen_at + timedelta(seconds=row.idle_seconds) > clock.now() else None


def start(user: User, life: Life, *, shared_device: bool, agent: str, address: str, asks_factor: bool = False) -> str:
    """Begin a session for `user` and return the token for the cookie; only its digest is kept.

    `asks_factor`: the person has a code app, and nothing opens before its code.
    """
    token = secret_token()
    db.session.add(
        UserSession(
            token_digest=token_digest(token),
            user_id=user.id,
            form_token=secrets.token_urlsafe(24),
            shared_device=shared_device,
            agent=agent[:200],
            address=address,
            asks_factor=asks_factor,
            idle_seconds=int(life.idle.total_seconds()),
            expires_at=clock.now() + life.at_most,
        )
    )
    return token


def prove(session_id: int, *, second_factor: bool) -> str:
    """Note that the person proved who it is, and give the session a new id; returns the token for the cookie.

    Raises Conflict where the session ended meanwhile.
    """
    token, now = secret_token(), clock.now()
    values = {"token_digest": token_digest(token), "confirmed_at": now, "seen_at": now}
    if second_factor:
        values["second_factor_at"] = now
    open_row = (UserSession.id == session_id, UserSession.ended_at.is_(None))
    if changed(update(UserSession).where(*open_row).values(**values)) != 1:
        raise Conflict(_l("You were signed out. Sign in again, nothing is lost."))
    return token


def mark_seen(session_id: int) -> None:
    """Note that the session was used now."""
    db.session.execute(update(UserSession).where(UserSession.id == session_id).values(seen_at=clock.now()))


def help_by(session_id: int, consent_id: int | None) -> None:
    """Let a session act by a consent from the next request on; None: for nobody but the person."""
    db.session.execute(update(UserSession).where(UserSession.id == session_id).values(consent_id=consent_id))


def end(user_id: int, session_id: int | None = None, *, but: int | None = None) -> None:
    """End one session of a user, or all of them (`but` one); they are refused from the next request."""
    statement = update(UserSession).where(UserSession.user_id == user_id, UserSession.ended_at.is_(None))
    if session_id is not None:
        statement = statement.where(UserSession.id == session_id)
    if but is not None:
        statement = statement.where(UserSession.id != but)
    db.session.execute(statement.values(ended_at=clock.now()))
