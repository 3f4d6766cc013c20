"""Reading people and what they may do."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from shop.accounts.models import (
    LoginKind,
    LoginName,
    OfficerAbsence,
    OfficerCommune,
    Role,
    RoleGrant,
    User,
    UserSession,
)
from shop.core import clock
from shop.core.db import db


def staff_roles(user_id: int) -> Iterable[Role]:
    """Return the staff roles (helper, officer, admin) a person holds now."""
    now = clock.now()
    return db.session.scalars(
        select(RoleGrant.role).where(
            RoleGrant.user_id == user_id,
            RoleGrant.valid_from <= now,
            RoleGrant.valid_to.is_(None) | (RoleGrant.valid_to > now),
        )
    )


def holders_of(role: Role) -> list[User]:
    """Return who holds a staff role (helper, officer, admin) now, the longest known first."""
    now = clock.now()
    held = (RoleGrant.role == role, RoleGrant.valid_from <= now)
    ends = RoleGrant.valid_to.is_(None) | (RoleGrant.valid_to > now)
    holders = select(RoleGrant.user_id).where(*held, ends)
    return list(db.session.scalars(select(User).where(User.id.in_(holders)).order_by(User.id)))


class Answered(NamedTuple):
    """A commune an officer answers for; for whom he stands in there and until when, '' and None for his own."""

    commune: str
    stands_in_for: str = ""
    until: datetime | None = None


def communes_of_officer(user_id: int) -> list[str]:
    """Return the codes of the communes this officer answers for now, his own and as a stand-in, in order."""
    return list(db.session.scalars(answered_for(user_id).order_by(OfficerCommune.commune_code)))


def answered_for(user_id: int) -> Select[str]:
    """Select the codes of the communes this officer answers for now, his own and as a stand-in, each once."""
    now = clock.now()
    away = select(OfficerAbsence.user_id).where(OfficerAbsence.stand_in_id == user_id, _away(now))
    mine = (OfficerCommune.user_id == user_id) | OfficerCommune.user_id.in_(away)
    return select(OfficerCommune.commune_code).where(mine, _valid(now)).distinct()


def answered_communes(user_id: int) -> list[Answered]:
    """Return the communes this officer answers for now, each with whom he stands in for there; his own first."""
    now = clock.now()
    absence = (OfficerAbsence.user_id == OfficerCommune.user_id) & (OfficerAbsence.stand_in_id == user_id) & _away(now)
    rows = db.session.execute(
        select(OfficerCommune.commune_code, User.id, User.name, OfficerAbsence.valid_to)
        .join(User, User.id == OfficerCommune.user_id)
        .outerjoin(OfficerAbsence, absence)
        .where((OfficerCommune.user_id == user_id) | OfficerAbsence.id.is_not(None), _valid(now))
        .order_by(OfficerCommune.commune_code)
    )
    found: dict[str, Answered] = {}
    for commune, owner, name, until in rows:
        if owner == user_id:
            found[commune] = Answered(commune)
        else:
            found.setdefault(commune, Answered(commune, name, until))
    return list(found.values())


def officers_of_commune(commune_code: str) -> list[User]:
    """Return the officers who answer for a commune now, oldest account first; a stand-in for one who is away."""
    chosen = answering(commune_code)
    return list(
        db.session.scalars(select(User).where(User.id.in_(chosen), User.disabled_at.is_(None)).order_by(User.id))
    )


def answering(commune_code: Any) -> Select[int]:
    """Select the ids of those who answer for a commune now, stand-ins counted; its code, or a column that holds it."""
    now = clock.now()
    return (
        select(func.coalesce(OfficerAbsence.stand_in_id, OfficerCommune.user_id))
        .select_from(OfficerCommune)
        .outerjoin(OfficerAbsence, (OfficerAbsence.user_id == OfficerCommune.user_id) & _away(now))
        .where(OfficerCommune.commune_code == commune_code, _valid(now))
    )


def holders(role: Role) -> list[User]:
    """Return everybody who holds a staff role now, oldest account first."""
    now = clock.now()
    granted = select(RoleGrant.user_id).where(
        RoleGrant.role == role,
        RoleGrant.valid_from <= now,
        RoleGrant.valid_to.is_(None) | (RoleGrant.valid_to > now),
    )
    return list(
        db.session.scalars(select(User).where(User.id.in_(granted), User.disabled_at.is_(None)).order_by(User.id))
    )


def _valid(now: datetime) -> ColumnElement[bool]:
    return (OfficerCommune.valid_from <= now) & (OfficerCommune.valid_to.is_(None) | (OfficerCommune.valid_to > now))


def _away(now: datetime) -> ColumnElement[bool]:
    begun = (OfficerAbsence.valid_from <= now) & (OfficerAbsence.valid_to > now)
    return begun & OfficerAbsence.ended_at.is_(None)


def by_login(kind: LoginKind, value: str) -> User | None:
    """Return the person who signs in with this name, or None."""
    return db.session.scalar(
        select(User).join(LoginName).where(LoginName.kind == kind, LoginName.value == value, User.disabled_at.is_(None))
    )


def sessions_of(user_id: int) -> list[UserSession]:
    """Return a person's sessions that have not ended, last used first."""
    return list(
        db.session.scalars(
            select(UserSession)
            .where(
                UserSession.user_id == user_id,
                UserSession.ended_at.is_(None),
                UserSession.expires_at > clock.now(),
            )
            .order_by(UserSession.seen_at.desc())
        )
    )
