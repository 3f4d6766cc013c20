"""Spoken consents for those who may hear them; households that have no account of their own yet."""

from sqlalchemy import Select, or_, select

from cooperatives.helping.models import Consent, Way
from cooperatives.helping.queries import nobody_signs_in
from cooperatives.models import Cooperative, MemberRole, Membership
from cooperatives.teams.queries import communes_of
from shop.accounts.models import LoginName, Role, User
from shop.accounts.queries import communes_of_officer
from shop.core.db import db
from shop.places.models import Commune


def audible_to(person: User, roles: set[Role], code: str) -> Select[Consent]:
    """Select the spoken consent with this code for the household itself, its officer and an admin; for nobody else."""
    mine = select(Membership.cooperative_id).where(Membership.user_id == person.id, Membership.left_at.is_(None))
    may = [Consent.cooperative_id.in_(mine)]
    if Role.OFFICER in roles:
        near = select(Cooperative.id).where(Cooperative.commune_code.in_(communes_of_officer(person.id)))
        may.append(Consent.cooperative_id.in_(near))
    found = select(Consent).where(Consent.code == code, Consent.way == Way.RECORDING)
    return found if Role.ADMIN in roles else found.where(or_(*may))


def spoken_for(cooperative: Cooperative) -> list[Consent]:
    """Return the spoken consents of a seller, the newest first."""
    found = select(Consent).where(Consent.cooperative_id == cooperative.id, Consent.way == Way.RECORDING)
    return list(db.session.scalars(found.order_by(Consent.id.desc())))


def communes_near(helper: User) -> list[Commune]:
    """Return the communes in which a helper's teams help now."""
    return list(db.session.scalars(select(Commune).where(Commune.code.in_(communes_of(helper))).order_by(Commune.code)))


def without_account(person: User, roles: set[Role], code: str) -> Select[Consent]:
    """Select the standing consent with this code of a household that cannot sign in, for its helper or its officer."""
    signs_in = select(LoginName.id).where(LoginName.user_id == Consent.given_by_id)
    may = [Consent.helper_id == person.id] if Role.HELPER in roles else []
    if Role.OFFICER in roles:
        near = select(Cooperative.id).where(Cooperative.commune_code.in_(communes_of_officer(person.id)))
        may.append(Consent.cooperative_id.in_(near))
    return select(Consent).where(Consent.code == code, Consent.stands(), ~signs_in.exists(), or_(*may))


def manager_without_phone(cooperative: Cooperative) -> User | None:
    """Return the manager who says yes aloud, where no manager can sign in at all: nobody else is asked that way."""
    if not nobody_signs_in(cooperative):
        return None
    return db.session.scalar(
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.cooperative_id == cooperative.id,
            Membership.role == MemberRole.MANAGER,
            Membership.left_at.is_(None),
        )
        .order_by(Membership.id)
        .limit(1)
    )
