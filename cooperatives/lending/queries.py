"""What is in whose hands: an admin sees all, a helper what lies in the communes of the team."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from cooperatives.helping.queries import sellers_near, sellers_to_show
from cooperatives.lending.models import Handover
from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative, Membership
from shop.accounts.models import Role, User, UserSession
from shop.core.db import db


class InUse(NamedTuple):
    """A handover and when anybody of the household was last here."""

    row: Handover
    used: datetime | None


def visible_to(person: User, roles: set[Role]) -> Select[Handover]:
    """Select the handovers a person may see, the latest first."""
    whole = joinedload(Handover.cooperative).joinedload(Cooperative.commune), joinedload(Handover.programme)
    chosen = select(Handover).options(*whole).order_by(Handover.handed_on.desc(), Handover.id.desc())
    if Role.ADMIN in roles:
        return chosen
    near = sellers_near(person).order_by(None).with_only_columns(Cooperative.id)
    return chosen.where(Handover.cooperative_id.in_(near))


def households(person: User, roles: set[Role]) -> list[Cooperative]:
    """Return the sellers to whom a person may note a handover, by name."""
    if Role.ADMIN not in roles:
        return sellers_to_show(person)
    active = select(Cooperative).where(Cooperative.state == CooperativeState.ACTIVE).order_by(Cooperative.name)
    return list(db.session.scalars(active.options(joinedload(Cooperative.commune))))


def with_use(rows: Iterable[Handover]) -> list[InUse]:
    """Return handovers with the last time somebody of the household used the market: one more query."""
    found = list(rows)
    seen = db.session.execute(
        select(Membership.cooperative_id, func.max(UserSession.seen_at))
        .join(UserSession, UserSession.user_id == Membership.user_id)
        .where(Membership.cooperative_id.in_({one.cooperative_id for one in found}), Membership.left_at.is_(None))
        .group_by(Membership.cooperative_id)
    )
    used: dict[int, datetime] = {row[0]: row[1] for row in seen}
    return [InUse(one, used.get(one.cooperative_id)) for one in found]
