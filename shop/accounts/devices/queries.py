"""Reading in which browsers a person signed in before."""

from sqlalchemy import select

from shop.accounts.devices.models import KnownDevice
from shop.core import clock
from shop.core.codes import token_digest
from shop.core.db import db

KEPT_DAYS = 400  # the longest life that browsers give a cookie


def known(user_id: int, token: str) -> KnownDevice | None:
    """Return the row of this browser for this person, or None where the person never signed in with it."""
    if not token:
        return None
    return db.session.scalar(
        select(KnownDevice).where(
            KnownDevice.user_id == user_id,
            KnownDevice.token_digest == token_digest(token),
            KnownDevice.seen_at > clock.after(days=-KEPT_DAYS),
        )
    )


def has_any(user_id: int) -> bool:
    """Say whether the person signed in anywhere before."""
    found = select(KnownDevice.id).where(KnownDevice.user_id == user_id).limit(1)
    return db.session.scalar(found) is not None
