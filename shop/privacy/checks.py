"""What must hold of requests and erased people at any time."""

from collections.abc import Iterable

from sqlalchemy import select

from shop.accounts.models import LoginName, User
from shop.core import clock
from shop.core.db import db
from shop.privacy.models import Ask, PrivacyRequest
from shop.privacy.queries import OPEN


def erased_means_gone() -> Iterable[str]:
    """Whoever was erased has no address, no way in, and is no name any more."""
    erased = select(PrivacyRequest.user_id).where(
        PrivacyRequest.ask == Ask.ERASURE, PrivacyRequest.done_at.is_not(None)
    )
    named = select(LoginName.user_id)
    left = User.phone.is_not(None) | User.email.is_not(None) | User.disabled_at.is_(None) | User.id.in_(named)
    for key in db.session.scalars(select(User.id).where(User.id.in_(erased), left)):
        yield f"user {key} was erased and can still be reached or sign in"


def in_time() -> Iterable[str]:
    """Nobody waits longer than the law allows."""
    late = select(PrivacyRequest.code).where(*OPEN, PrivacyRequest.lawful_until < clock.now())
    for code in db.session.scalars(late):
        yield f"the request {code} about somebody's own data is late"


CHECKS = [erased_means_gone, in_time]
