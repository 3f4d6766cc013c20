"""A person's notices."""

from sqlalchemy import Select, func, select

from shop.accounts.models import User
from shop.core.db import db
from shop.core.paging import Keyset
from shop.notices.models import Notice

NEWEST = Keyset(Notice.id, descending=True)


def of_person(user: User) -> Select[Notice]:
    """Select what a person was told."""
    return select(Notice).where(Notice.user_id == user.id)


def one_for(user: User, code: str) -> Notice | None:
    """Return the notice with this code, if it is the person's own."""
    return db.session.scalar(of_person(user).where(Notice.code == code))


def unread(user_id: int) -> int:
    """Count what a person has not read, from the index alone."""
    mine = select(func.count()).select_from(Notice).where(Notice.user_id == user_id, Notice.read_at.is_(None))
    return int(db.session.scalar(mine) or 0)
