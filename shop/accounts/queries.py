"""Reading people and what they may do."""

from collections.abc import Iterable

from sqlalchemy import Select, select

from shop.accounts.models import LoginKind, LoginName, OfficerCommune, Role, RoleGrant, User, UserSession
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


def communes_of_officer(user_id: int) -> list[str]:
    """Return the codes of the communes this officer answers for now, in order."""
    return list(db.session.scalars(answered_for(user_id).order_by(OfficerCommune.commune_code)))


def answered_for(user_id: int) -> Select[str]:
    """Select the codes of the communes this officer answers for now, each once."""
    now = clock.now()
    return (
        select(OfficerCommune.commune_code)
        .where(
            OfficerCommune.user_id == user_id,
            OfficerCommune.valid_from <= now,
            OfficerCommune.valid_to.is_(None) | (OfficerCommune.valid_to > now),
        )
        .distinct()
    )


def officers_of_commune(commune_code: str) -> list[User]:
    """Return the officers who answer for a commune now, oldest account first."""
    now = clock.now()
    return list(
        db.session.scalars(
            select(User)
            .join(OfficerCommune, OfficerCommune.user_id == User.id)
            .where(
                OfficerCommune.commune_code == commune_code,
                OfficerCommune.valid_from <= now,
                OfficerCommune.valid_to.is_(None) | (OfficerCommune.valid_to > now),
                User.disabled_at.is_(None),
            )
            .order_by(User.id)
        ).unique()
    )


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
