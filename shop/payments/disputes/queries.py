"""Reading disputes: whether money of a part is with the bank, and what waits for whom."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from cooperatives.models import Cooperative
from cooperatives.queries import open_to
from shop.accounts.models import Role, User
from shop.accounts.queries import communes_of_officer
from shop.core.db import db
from shop.orders.models import Order
from shop.payments.disputes.lifecycle import ASKS, RUNNING, DisputeState
from shop.payments.disputes.models import Dispute, DisputeShare
from shop.payments.models import Payment, PaymentPart

FIRST = {DisputeState.OPEN: 0, DisputeState.INQUIRY: 1, DisputeState.REVIEW: 2}


def by_reference(reference: str) -> Dispute | None:
    """Return the dispute that the provider knows under this reference, afresh."""
    row = select(Dispute).where(Dispute.reference == reference).options(joinedload(Dispute.payment))
    return db.session.scalar(row.execution_options(populate_existing=True))


def parts_of(payment_id: int) -> list[PaymentPart]:
    """Return the parts of a payment afresh."""
    rows = select(PaymentPart).where(PaymentPart.payment_id == payment_id).order_by(PaymentPart.id)
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


def runs(payment_id: int) -> bool:
    """Say whether a bank may have the money of this payment just now: nothing is given back beside it."""
    return bool(db.session.scalar(select(exists().where(running(), Dispute.payment_id == payment_id))))


def running() -> ColumnElement[bool]:
    """Disputes that are not decided yet."""
    return Dispute.state.in_(RUNNING)


def part_runs() -> ColumnElement[bool]:
    """The part's payment is disputed just now; beside a select of PaymentPart."""
    return exists().where(running(), Dispute.payment_id == PaymentPart.payment_id)


def lost(part: type[PaymentPart] = PaymentPart) -> ColumnElement[int]:
    """Money of a part (đồng) that a lost dispute gave to the buyer; beside a select of PaymentPart."""
    rows = select(func.coalesce(func.sum(DisputeShare.sale + DisputeShare.repaid), 0))
    return rows.where(DisputeShare.part_id == part.id).correlate(part).scalar_subquery()


def lost_of(part_id: int) -> int:
    """Return the money of one part (đồng) that lost disputes gave to the buyer."""
    rows = select(func.coalesce(func.sum(DisputeShare.sale + DisputeShare.repaid), 0))
    return int(db.session.scalar(rows.where(DisputeShare.part_id == part_id)) or 0)


def theirs(person: User, roles: set[Role]) -> ColumnElement[bool]:
    """Cooperatives whose disputed orders are a person's matter: an officer's communes, a manager's own, an admin's all.

    Beside a select of Cooperative. A dispute may be about orders of several sellers: each reads of the own ones only.
    """
    if Role.ADMIN in roles:
        return true()
    mine: list[ColumnElement[bool]] = []
    if Role.OFFICER in roles:
        mine.append(Cooperative.commune_code.in_(communes_of_officer(person.id)))
    if Role.MANAGER in roles:
        mine.append(Cooperative.id.in_(open_to(person)))
    return or_(false(), *mine)


def visible_to(person: User, roles: set[Role]) -> Select[Dispute]:
    """Select the disputes of which at least one order is a person's matter."""
    share = (
        exists()
        .where(DisputeShare.dispute_id == Dispute.id, PaymentPart.id == DisputeShare.part_id)
        .where(Order.id == PaymentPart.order_id, Cooperative.id == Order.cooperative_id, theirs(person, roles))
    )
    return select(Dispute).where(share)


def shares_of(person: User, roles: set[Role], disputes: Collection[Dispute]) -> dict[int, list[DisputeShare]]:
    """Return {dispute: what of it is this person's matter}; no query for none."""
    if not disputes:
        return {}
    orders = {share.part.order_id for one in disputes for share in one.shares}
    rows = select(Order.id).join(Cooperative, Cooperative.id == Order.cooperative_id)
    mine = set(db.session.scalars(rows.where(Order.id.in_(orders), theirs(person, roles))))
    return {one.id: [share for share in one.shares if share.part.order_id in mine] for one in disputes}


def listed(person: User, roles: set[Role], limit: int) -> list[Dispute]:
    """Return them with what each order bears: those that wait for an answer first, then the newest."""
    rows = visible_to(person, roles).join(Dispute.payment).options(contains_eager(Dispute.payment))
    whole = selectinload(Dispute.shares).joinedload(DisputeShare.part).joinedload(PaymentPart.order)
    found = list(db.session.scalars(rows.options(whole).order_by(Dispute.id.desc()).limit(limit)))
    return sorted(found, key=lambda one: (FIRST.get(one.state, 3), one.due_at.timestamp() if one.due_at else 0))


def orders_of_staff(person: User, roles: set[Role]) -> Select[Order]:
    """Select the orders of disputed payments that this admin, or the officer of their commune, answers for."""
    share = exists().where(DisputeShare.part_id == PaymentPart.id, PaymentPart.order_id == Order.id)
    rows = select(Order).where(share)
    if Role.ADMIN in roles:
        return rows
    communes = communes_of_officer(person.id) if Role.OFFICER in roles else []
    return rows.where(Order.cooperative_id.in_(select(Cooperative.id).where(Cooperative.commune_code.in_(communes))))


def may_look_at(person: User, roles: set[Role], order_ids: Collection[int]) -> set[int]:
    """Return which of these orders `orders_of_staff` has for this person; no query for none."""
    if not order_ids:
        return set()
    mine = orders_of_staff(person, roles).where(Order.id.in_(order_ids))
    return set(db.session.scalars(mine.with_only_columns(Order.id)))


def asking(person: User, roles: set[Role]) -> int:
    """Count the visible ones that wait for an answer."""
    ids = visible_to(person, roles).where(Dispute.state.in_(ASKS)).with_only_columns(Dispute.id)
    return int(db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0)


def of_order(order_id: int) -> list[Dispute]:
    """Return the disputes of an order's payment, the newest first."""
    rows = select(Dispute).join(Payment, Payment.id == Dispute.payment_id).join(PaymentPart)
    return list(db.session.scalars(rows.where(PaymentPart.order_id == order_id).order_by(Dispute.id.desc())))
