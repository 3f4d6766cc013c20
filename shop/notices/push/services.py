"""A browser asks to be told, and is forgotten."""

from sqlalchemy import delete, select

from shop.accounts.models import UserSession
from shop.audit.services import record
from shop.core import clock
from shop.core.db import changed, db
from shop.core.errors import Invalid, NotAllowed
from shop.core.i18n import lazy_gettext as _l
from shop.core.present import settings
from shop.notices.push.endpoints import is_known
from shop.notices.push.models import PushSubscription
from shop.notices.push.sealing import from_text

POINT, SECRET = 65, 16  # octets of the browser's key and of its secret (RFC 8291)
NO_SERVICE = _l("This browser cannot be told here.")
SHARED = _l("On a borrowed phone we show no notices.")


def subscribe(session: UserSession, endpoint: str, p256dh: str, auth: str) -> PushSubscription:
    """Keep the browser of a session; the same browser again is kept once, for who signed in last.

    Raises NotAllowed on a borrowed phone, Invalid for an address that is no push service or keys that are none.
    """
    if session.shared_device:
        raise NotAllowed(SHARED)
    if not is_known(endpoint, settings()) or not _are_keys(p256dh, auth):
        raise Invalid("endpoint", NO_SERVICE)
    db.session.execute(delete(PushSubscription).where(PushSubscription.endpoint == endpoint))
    made = PushSubscription(user_id=session.user_id, session_id=session.id, endpoint=endpoint, p256dh=p256dh, auth=auth)
    db.session.add(made)
    record("push_allowed", session.user, session.user)
    return made


def _are_keys(p256dh: str, auth: str) -> bool:
    try:
        key = from_text(p256dh)
        return len(key) == POINT and key[0] == 4 and len(from_text(auth)) == SECRET
    except ValueError:
        return False


def forget(endpoint: str) -> None:
    """Forget a browser that its push service no longer knows."""
    db.session.execute(delete(PushSubscription).where(PushSubscription.endpoint == endpoint))


def forget_ended(limit: int = 500) -> int:
    """Forget the browsers whose session ended or ran out; returns how many."""
    ended = (UserSession.ended_at.is_not(None)) | (UserSession.expires_at <= clock.now())
    gone = (
        select(PushSubscription.id)
        .join(UserSession, UserSession.id == PushSubscription.session_id)
        .where(ended)
        .limit(limit)
    )
    return changed(delete(PushSubscription).where(PushSubscription.id.in_(gone)))
