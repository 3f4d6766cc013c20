"""Visits for those who may read them: the household, the teams of its commune, its officer."""

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from cooperatives.helping.queries import sellers_near
from cooperatives.models import Cooperative, Membership
from cooperatives.visits.models import FieldVisit
from shop.accounts.models import Role, User
from shop.accounts.queries import communes_of_officer


def _of(person: User, roles: set[Role]) -> ColumnElement[bool]:
    mine = select(Membership.cooperative_id).where(Membership.user_id == person.id, Membership.left_at.is_(None))
    may = [FieldVisit.cooperative_id.in_(mine)]
    if Role.HELPER in roles:
        near = sellers_near(person).order_by(None).with_only_columns(Cooperative.id)
        may.append(FieldVisit.cooperative_id.in_(near))
    if Role.OFFICER in roles:
        here = select(Cooperative.id).where(Cooperative.commune_code.in_(communes_of_officer(person.id)))
        may.append(FieldVisit.cooperative_id.in_(here))
    return or_(*may)


def visible_to(person: User, roles: set[Role]) -> Select[FieldVisit]:
    """Select the visits a person may read, the latest first."""
    chosen = select(FieldVisit).where(_of(person, roles))
    whole = joinedload(FieldVisit.cooperative).joinedload(Cooperative.commune), joinedload(FieldVisit.visitor)
    return chosen.options(*whole, selectinload(FieldVisit.photos)).order_by(
        FieldVisit.visited_on.desc(), FieldVisit.id.desc()
    )


def one_for(person: User, roles: set[Role], code: str) -> Select[FieldVisit]:
    """Select the visit with this code, if the person may read it."""
    return visible_to(person, roles).where(FieldVisit.code == code)


def sellers_to_visit(person: User, roles: set[Role]) -> Select[Cooperative]:
    """Select the sellers a helper or officer may write about: those of the team's, or of the officer's communes."""
    may = []
    if Role.HELPER in roles:
        may.append(Cooperative.id.in_(sellers_near(person).order_by(None).with_only_columns(Cooperative.id)))
    if Role.OFFICER in roles:
        may.append(Cooperative.commune_code.in_(communes_of_officer(person.id)))
    return select(Cooperative).where(or_(*may)).options(joinedload(Cooperative.commune)).order_by(Cooperative.name)
