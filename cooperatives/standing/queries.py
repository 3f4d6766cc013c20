"""Sellers as those who answer for them see them: an officer those of his communes, an admin all."""

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative, Membership
from shop.accounts.models import Role, User
from shop.accounts.queries import communes_of_officer
from shop.core.db import db
from shop.core.text import fold
from shop.places.models import Commune

KNOWN = (CooperativeState.ACTIVE, CooperativeState.SUSPENDED, CooperativeState.CLOSED)  # the others are applications


def answered_for(person: User, roles: Collection[Role]) -> Select[Cooperative]:
    """Select the admitted sellers this person answers for, on the market or off it, by name."""
    chosen = (
        select(Cooperative)
        .where(Cooperative.state.in_(KNOWN), Cooperative.active_since.is_not(None))
        .options(joinedload(Cooperative.commune))
        .order_by(Cooperative.name, Cooperative.id)
    )
    if Role.ADMIN in roles:
        return chosen
    return chosen.where(Cooperative.commune_code.in_(communes_of_officer(person.id)))


def narrowed(chosen: Select[Cooperative], text: str, *, suspended: bool) -> Select[Cooperative]:
    """Keep the sellers whose name or commune has these words; marks and case do not count. `suspended`: only those."""
    if suspended:
        chosen = chosen.where(Cooperative.state == CooperativeState.SUSPENDED)
    words = fold(text).replace(" ", "-")
    if not words:
        return chosen
    here = Commune.code == Cooperative.commune_code
    return chosen.join(Commune, here).where(
        Cooperative.slug.contains(words, autoescape=True) | Commune.folded.contains(fold(text), autoescape=True)
    )


def one_for(person: User, roles: Collection[Role], code: str) -> Select[Cooperative]:
    """Select the seller with this code, if the person answers for it."""
    return answered_for(person, roles).where(Cooperative.code == code)


def ever_member(person: User, cooperative: Cooperative) -> bool:
    """Say whether somebody belongs, or ever belonged, to a seller."""
    found = select(Membership.id).where(Membership.cooperative_id == cooperative.id, Membership.user_id == person.id)
    return db.session.scalar(found.limit(1)) is not None
