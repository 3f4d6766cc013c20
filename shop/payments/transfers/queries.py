"""Reading transfers: what an account is paid for, what came into it, what waits for its cooperative."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from cooperatives.models import BankAccount
from cooperatives.queries import open_to
from shop.accounts.models import User
from shop.core.db import db
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method, Order, OrderEvent
from shop.payments.models import Payment, PaymentPart, PaymentState
from shop.payments.transfers.matching import Due, Stand
from shop.payments.transfers.models import Credit, CreditState, CreditUse, Doubt, TransferBill

WHOLE = (
    joinedload(TransferBill.payment).options(
        joinedload(Payment.purchase), selectinload(Payment.parts).joinedload(PaymentPart.order)
    ),
)


def accounts_of(cooperative_ids: Iterable[int]) -> dict[int, BankAccount]:
    """Return the account in force of each cooperative that has one."""
    rows = select(BankAccount).where(
        BankAccount.cooperative_id.in_(list(cooperative_ids)),
        BankAccount.in_force_at.is_not(None),
        BankAccount.replaced_at.is_(None),
    )
    return {account.cooperative_id: account for account in db.session.scalars(rows)}


def account_of(cooperative_id: int, number: str) -> BankAccount | None:
    """Return the account with this number that ever counted, the newest: old orders are paid into old accounts."""
    rows = select(BankAccount).where(BankAccount.cooperative_id == cooperative_id, BankAccount.number == number)
    counted = rows.where(BankAccount.in_force_at.is_not(None))
    return db.session.scalars(counted.order_by(BankAccount.id.desc()).limit(1)).first()


def bills_of(purchase_id: int) -> list[TransferBill]:
    """Return the transfers of a purchase with their payments and orders, in the order of its parcels."""
    rows = select(TransferBill).join(TransferBill.payment).where(Payment.purchase_id == purchase_id)
    return list(db.session.scalars(rows.order_by(TransferBill.payment_id).options(*WHOLE)))


def bill(payment_id: int) -> TransferBill | None:
    """Return the transfer of a payment, or None."""
    return db.session.get(TransferBill, payment_id)


def dues(into: BankAccount, codes: Sequence[str], source: str | None = None) -> dict[str, Due]:
    """Return what these codes owe into this account, their payments' rows held until the transaction ends.

    With `source`, only what it told itself counts as come before: two that tell of one booking under numbers of their
    own must not make a part of the money the whole.
    """
    if not codes:
        return {}
    ours = TransferBill.cooperative_id == into.cooperative_id, TransferBill.account == into.number
    wanted = select(TransferBill.payment_id).where(*ours, TransferBill.memo.in_(codes))
    keys = sorted(db.session.scalars(wanted))
    if not keys:
        return {}
    held = select(Payment).where(Payment.id.in_(keys)).order_by(Payment.id).with_for_update()
    payments = db.session.scalars(held.execution_options(populate_existing=True)).all()
    rows = db.session.execute(
        select(PaymentPart.payment_id, Order)
        .join(Order, Order.id == PaymentPart.order_id)
        .where(PaymentPart.payment_id.in_(keys))
        .execution_options(populate_existing=True)
    ).all()
    orders = {payment_id: order for payment_id, order in rows}  # noqa: C416 - rows are no pairs to mypy
    came = came_before([order.code for order in orders.values()], source)
    found = [(orders[payment.id], payment) for payment in payments]
    return {
        order.code: Due(order.code, payment.id, payment.amount, stand(payment, order), came.get(order.code, 0))
        for order, payment in found
    }


def came_before(codes: Iterable[str], source: str | None = None) -> dict[str, int]:
    """Return what came so far for each of these orders and was too little, in đồng; by `source` alone, or by all."""
    rows = (
        select(Credit.order_code, func.sum(Credit.amount))
        .where(Credit.order_code.in_(list(codes)), *_short(source))
        .group_by(Credit.order_code)
    )
    return {code: int(total) for code, total in db.session.execute(rows) if code}


def short_of(code: str, source: str | None = None) -> list[Credit]:
    """Return what came for one order and was too little, the oldest first; by `source` alone, or by all."""
    rows = select(Credit).where(Credit.order_code == code, *_short(source))
    return list(db.session.scalars(rows.order_by(Credit.id)))


def _short(source: str | None) -> list[ColumnElement[bool]]:
    short = [Credit.state == CreditState.WAITING, Credit.doubt == Doubt.SHORT]
    return short if source is None else [*short, Credit.source == source]


def stand(payment: Payment, order: Order) -> Stand:
    """Return how an order's transfer stands."""
    if payment.state is PaymentState.PAID:
        return Stand.PAID
    if payment.state is PaymentState.WAITING and order.state is OrderState.PLACED:
        return Stand.OPEN
    given_up = order.state is OrderState.CANCELLED and order.awaiting_payment
    return Stand.LATE if given_up and _by_the_clock(order.id) else Stand.CLOSED


def _by_the_clock(order_id: int) -> bool:
    by_itself = exists().where(
        OrderEvent.order_id == order_id, OrderEvent.action == "cancel", OrderEvent.by == "system"
    )
    return bool(db.session.scalar(select(by_itself)))


def to_lapse(now: datetime, limit: int) -> list[int]:
    """Return the ids of transfers that did not come in time."""
    rows = select(Payment.id).where(
        Payment.state == PaymentState.WAITING, Payment.method == Method.BANK_QR, Payment.expires_at <= now
    )
    return list(db.session.scalars(rows.order_by(Payment.id).limit(limit)))


def of_person(user: User) -> Select[Credit]:
    """Select what came into the accounts of a person's cooperatives."""
    return select(Credit).where(Credit.cooperative_id.in_(open_to(user)))


def one_for(user: User, code: str) -> Select[Credit]:
    """Select the credit with this public code, if it came to a cooperative of this person."""
    return of_person(user).where(Credit.code == code).options(selectinload(Credit.uses))


def queue(user: User) -> list[Credit]:
    """Return what waits for a person, the oldest first."""
    waiting = of_person(user).where(Credit.state == CreditState.WAITING)
    return list(db.session.scalars(waiting.order_by(Credit.id).options(joinedload(Credit.cooperative)).limit(200)))


def ended(user: User, before: int | None, limit: int) -> list[Credit]:
    """Return what is dealt with, the newest first, from the credit with id `before` on."""
    rows = of_person(user).where(Credit.state != CreditState.WAITING)
    if before is not None:
        rows = rows.where(Credit.id < before)
    whole = selectinload(Credit.uses).joinedload(CreditUse.payment).selectinload(Payment.parts)
    return list(db.session.scalars(rows.order_by(Credit.id.desc()).limit(limit).options(whole)))


def open_bills(credit: Credit) -> list[TransferBill]:
    """Return the transfers into the credit's account that are not paid, the nearest in amount first."""
    rows = (
        select(TransferBill)
        .join(TransferBill.payment)
        .where(TransferBill.cooperative_id == credit.cooperative_id, TransferBill.account == credit.account)
        .where(Payment.state == PaymentState.WAITING)
        .order_by(func.abs(Payment.amount - credit.left), TransferBill.payment_id)
        .limit(20)
    )
    return list(db.session.scalars(rows.options(*WHOLE)))
