"""What `flask verify` proves about money: sums, paid once, given back at most once, nothing left lying."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from shop.core import clock
from shop.core.db import db
from shop.orders.lifecycle import OrderState as S
from shop.orders.models import Method, Order, OrderEvent
from shop.payments.disputes.queries import part_runs
from shop.payments.models import (
    REPAID,
    InboxEvent,
    Payment,
    PaymentEvent,
    PaymentPart,
    PaymentState,
    Refund,
    RefundState,
)
from shop.payments.queries import unpromised

SOON = timedelta(minutes=15)  # what the sweeps have done within it


def amount_is_the_sum_of_parts() -> Iterator[str]:
    """A payment is what its parts make."""
    total = func.coalesce(func.sum(PaymentPart.amount), 0)
    rows = select(Payment.id, Payment.amount, total).outerjoin(PaymentPart, PaymentPart.payment_id == Payment.id)
    rows = rows.group_by(Payment.id, Payment.amount).having(Payment.amount != total)
    for key, kept, made in _rows(rows):
        yield f"payment {key}: {kept} đồng, its parts make {made}"


def part_is_the_total_of_its_order() -> Iterator[str]:
    """A part pays exactly its order, and one of its purchase: as sold, or in cash as due. Cash has one part only."""
    costs = case((Payment.method == Method.CASH, Order.due), else_=Order.total)
    rows = (
        select(Payment.id, Order.code, PaymentPart.amount, costs)
        .join(PaymentPart, PaymentPart.payment_id == Payment.id)
        .join(Order, Order.id == PaymentPart.order_id)
        .where(or_(PaymentPart.amount != costs, Order.purchase_id != Payment.purchase_id))
    )
    for key, code, part, total in _rows(rows):
        yield f"payment {key}: {part} đồng for order {code} of {total}"
    several = select(PaymentPart.payment_id).join(Payment).where(Payment.method == Method.CASH)
    for (key,) in _rows(several.group_by(PaymentPart.payment_id).having(func.count() != 1)):
        yield f"payment {key}: cash with more than one order"


def every_order_is_paid_for_once() -> Iterator[str]:
    """An order has exactly one payment that counts; one that lapsed counts only where there is no other."""
    counts = func.sum(case((Payment.state != PaymentState.LAPSED, 1), else_=0))
    rows = (
        select(Order.code, func.count(Payment.id), counts)
        .outerjoin(PaymentPart, PaymentPart.order_id == Order.id)
        .outerjoin(Payment, Payment.id == PaymentPart.payment_id)
        .where(Order.placed_at < clock.now() - SOON)
        .group_by(Order.id, Order.code)
        .having(or_(func.count(Payment.id) == 0, counts > 1))
    )
    for code, all_of_them, live in _rows(rows):
        yield f"order {code}: {all_of_them} payments, {live or 0} of them count"


def paid_orders_do_not_wait() -> Iterator[str]:
    """Who paid waits for nothing; what waits, or was given up unpaid, is not prepared."""
    rows = (
        select(Order.code, Payment.state)
        .join(PaymentPart, PaymentPart.order_id == Order.id)
        .join(Payment, Payment.id == PaymentPart.payment_id)
        .where(Payment.method != Method.CASH)
    )
    waits = and_(Payment.state == PaymentState.PAID, Order.awaiting_payment.is_(True), Order.state != S.CANCELLED)
    unpaid = and_(Payment.state != PaymentState.PAID, Order.awaiting_payment.is_(False), Order.state != S.CANCELLED)
    part, payment = aliased(PaymentPart), aliased(Payment)
    counts = or_(payment.state != PaymentState.LAPSED, payment.method == Method.CASH)  # cash: refused at the door
    elsewhere = exists().where(part.order_id == Order.id, payment.id == part.payment_id, counts)  # changed to cash
    unpaid = and_(unpaid, or_(Payment.state == PaymentState.WAITING, ~elsewhere))
    for code, state in _rows(rows.where(or_(waits, unpaid))):
        yield f"order {code}: its payment is {state.value}, and the order says otherwise"


def refunded_is_the_sum_of_refunds() -> Iterator[str]:
    """What is promised back of a part is the sum of its refunds that did not fail, and at most the part."""
    alive = func.coalesce(func.sum(case((Refund.state != RefundState.FAILED, Refund.amount), else_=0)), 0)
    rows = (
        select(PaymentPart.id, PaymentPart.amount, PaymentPart.refunded, alive)
        .outerjoin(Refund, Refund.part_id == PaymentPart.id)
        .group_by(PaymentPart.id, PaymentPart.amount, PaymentPart.refunded)
        .having(or_(PaymentPart.refunded != alive, PaymentPart.refunded > PaymentPart.amount))
    )
    for key, amount, refunded, made in _rows(rows):
        yield f"part {key}: {refunded} of {amount} đồng given back, its refunds make {made}"


def ended_orders_give_their_money_back() -> Iterator[str]:
    """A cancelled or refused order keeps no money that was paid first; the sweep gets a quarter of an hour."""
    rows = (
        select(Order.code, Order.state)
        .join(PaymentPart, PaymentPart.order_id == Order.id)
        .join(Payment, Payment.id == PaymentPart.payment_id)
        .where(Payment.state == PaymentState.PAID, Payment.method != Method.CASH, _ended_long_ago())
        .where(Order.state.in_((S.CANCELLED, S.REFUSED)), unpromised() > 0, ~part_runs())
    )
    for code, state in _rows(rows):
        yield f"order {code}: {state.value} and paid, nobody gives the money back"


def _ended_long_ago() -> Any:
    last = select(func.max(OrderEvent.at)).where(OrderEvent.order_id == Order.id).scalar_subquery()
    return last < clock.now() - SOON


def delivered_cash_is_booked() -> Iterator[str]:
    """The cash of a delivered order is collected, that of an ended one no longer expected."""
    ended = Order.state.in_((S.DELIVERED, S.CANCELLED, S.REFUSED))
    rows = (
        select(Order.code, Order.state)
        .join(PaymentPart, PaymentPart.order_id == Order.id)
        .join(Payment, Payment.id == PaymentPart.payment_id)
        .where(Payment.state == PaymentState.WAITING, Payment.method == Method.CASH, ended, _ended_long_ago())
    )
    for code, state in _rows(rows):
        yield f"order {code}: {state.value}, its cash is still expected"


def nothing_waits_for_a_person() -> Iterator[str]:
    """Refunds that failed, money that did not fit and events that nobody could apply are somebody's work."""
    failed = Refund.state == RefundState.FAILED, Refund.problem != REPAID
    for key, problem in _rows(select(Refund.id, Refund.problem).where(*failed)):
        yield f"refund {key}: failed, {problem}"
    strange = exists().where(PaymentEvent.payment_id == Payment.id, PaymentEvent.kind == "quarantined")
    for (key,) in _rows(select(Payment.id).where(strange, Payment.state != PaymentState.PAID)):
        yield f"payment {key}: something quarantined, not settled"
    stuck = InboxEvent.applied_at.is_(None) & (InboxEvent.received_at < clock.now() - SOON)
    for event, kind in _rows(select(InboxEvent.event_id, InboxEvent.kind).where(stuck)):
        yield f"event {event}: {kind}, not applied"


def _rows(statement: Any) -> Any:
    return db.session.execute(statement)


CHECKS: list[Callable[[], Iterable[str]]] = [
    amount_is_the_sum_of_parts,
    part_is_the_total_of_its_order,
    every_order_is_paid_for_once,
    paid_orders_do_not_wait,
    refunded_is_the_sum_of_refunds,
    ended_orders_give_their_money_back,
    delivered_cash_is_booked,
    nothing_waits_for_a_person,
]
