"""Reading absences, and the officers among whom one chooses."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from shop.accounts.models import OfficerAbsence, Role, RoleGrant, User
from shop.core import clock
from shop.core.db import db


def officers() -> list[User]:
    """Return everybody who is an officer now, by name."""
    now = clock.now()
    standing = select(RoleGrant.user_id).where(
        RoleGrant.role == Role.OFFICER,
        RoleGrant.valid_from <= now,
        RoleGrant.valid_to.is_(None) | (RoleGrant.valid_to > now),
    )
    return list(
        db.session.scalars(select(User).where(User.id.in_(standing), User.disabled_at.is_(None)).order_by(User.name))
    )


def coming(user_id: int | None = None) -> list[OfficerAbsence]:
    """Return the absences that are or will be, soonest first; of one officer, also as a stand-in, if told."""
    chosen = _open().options(joinedload(OfficerAbsence.officer), joinedload(OfficerAbsence.stand_in))
    if user_id is not None:
        chosen = chosen.where((OfficerAbsence.user_id == user_id) | (OfficerAbsence.stand_in_id == user_id))
    return list(db.session.scalars(chosen.order_by(OfficerAbsence.valid_from, OfficerAbsence.id)))


def one(code: str) -> OfficerAbsence | None:
    """Return the absence with this code, or None."""
    return db.session.scalar(select(OfficerAbsence).where(OfficerAbsence.code == code))


def _open() -> Select[OfficerAbsence]:
    return select(OfficerAbsence).where(OfficerAbsence.ended_at.is_(None), OfficerAbsence.valid_to > clock.now())
