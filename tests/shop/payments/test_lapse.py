"""Nobody paid in time: Stripe's page ends first, then the goods are free; what was paid is never freed."""

from datetime import timedelta

import pytest

from products.stock.models import HoldState, StockHold
from shop.core import clock
from shop.core.db import db
from shop.orders import tasks as order_tasks
from shop.orders.lifecycle import OrderState
from shop.payments.models import PaymentState, Refund
from tests.shop.orders.buying import act
from tests.shop.orders.buying import violations as order_violations
from tests.shop.payments.outside import by_card, kinds, orders_of, payment_of, session_of, sweep, violations


@pytest.fixture
def purchase(cast, outside):
    return by_card(cast, tea=2, honey=1)


def later(minutes):
    clock.set_for_tests(clock.now() + timedelta(minutes=minutes))


def holds():
    return {hold.state for hold in db.session.query(StockHold)}


def test_the_page_ends_and_the_goods_are_free(cast, outside, purchase):
    session = session_of(purchase)
    later(41)
    sweep()
    assert outside.session(session).status == "expired"
    assert payment_of(purchase).state is PaymentState.LAPSED
    assert {order.state for order in orders_of(purchase)} == {OrderState.CANCELLED}
    assert holds() == {HoldState.FREED}
    assert (cast.sku().held, cast.sku("honey").held) == (0, 0)
    assert sweep() == 0
    assert kinds(payment_of(purchase)) == ["due", "opened", "lapsed"]
    assert violations() == order_violations() == []


def test_before_its_time_nothing_ends(outside, purchase):
    session = session_of(purchase)
    later(34)
    sweep()
    assert payment_of(purchase).state is PaymentState.WAITING
    assert outside.session(session).status == "open"
    assert holds() == {HoldState.HELD}


def test_a_payment_in_the_last_second_is_settled_not_freed(outside, purchase):
    session = session_of(purchase)
    later(34)
    outside.pay(session)
    later(7)
    sweep()
    assert payment_of(purchase).state is PaymentState.PAID
    assert holds() == {HoldState.HELD}
    assert [order.awaiting_payment for order in orders_of(purchase)] == [False, False]
    assert violations() == []


def test_while_stripe_is_away_nothing_is_freed(outside, purchase):
    session = session_of(purchase)
    outside.pay(session)
    outside.control("faults", kind="down", times=40)
    later(41)
    sweep()
    assert payment_of(purchase).state is PaymentState.WAITING
    assert holds() == {HoldState.HELD}
    outside.control("forgetting")  # what Stripe knew is gone, so it refuses what it does not know
    later(10)
    sweep()
    assert payment_of(purchase).state is PaymentState.WAITING


def test_a_page_that_was_never_opened_ends_too(outside, purchase):
    later(41)
    sweep()
    assert payment_of(purchase).state is PaymentState.LAPSED
    assert holds() == {HoldState.FREED}
    assert outside.sessions() == []


def test_the_event_that_a_page_ended_frees_the_goods(outside, purchase):
    session = session_of(purchase)
    outside.api.v1.checkout.sessions.expire(session)
    assert outside.deliver(times=2) == [200, 200]
    assert payment_of(purchase).state is PaymentState.LAPSED
    assert holds() == {HoldState.FREED}


def test_when_every_order_is_cancelled_the_page_ends(outside, purchase):
    session = session_of(purchase)
    for order in orders_of(purchase):
        act(order.id, "cancel", by="buyer")
    sweep()
    assert outside.session(session).status == "expired"
    assert payment_of(purchase).state is PaymentState.LAPSED
    assert violations() == []


def test_when_one_of_two_is_cancelled_the_other_may_still_be_paid(outside, purchase):
    session = session_of(purchase)
    act(orders_of(purchase)[0].id, "cancel", by="buyer")
    sweep()
    outside.pay(session)
    outside.deliver()
    sweep()
    assert payment_of(purchase).state is PaymentState.PAID
    assert [refund.amount for refund in outside.refunds()] == [264_000]
    assert db.session.query(Refund).one().reason == "late"
    assert violations() == []


def test_what_is_cancelled_and_paid_before_the_sweep_goes_back(outside, purchase):
    session = session_of(purchase)
    for order in orders_of(purchase):
        act(order.id, "cancel", by="buyer")
    outside.pay(session)
    sweep()
    assert payment_of(purchase).state is PaymentState.PAID
    assert sorted(refund.amount for refund in outside.refunds()) == [264_000, 278_000]
    assert violations() == []


def test_lost_events_are_found_by_comparing(outside, purchase):
    session = session_of(purchase)
    outside.pay(session)
    sweep()
    assert payment_of(purchase).state is PaymentState.WAITING  # the event may still come
    later(4)
    sweep()
    assert payment_of(purchase).state is PaymentState.PAID


def test_comparing_does_not_hammer(outside, purchase):
    session_of(purchase)
    later(4)
    sweep()
    looked = payment_of(purchase).looked_at
    later(1)
    sweep()
    assert payment_of(purchase).looked_at == looked
    outside.fail_next("down")
    later(3)
    sweep()
    assert payment_of(purchase).looked_at == clock.now()


def test_the_two_hour_sweep_of_orders_finds_nothing_left(outside, purchase):
    session_of(purchase)
    later(121)
    sweep()
    assert order_tasks.cancel_never_paid() == 0
