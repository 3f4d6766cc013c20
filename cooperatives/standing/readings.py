"""What the staff reads of a seller's people leaves an audit row, whatever page it is on (reliability, row 40)."""

from sqlalchemy import select

from cooperatives import queries
from cooperatives.models import Cooperative, Membership
from shop.accounts.models import User
from shop.audit.services import record_reading
from shop.core.db import db


def is_foreign(cooperative_id: int, reader: User) -> bool:
    """Say whether the reader is no member of this seller: then the reading is kept."""
    own = select(Membership.id).where(
        Membership.cooperative_id == cooperative_id, Membership.user_id == reader.id, Membership.left_at.is_(None)
    )
    return db.session.scalar(own.limit(1)) is None


def keep(cooperative_id: int, reader: User, *fields: str) -> None:
    """Keep that somebody reads these personal data of a seller; inside writing()."""
    cooperative = db.session.get_one(Cooperative, cooperative_id)
    queries.lock(cooperative)
    record_reading(cooperative, reader, *fields)
