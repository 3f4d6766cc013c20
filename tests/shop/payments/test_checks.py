"""Each check of payments finds what it is for."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from shop.core import clock
from shop.core.db import db, writing
from shop.orders.models import Method, Order
from shop.payments import checks, services
from shop.payments.models import InboxEvent, Payment, PaymentEvent, PaymentPart, Refund, RefundState
from shop.payments.refunds.tasks import promise_refunds
from shop.payments.tasks import follow_cash
from tests.shop.orders.buying import act, at
from tests.shop.payments.outside import bought, by_card, orders_of, payment_of, session_of, violations
from tests.shop.payments.transferring import by_transfer, with_accounts


@pytest.fixture
def cash(cast):
    return bought(cast, Method.CASH, tea=2, honey=1)


@pytest.fixture
def card(cast, outside):
    """Paid by card; its tea cancelled afterwards."""
    made = by_card(cast, tea=2, honey=1)
    outside.pay(session_of(made))
    outside.deliver()
    act(orders_of(made)[0].id, "cancel")
    return made


def spoil(statement):
    with writing():
        db.session.execute(statement)
    clock.set_for_tests(clock.now() + timedelta(minutes=16))


@pytest.mark.parametrize(
    ("statement", "check"),
    [
        (update(Payment).values(amount=Payment.amount + 1), checks.amount_is_the_sum_of_parts),
        (update(PaymentPart).values(amount=PaymentPart.amount + 1), checks.part_is_the_total_of_its_order),
        (update(Order).values(total=Order.total + 1, goods_total=Order.goods_total + 1),
         checks.part_is_the_total_of_its_order),
        (delete(PaymentPart), checks.every_order_is_paid_for_once),
        (update(PaymentPart).values(refunded=1), checks.refunded_is_the_sum_of_refunds),
    ],
)  # fmt: skip
def test_sums_are_recounted(cash, statement, check):
    assert violations() == []
    spoil(statement)
    assert list(check())


def test_cash_has_one_part(cash):
    spoil(update(PaymentPart).values(payment_id=payment_of(cash).id))
    assert any("more than one order" in problem for problem in checks.part_is_the_total_of_its_order())


def test_an_order_with_two_payments_is_found(cash):
    with writing():
        again = Payment(purchase_id=cash.id, method=Method.CASH, amount=264_000, idempotency_key="twice")
        again.parts = [PaymentPart(order_id=orders_of(cash)[0].id, amount=264_000)]
        db.session.add(again)
    clock.set_for_tests(clock.now() + timedelta(minutes=16))
    assert list(checks.every_order_is_paid_for_once())


def test_a_delivery_without_its_cash_is_found(cash):
    at(orders_of(cash)[0].id, "delivered")
    assert list(checks.delivered_cash_is_booked()) == []
    clock.set_for_tests(clock.now() + timedelta(minutes=16))
    assert list(checks.delivered_cash_is_booked())


def test_a_paid_order_that_waits_is_found(card):
    spoil(update(Order).where(Order.id == orders_of(card)[1].id).values(awaiting_payment=True))
    assert list(checks.paid_orders_do_not_wait())


def test_an_unpaid_order_that_is_prepared_is_found(cast, outside):
    made = by_card(cast)
    assert list(checks.paid_orders_do_not_wait()) == []
    spoil(update(Order).where(Order.id == orders_of(made)[0].id).values(awaiting_payment=False))
    assert list(checks.paid_orders_do_not_wait())


def test_a_transfer_changed_to_cash_and_refused_at_the_door_is_right(cast):
    with_accounts(cast)
    made = by_transfer(cast, tea=1)
    with writing():
        services.pay_at_the_door(payment_of(made).id, None)
    at(orders_of(made)[0].id, "refused")
    follow_cash()
    assert list(checks.paid_orders_do_not_wait()) == []


def test_money_kept_for_a_cancelled_order_is_found(card):
    assert list(checks.ended_orders_give_their_money_back()) == []
    clock.set_for_tests(clock.now() + timedelta(minutes=16))
    assert list(checks.ended_orders_give_their_money_back())
    promise_refunds()
    assert violations() == []


@pytest.mark.parametrize(
    "statement",
    [
        update(Refund).values(state=RefundState.FAILED, problem="x"),
        update(InboxEvent).where(InboxEvent.kind == "checkout.session.completed").values(applied_at=None),
    ],
)
def test_what_waits_for_a_person_is_found(card, statement):
    promise_refunds()
    spoil(statement)
    assert list(checks.nothing_waits_for_a_person())


def test_a_quarantined_payment_is_found(cash):
    with writing():
        db.session.add(PaymentEvent(payment_id=payment_of(cash).id, kind="quarantined", facts={}))
    assert list(checks.nothing_waits_for_a_person())
