"""Giving and ending staff roles; an officer's communes are dated rows."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select, update

from shop.accounts.models import OfficerAbsence, OfficerCommune, Role, RoleGrant, User
from shop.accounts.sessions import end
from shop.audit.services import record
from shop.core import clock
from shop.core.db import db
from shop.core.errors import NotAllowed
from shop.core.i18n import lazy_gettext as _l


def grant(user: User, role: Role, communes: Iterable[str], actor: User) -> None:
    """Give `user` a staff role from now on; an officer's communes become exactly these. Sessions of the person end.

    Raises NotAllowed when somebody would change their own role: another admin does that.
    """
    if user.id == actor.id:
        raise NotAllowed(_l("Nobody changes their own role. Ask another admin."))
    codes = sorted(set(communes)) if role is Role.OFFICER else []
    now = clock.now()
    if not _standing(user.id, role):
        db.session.add(RoleGrant(user_id=user.id, role=role, valid_from=now, granted_by_id=actor.id))
    if role is Role.OFFICER:
        _end_communes(user.id)
    db.session.add_all(OfficerCommune(user_id=user.id, commune_code=code, valid_from=now) for code in codes)
    end(user.id)
    record("role_granted", user, actor, role=role, communes=codes)


def withdraw(user: User, role: Role, actor: User) -> None:
    """End a staff role from the next request on; raises NotAllowed for one's own."""
    if user.id == actor.id:
        raise NotAllowed(_l("Nobody changes their own role. Ask another admin."))
    now = clock.now()
    db.session.execute(
        update(RoleGrant)
        .where(RoleGrant.user_id == user.id, RoleGrant.role == role, RoleGrant.valid_to.is_(None))
        .values(valid_to=now + timedelta(microseconds=1))
    )
    if role is Role.OFFICER:
        _end_communes(user.id)
        _end_absences(user.id)
    end(user.id)
    record("role_withdrawn", user, actor, role=role)


def _standing(user_id: int, role: Role) -> bool:
    found = select(RoleGrant.id).where(
        RoleGrant.user_id == user_id, RoleGrant.role == role, RoleGrant.valid_to.is_(None)
    )
    return db.session.scalar(found) is not None


def _end_communes(user_id: int) -> None:
    db.session.execute(
        update(OfficerCommune)
        .where(OfficerCommune.user_id == user_id, OfficerCommune.valid_to.is_(None))
        .values(valid_to=clock.now() + timedelta(microseconds=1))
    )


def _end_absences(user_id: int) -> None:
    """Whoever is no officer any more is neither away nor stands in: new work goes to the officer himself again."""
    theirs = (OfficerAbsence.user_id == user_id) | (OfficerAbsence.stand_in_id == user_id)
    open_ones = OfficerAbsence.ended_at.is_(None) & (OfficerAbsence.valid_to > clock.now())
    db.session.execute(update(OfficerAbsence).where(theirs, open_ones).values(ended_at=clock.now()))


def standing() -> list[tuple[User, Role, list[str]]]:
    """Return everybody with a staff role now: the person, the role, an officer's commune codes."""
    now = clock.now()
    grants = db.session.execute(
        select(User, RoleGrant.role)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.valid_to.is_(None) | (RoleGrant.valid_to > now))
        .order_by(User.name)
    ).all()
    places: dict[int, list[str]] = {}
    for user_id, code in db.session.execute(
        select(OfficerCommune.user_id, OfficerCommune.commune_code)
        .where(OfficerCommune.valid_to.is_(None) | (OfficerCommune.valid_to > now))
        .order_by(OfficerCommune.commune_code)
    ):
        places.setdefault(user_id, []).append(code)
    return [(user, role, places.get(user.id, []) if role is Role.OFFICER else []) for user, role in grants]
