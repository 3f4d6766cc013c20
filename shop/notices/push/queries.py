"""Browsers that may be told."""

from sqlalchemy import Select, select

from shop.accounts.models import UserSession
from shop.core import clock
from shop.core.db import db
from shop.notices.push.models import PushSubscription


def of_user(user_id: int) -> list[PushSubscription]:
    """Return the browsers of a person in which somebody is still signed in."""
    return list(db.session.scalars(_live().where(PushSubscription.user_id == user_id).order_by(PushSubscription.id)))


def by_endpoint(endpoint: str) -> PushSubscription | None:
    """Return the subscription with this address while its session lives."""
    return db.session.scalar(_live().where(PushSubscription.endpoint == endpoint))


def of_session(session_id: int) -> PushSubscription | None:
    """Return the subscription that was made in this session."""
    return db.session.scalar(select(PushSubscription).where(PushSubscription.session_id == session_id).limit(1))


def _live() -> Select[PushSubscription]:
    return (
        select(PushSubscription)
        .join(UserSession, UserSession.id == PushSubscription.session_id)
        .where(UserSession.ended_at.is_(None), UserSession.expires_at > clock.now())
    )
