"""What waits for a person, counted in every room below."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from cooperatives import queries as cooperative_queries
from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative, Invitation
from products.certificates.queries import waiting_for
from products.queue.queries import waiting_in
from products.seconds import queries as seconds
from shop.accounts.models import Role, User
from shop.accounts.queries import communes_of_officer
from shop.audit import acting
from shop.core.db import db
from shop.core.i18n import lazy_gettext as _l
from shop.desk.calls import queries as calls
from shop.notices.badge import unread
from shop.orders.models import Purchase
from shop.payments.disputes import queries as disputes
from shop.payments.passing import queries as passing
from shop.payments.reconciling import queries as reconciling


@dataclass(frozen=True)
class Waiting:
    """One kind of work that waits: the words, how many, where to go, how pressing (bad, warn, todo)."""

    words: Any
    count: int
    endpoint: str
    params: dict[str, str]
    kind: str


def waiting(person: User, roles: set[Role]) -> list[Waiting]:
    """Return what waits for this person beside the goods and orders of `shop.desk.today`; empty kinds are left out."""
    found: list[Waiting] = []
    if Role.OFFICER in roles:
        found += _for_officer(person)
    if roles & {Role.OFFICER, Role.HELPER} and acting.of(person.id) is None:  # while they help, only that seller
        found.append(Waiting(_l("Sellers to call"), calls.number(person, roles), "desk_calls.index", {}, "bad"))
    if Role.ADMIN in roles:
        communes = len(seconds.lonely())
        found.append(Waiting(_l("Communes that need a second officer"), communes, "product_seconds.missing", {}, "bad"))
    if Role.ADMIN in roles:
        differs = reconciling.number() + len(passing.failed())
        found.append(Waiting(_l("Card money that differs"), differs, "desk_reconciling.index", {}, "bad"))
    if roles & {Role.ADMIN, Role.OFFICER, Role.MANAGER} and acting.of(person.id) is None:
        answers = disputes.asking(person, roles)
        found.append(Waiting(_l("Disputed payments to answer"), answers, "desk_disputes.index", {}, "bad"))
    found.append(Waiting(_l("New notices"), unread() or 0, "notices.index", {}, "todo"))
    return [one for one in found if one.count]


def _for_officer(person: User) -> list[Waiting]:
    communes = communes_of_officer(person.id)
    sellers = select(func.count(Cooperative.id)).where(
        Cooperative.state == CooperativeState.SUBMITTED, Cooperative.commune_code.in_(communes)
    )
    second = _count(seconds.number_for(person, communes))
    return [
        Waiting(_l("Products to review"), _count(waiting_in(communes)), "product_queue.index", {}, "warn"),
        Waiting(_l("Goods for your second yes"), second, "product_queue.index", {"view": "second"}, "warn"),
        Waiting(_l("New sellers to admit"), _count(sellers), "cooperative_review.index", {}, "warn"),
        Waiting(_l("Certificates to look at"), waiting_for(person)[1], "certificates.queue", {}, "warn"),
    ]


def _count(statement: Select[Any]) -> int:
    return int(db.session.scalar(statement) or 0)


def cooperatives_of(person: User) -> list[Cooperative]:
    """Return the cooperatives the person belongs to, with their communes, by name."""
    return list(db.session.scalars(cooperative_queries.of_person(person).options(joinedload(Cooperative.commune))))


def invitations_for(person: User) -> list[Invitation]:
    """Return the open invitations to the person's own number."""
    return cooperative_queries.open_invitations(person.phone) if person.phone else []


def purchases_of(person: User, limit: int = 5) -> list[Purchase]:
    """Return the person's newest purchases as a buyer."""
    return list(
        db.session.scalars(
            select(Purchase).where(Purchase.buyer_id == person.id).order_by(Purchase.id.desc()).limit(limit)
        )
    )
