"""Reading payments: for the buyer's page by purchase, for sweeps by what is due, for other rooms in words."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from shop.core.db import db
from shop.core.formats import show_money
from shop.core.i18n import lazy_gettext as _l
from shop.orders.lifecycle import OrderState
from shop.orders.limits import queries as limits
from shop.orders.models import Method, Order, Purchase
from shop.payments.disputes import queries as disputes
from shop.payments.methods import METHODS
from shop.payments.methods.base import Bill
from shop.payments.models import REPAID, Payment, PaymentEvent, PaymentPart, PaymentState, Refund, RefundState
from shop.payments.policies import HOLD_LONGER, cash_wish

WHOLE = (joinedload(Payment.purchase), selectinload(Payment.parts).joinedload(PaymentPart.order))


_PAID = {
    Method.CASH: _l("Paid in cash: %(amount)s"),
    Method.CARD: _l("Paid by card: %(amount)s"),
    Method.BANK_QR: _l("Paid by transfer: %(amount)s"),
}
_TO_PAY = {
    Method.CASH: _l("To pay in cash on arrival: %(amount)s"),
    Method.CARD: _l("To pay by card: %(amount)s"),
    Method.BANK_QR: _l("To pay by transfer: %(amount)s"),
}


class Money(NamedTuple):
    """Where the money of one order is: words for buyer and seller, the kind of their mark, since when; any refund."""

    words: Any
    kind: str  # ok, doing, todo, warn, bad, off: macros/status.html
    since: datetime | None
    refunded: bool = False  # something went back or goes back, of whatever payment


def locked(payment_id: int) -> Payment:
    """Return the payment, its row held until the transaction ends: changes of one payment come one by one."""
    row = select(Payment).where(Payment.id == payment_id).with_for_update()
    return db.session.scalars(row.execution_options(populate_existing=True)).one()


def of_purchase(purchase_id: int) -> list[Payment]:
    """Return every payment of a purchase, the oldest first."""
    rows = select(Payment).where(Payment.purchase_id == purchase_id).order_by(Payment.id)
    return list(db.session.scalars(rows.options(*WHOLE)))


def online_of(purchase_id: int) -> Payment | None:
    """Return the newest payment of a purchase that goes through a provider, or None."""
    rows = select(Payment).where(Payment.purchase_id == purchase_id, Payment.method == Method.CARD)
    return db.session.scalars(rows.order_by(Payment.id.desc()).options(*WHOLE).limit(1)).first()


def one(payment_id: int) -> Payment:
    """Return a payment with its purchase, parts and orders."""
    return db.session.scalars(select(Payment).where(Payment.id == payment_id).options(*WHOLE)).one()


def by_session(session: str) -> int | None:
    """Return the id of the payment that a provider's session belongs to, or None."""
    return db.session.scalar(select(Payment.id).where(Payment.provider_session == session))


def events(payment_id: int, kind: str) -> list[PaymentEvent]:
    """Return the steps of one kind that a payment went through."""
    rows = select(PaymentEvent).where(PaymentEvent.payment_id == payment_id, PaymentEvent.kind == kind)
    return list(db.session.scalars(rows.order_by(PaymentEvent.id)))


def no_cash(purchase: Purchase, orders: list[Order]) -> Any | None:
    """Say why these orders of a purchase cannot be paid at the door after all, or None."""
    return METHODS[Method.CASH].unavailable_for(Bill.of(orders)) or limits.refusal(cash_wish(purchase, orders))


def did_not_open(payment: Payment) -> bool:
    """Say whether opening the provider's page was tried and failed."""
    return payment.provider_session is None and bool(events(payment.id, "not_opened"))


def without_payment(limit: int) -> list[int]:
    """Return the ids of purchases for which nothing is to be paid yet."""
    rows = select(Purchase.id).where(~exists().where(Payment.purchase_id == Purchase.id))
    return list(db.session.scalars(rows.order_by(Purchase.id).limit(limit)))


def still_wanted() -> ColumnElement[bool]:
    """Some order of the payment still waits for its money."""
    waits = Order.awaiting_payment.is_(True) & (Order.state == OrderState.PLACED)
    return exists().where(PaymentPart.payment_id == Payment.id, Order.id == PaymentPart.order_id, waits)


def to_lapse(now: datetime) -> ColumnElement[bool]:
    """The provider's payments that nobody made in time, or that nobody wants any more."""
    late = Payment.expires_at <= now - HOLD_LONGER
    open_still = Payment.state == PaymentState.WAITING, Payment.method == Method.CARD, Payment.expires_at.is_not(None)
    return and_(*open_still, or_(late, ~still_wanted()))


def to_compare(now: datetime, before: datetime, limit: int) -> list[int]:
    """Return the ids of open payments that were not compared with the provider since `before`."""
    rows = select(Payment.id).where(
        Payment.state == PaymentState.WAITING,
        Payment.expires_at > now - HOLD_LONGER,
        Payment.provider_session.is_not(None),
        or_(Payment.looked_at < before, and_(Payment.looked_at.is_(None), Payment.created_at < before)),
    )
    return list(db.session.scalars(rows.order_by(Payment.id).limit(limit)))


def cash_to_follow(limit: int) -> list[int]:
    """Return the ids of cash payments whose order has ended: delivered, refused or cancelled."""
    ended = Order.state.in_((OrderState.DELIVERED, OrderState.REFUSED, OrderState.CANCELLED))
    rows = (
        select(Payment.id)
        .join(PaymentPart, PaymentPart.payment_id == Payment.id)
        .join(Order, Order.id == PaymentPart.order_id)
        .where(Payment.state == PaymentState.WAITING, Payment.method == Method.CASH, ended)
    )
    return list(db.session.scalars(rows.order_by(Payment.id).limit(limit)))


def refunds_due(limit: int = 100) -> list[int]:
    """Return the ids of paid parts whose order was cancelled or refused and whose money nobody sends back yet.

    Cash is left out: what was refused at the door was never paid.
    """
    ended = Order.state.in_((OrderState.CANCELLED, OrderState.REFUSED))
    rows = (
        select(PaymentPart.id)
        .join(Payment, Payment.id == PaymentPart.payment_id)
        .join(Order, Order.id == PaymentPart.order_id)
        .where(Payment.state == PaymentState.PAID, Payment.method != Method.CASH, ended)
        .where(unpromised() > 0, ~disputes.part_runs())
    )
    return list(db.session.scalars(rows.order_by(PaymentPart.id).limit(limit)))


def unpromised() -> ColumnElement[int]:
    """Money of a part (đồng) that no refund is about and no lost dispute gave to the buyer.

    A refund that failed waits for a person and counts here too.
    """
    asked = select(func.coalesce(func.sum(Refund.amount), 0)).where(Refund.part_id == PaymentPart.id)
    return PaymentPart.amount - asked.correlate(PaymentPart).scalar_subquery() - disputes.lost()


def by_provider(refund: type[Refund] = Refund) -> ColumnElement[bool]:
    """The refund goes through a provider, and may now; those of transfers are sent by the seller's own hand."""
    return exists().where(
        PaymentPart.id == refund.part_id,
        Payment.id == PaymentPart.payment_id,
        Payment.method == Method.CARD,
        ~disputes.part_runs(),
    )


def states_of(order_ids: Iterable[int]) -> dict[int, Money]:
    """Return where the money of each order is, in words of the reader's language; two queries for any number."""
    rows = (
        select(PaymentPart, Payment)
        .join(Payment, Payment.id == PaymentPart.payment_id)
        .where(PaymentPart.order_id.in_(list(order_ids)))
        .order_by(Payment.state == PaymentState.LAPSED, Payment.id)  # of a changed method the one that counts
    )
    found = db.session.execute(rows).all()
    refunds = _refunds(part.id for part, _payment in found)
    states: dict[int, Money] = {}
    for part, payment in found:
        states.setdefault(part.order_id, _words(part, payment, refunds[part.id]))
    returned = {part.order_id for part, _payment in found if refunds[part.id]}
    return {key: state._replace(refunded=key in returned) for key, state in states.items()}


def state_of(order_id: int) -> Money | None:
    """Return where the money of one order is, or None when nothing is known of it yet."""
    return states_of([order_id]).get(order_id)


def _refunds(part_ids: Iterable[int]) -> dict[int, list[Refund]]:
    found: dict[int, list[Refund]] = defaultdict(list)
    rows = select(Refund).where(Refund.part_id.in_(list(part_ids))).order_by(Refund.id)
    for refund in db.session.scalars(rows):
        if refund.problem != REPAID:  # the bank gave it back: it is no refund any more
            found[refund.part_id].append(refund)
    return found


def _words(part: PaymentPart, payment: Payment, refunds: list[Refund]) -> Money:
    if refunds:
        return _refund_words(part, refunds)
    amount, cash = show_money(part.amount), payment.method is Method.CASH
    if payment.state is PaymentState.LAPSED:
        return Money(_l("Nothing to pay") if cash else _l("Not paid"), "off", None)
    if payment.state is PaymentState.PAID:
        return Money(_PAID[payment.method] % {"amount": amount}, "ok", payment.settled_at)
    return Money(_TO_PAY[payment.method] % {"amount": amount}, "todo" if cash else "warn", None)


def _refund_words(part: PaymentPart, refunds: list[Refund]) -> Money:
    """Say first what failed, then what is on its way, then what went back: all of it, or how much of how much."""
    failed = [refund for refund in refunds if refund.state is RefundState.FAILED]
    going = [refund for refund in refunds if refund.state in {RefundState.DUE, RefundState.SENT}]
    if failed:
        return Money(_l("Not returned yet, call us: %(amount)s", amount=_sum(failed)), "bad", None)
    if going:
        return Money(_l("Money goes back: %(amount)s", amount=_sum(going)), "doing", going[-1].created_at)
    facts = {"amount": _sum(refunds), "paid": show_money(part.amount)}
    words = _l("Money returned: %(amount)s", **facts)
    if part.refunded < part.amount:
        words = _l("Money returned: %(amount)s of %(paid)s", **facts)
    return Money(words, "ok", refunds[-1].done_at)


def _sum(refunds: list[Refund]) -> str:
    return show_money(sum(refund.amount for refund in refunds))
