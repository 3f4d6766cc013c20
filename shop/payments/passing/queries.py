"""Reading what is passed on, what should be, and what waits."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import joinedload

from cooperatives.models import Cooperative
from shop.core.db import db
from shop.orders.models import Method, Order
from shop.payments.disputes.models import Dispute, DisputeShare
from shop.payments.models import Payment, PaymentPart, PaymentState
from shop.payments.passing.models import CardAccount, Passing, PassingState

WHOLE = joinedload(Passing.part).options(joinedload(PaymentPart.payment), joinedload(PaymentPart.order))
ALIVE = Passing.state != PassingState.FAILED


def account_of(cooperative: Cooperative) -> CardAccount | None:
    """Return the account of a cooperative at the provider, or None."""
    return db.session.scalar(select(CardAccount).where(CardAccount.cooperative_id == cooperative.id))


def by_reference(reference: str) -> int | None:
    """Return the id of the account that the provider knows under this reference, or None."""
    return db.session.scalar(select(CardAccount.id).where(CardAccount.reference == reference))


def account(account_id: int) -> CardAccount:
    """Return an account, its row held until the transaction ends."""
    row = select(CardAccount).where(CardAccount.id == account_id).with_for_update()
    return db.session.scalars(row.execution_options(populate_existing=True)).one()


def unready(limit: int, before: datetime) -> list[tuple[int, str]]:
    """Return (id, reference) of accounts that may not receive and were not looked at since, the longest ago first."""
    rows = select(CardAccount.id, CardAccount.reference).where(CardAccount.ready.is_(False))
    rows = rows.where(CardAccount.looked_at < before).order_by(CardAccount.looked_at, CardAccount.id).limit(limit)
    return [(key, reference) for key, reference in db.session.execute(rows)]


def should() -> ColumnElement[int]:
    """What of a part belongs to its seller's account (đồng): not what goes back, nor what a bank took."""
    held = Dispute.taken_at.is_not(None), Dispute.returned_at.is_(None)
    taken = select(func.coalesce(func.sum(DisputeShare.amount), 0)).join(Dispute)
    disputed = taken.where(DisputeShare.part_id == PaymentPart.id, *held).correlate(PaymentPart).scalar_subquery()
    left = PaymentPart.amount - PaymentPart.refunded - disputed
    return case((left < 0, 0), else_=left)


def there() -> ColumnElement[int]:
    """What of a part was passed on and not taken back (đồng), also where that waits to be carried out."""
    signed = case((Passing.back_of_id.is_(None), Passing.amount), else_=-Passing.amount)
    rows = select(func.coalesce(func.sum(signed), 0)).where(Passing.part_id == PaymentPart.id, ALIVE)
    return rows.correlate(PaymentPart).scalar_subquery()


def to_move(limit: int, part_id: int | None = None) -> list[tuple[int, int]]:
    """Return (part, đồng) where another sum lies in the seller's account than should: above zero is to be passed on.

    Left out is a part of which a step waits or failed, and what is to go to an account that may not receive.
    """
    unsettled = select(Passing.id).where(Passing.part_id == PaymentPart.id, Passing.state != PassingState.DONE)
    rows = (
        select(PaymentPart.id, should() - there())
        .join(Payment, Payment.id == PaymentPart.payment_id)
        .join(Order, Order.id == PaymentPart.order_id)
        .join(CardAccount, CardAccount.cooperative_id == Order.cooperative_id)
        .where(Payment.state == PaymentState.PAID, Payment.method == Method.CARD, ~unsettled.exists())
        .where(or_(should() < there(), CardAccount.ready.is_(True) & (should() > there())))
    )
    if part_id is not None:
        rows = rows.where(PaymentPart.id == part_id)
    return [(part, int(amount)) for part, amount in db.session.execute(rows.order_by(PaymentPart.id).limit(limit))]


def of_part(part_id: int) -> list[Passing]:
    """Return every step of a part afresh, the oldest first."""
    rows = select(Passing).where(Passing.part_id == part_id).order_by(Passing.number)
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


def one(passing_id: int) -> Passing:
    """Return a step with its part, payment, order and the step it takes back."""
    rows = select(Passing).where(Passing.id == passing_id).options(WHOLE, joinedload(Passing.back_of))
    return db.session.scalars(rows.execution_options(populate_existing=True)).one()


def failed() -> list[Passing]:
    """Return the steps that the provider refused: a person must look."""
    rows = select(Passing).where(Passing.state == PassingState.FAILED).options(WHOLE)
    return list(db.session.scalars(rows.order_by(Passing.id)))


def one_failed(code: str, number: int) -> Select[Passing]:
    """Select the refused step of this number of the order with this code."""
    rows = select(Passing).join(PaymentPart, PaymentPart.id == Passing.part_id).join(Order)
    return rows.where(Order.code == code, Passing.number == number, Passing.state == PassingState.FAILED)
