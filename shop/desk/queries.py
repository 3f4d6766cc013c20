"""What waits for a person, counted in every room below."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from cooperatives import queries as cooperative_queries
from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative, Invitation, Membership
from products.lifecycle import RevisionState
from products.models import Product, ProductRevision, Sku
from shop.accounts.models import Role, User
from shop.accounts.queries import communes_of_officer
from shop.core.db import db
from shop.core.i18n import lazy_gettext as _l
from shop.notices.models import Notice
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order, Purchase


@dataclass(frozen=True)
class Waiting:
    """One kind of work that waits: the words, how many, where to go, how pressing (bad, warn, todo)."""

    words: Any
    count: int
    endpoint: str
    params: dict[str, str]
    kind: str


def waiting(person: User, roles: set[Role]) -> list[Waiting]:
    """Return what waits for this person; kinds with nothing waiting are left out."""
    found: list[Waiting] = []
    if Role.MEMBER in roles:
        found += _for_member(person)
    if Role.OFFICER in roles:
        found += _for_officer(person)
    unread = _count(select(func.count(Notice.id)).where(Notice.user_id == person.id, Notice.read_at.is_(None)))
    found.append(Waiting(_l("New notices"), unread, "notices.index", {}, "todo"))
    return [one for one in found if one.count]


def _for_member(person: User) -> list[Waiting]:
    mine = select(Membership.cooperative_id).where(Membership.user_id == person.id, Membership.left_at.is_(None))
    orders = select(func.count(Order.id)).where(Order.cooperative_id.in_(mine), Order.awaiting_payment.is_(False))
    returned = _revisions(mine, RevisionState.RETURNED)
    empty = (
        select(func.count(Sku.id))
        .join(Product, Product.id == Sku.product_id)
        .where(Product.cooperative_id.in_(mine), Product.approved_revision_id.is_not(None), Sku.on_hand == Sku.held)
    )
    return [
        Waiting(
            _l("Orders to accept"),
            _count(orders.where(Order.state == OrderState.PLACED)),
            "desk_orders.index",
            {},
            "bad",
        ),
        Waiting(
            _l("Orders to pack and send"),
            _count(orders.where(Order.state.in_((OrderState.ACCEPTED, OrderState.PACKED)))),
            "desk_orders.index",
            {"state": "accepted"},
            "warn",
        ),
        Waiting(_l("Products to mend"), _count(returned), "products.index", {"state": "returned"}, "warn"),
        Waiting(
            _l("Drafts to finish"),
            _count(_revisions(mine, RevisionState.DRAFT)),
            "products.index",
            {"state": "draft"},
            "todo",
        ),
        Waiting(_l("Goods out of stock"), _count(empty), "products.index", {"state": "on_sale"}, "todo"),
    ]


def _revisions(mine: Select[Any], state: RevisionState) -> Select[Any]:
    return (
        select(func.count(ProductRevision.id))
        .join(Product, Product.id == ProductRevision.product_id)
        .where(Product.cooperative_id.in_(mine), ProductRevision.state == state)
    )


def _for_officer(person: User) -> list[Waiting]:
    communes = communes_of_officer(person.id)
    revisions = (
        select(func.count(ProductRevision.id))
        .join(Product, Product.id == ProductRevision.product_id)
        .join(Cooperative, Cooperative.id == Product.cooperative_id)
        .where(ProductRevision.state == RevisionState.SUBMITTED, Cooperative.commune_code.in_(communes))
    )
    sellers = select(func.count(Cooperative.id)).where(
        Cooperative.state == CooperativeState.SUBMITTED, Cooperative.commune_code.in_(communes)
    )
    return [
        Waiting(_l("Products to review"), _count(revisions), "product_review.index", {}, "warn"),
        Waiting(_l("New sellers to admit"), _count(sellers), "cooperative_review.index", {}, "warn"),
    ]


def _count(statement: Select[Any]) -> int:
    return int(db.session.scalar(statement) or 0)


def cooperatives_of(person: User) -> list[Cooperative]:
    """Return the cooperatives the person belongs to, by name."""
    return list(db.session.scalars(cooperative_queries.of_person(person)))


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
