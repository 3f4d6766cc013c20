"""What was paid for an order that ended goes back: promised once, sent once, found again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shop.core import clock
from shop.core.db import db, writing
from shop.core.outbox import OutgoingSms
from shop.orders.models import Order, OrderEvent
from shop.payments.models import PaymentPart, Refund, RefundState
from shop.payments.queries import state_of
from shop.payments.refunds import services
from shop.payments.refunds.tasks import promise_refunds, send_refunds
from tests.shop.orders.buying import act, at
from tests.shop.payments.outside import by_card, inbox, kinds, orders_of, payment_of, session_of, sweep, violations


@pytest.fixture
def purchase(cast, outside):
    """A purchase of tea and honey, paid by card."""
    made = by_card(cast, tea=2, honey=1)
    outside.pay(session_of(made))
    outside.deliver()
    return made


@pytest.fixture
def cancelled(outside, purchase):
    """The same, with its tea cancelled by the cooperative."""
    act(orders_of(purchase)[0].id, "cancel", note="Mưa đá")
    return purchase


def refund():
    return db.session.scalars(select(Refund).execution_options(populate_existing=True)).one()


def later(**parts):
    clock.set_for_tests(clock.now() + timedelta(**parts))


def test_a_cancelled_order_gives_its_own_part_back(outside, cancelled):
    assert promise_refunds() == 1
    assert send_refunds() == 1
    (sent,) = outside.refunds()
    assert (sent.amount, sent.status) == (264_000, "succeeded")
    assert sent.metadata.to_dict() == {"refund": f"{cancelled.codes[0]}-cancelled"}
    (event,) = outside.events("refund.created")
    assert event["request"]["idempotency_key"] == f"refund-{cancelled.codes[0]}-cancelled-1"
    kept = refund()
    assert (kept.state, kept.reason, kept.provider_reference) == (RefundState.DONE, "cancelled", sent.id)
    assert {part.amount: part.refunded for part in db.session.query(PaymentPart)} == {264_000: 264_000, 278_000: 0}
    assert kinds(payment_of(cancelled))[-2:] == ["refund_due", "refunded"]
    assert violations() == []


def test_both_sides_read_that_it_went_back(browser, outside, cancelled):
    sweep()
    order = orders_of(cancelled)[0]
    actions = db.session.scalars(select(OrderEvent.action).where(OrderEvent.order_id == order.id)).all()
    assert actions == ["place", "paid", "cancel", "refunded"]
    assert str(state_of(order.id).words).endswith("264.000\xa0₫")
    texts = db.session.scalars(select(OutgoingSms).where(OutgoingSms.event == f"order_refunded:{order.code}")).all()
    assert [cancelled.token in text.body for text in texts] == [True]
    browser.get(f"/purchases/{cancelled.token}")
    assert browser.says("Money returned: %(amount)s", amount="264.000\xa0₫")


def test_it_is_sent_once_however_often_we_sweep(outside, cancelled):
    for _ in range(4):
        sweep()
        later(minutes=3)
    assert len(outside.refunds()) == 1


def test_what_is_refused_at_the_door_goes_back_too(outside, purchase):
    at(orders_of(purchase)[1].id, "refused")
    sweep()
    assert [(one.amount, one.metadata.to_dict()["refund"][-7:]) for one in outside.refunds()] == [(278_000, "refused")]
    assert violations() == []


def test_a_paid_order_on_its_way_keeps_its_money(outside, purchase):
    at(orders_of(purchase)[0].id, "delivered")
    sweep()
    assert outside.refunds() == []


def test_nothing_is_promised_twice(purchase, cancelled):
    part = db.session.scalars(select(PaymentPart).join(Order).where(Order.code == cancelled.codes[0])).one().id
    with writing():
        assert [services.promise(part), services.promise(part), services.promise(part, "late")] == [True, False, False]


def test_nothing_is_promised_for_what_goes_on(purchase):
    with writing():
        assert not any(services.promise(part.id) for part in db.session.query(PaymentPart))


@pytest.mark.parametrize("kind", ["down", "busy", "error", "lost"])
def test_a_bad_day_at_stripe_sends_it_once_later(outside, cancelled, kind):
    promise_refunds()
    outside.fail_next(kind)
    assert send_refunds() == 0
    kept = refund()
    assert (kept.state, bool(kept.problem)) == (RefundState.DUE, True)
    assert send_refunds() == 0  # not at once
    later(minutes=2)
    assert send_refunds() == 1
    assert len(outside.refunds()) == 1
    assert violations() == []


def test_a_repeat_after_days_finds_what_was_made(outside, cancelled):
    """Stripe forgets a key after a day; our name on the refund stays."""
    promise_refunds()
    outside.fail_next("lost")
    send_refunds()
    with outside.running.sandbox.state.writing() as memory:
        memory.execute("DELETE FROM idempotency_keys")
    later(days=2)
    assert send_refunds() == 1
    assert len(outside.refunds()) == 1


def test_what_stripe_refuses_waits_for_a_person(outside, cancelled):
    outside.api.v1.refunds.create({"payment_intent": payment_of(cancelled).provider_reference})
    sweep()
    kept = refund()
    assert (kept.state, kept.part.refunded) == (RefundState.FAILED, 0)
    assert any("failed" in problem for problem in violations())
    sweep()
    assert len(outside.refunds()) == 1


def test_a_refund_by_hand_at_stripe_is_set_aside(outside, purchase):
    outside.api.v1.refunds.create({"payment_intent": payment_of(purchase).provider_reference, "amount": 1000})
    outside.deliver()
    assert {row.problem for row in inbox() if row.kind == "refund.created"} == {"quarantined: refund made elsewhere"}
    assert kinds(payment_of(purchase))[-1] == "quarantined"


def test_events_of_a_refund_change_nothing_more(outside, cancelled):
    sweep()
    outside.deliver(times=3, seed=5)
    assert refund().state is RefundState.DONE
    assert kinds(payment_of(cancelled)).count("refunded") == 1
    assert {row.problem for row in inbox()} == {None}
    assert violations() == []


def test_an_event_may_come_before_our_own_answer(outside, cancelled):
    promise_refunds()
    outside.fail_next("lost")
    send_refunds()
    outside.deliver()
    assert refund().state is RefundState.DONE
    later(minutes=5)
    assert send_refunds() == 0
    assert len(outside.refunds()) == 1


def test_a_slow_bank_is_asked_again(outside, cancelled):
    promise_refunds()
    outside.fail_next("lost")
    send_refunds()
    (made,) = outside.refunds()
    outside.change("refund", made.id, status="pending")
    later(minutes=2)
    assert send_refunds() == 0
    assert refund().state is RefundState.SENT
    outside.change("refund", made.id, status="succeeded")
    sweep()
    assert refund().state is RefundState.DONE


def test_a_bank_that_sends_it_back_raises_the_alarm(outside, cancelled):
    sweep()
    (made,) = outside.refunds()
    outside.change("refund", made.id, status="failed", failure_reason="lost_or_stolen_card")
    outside.deliver()
    kept = refund()
    assert (kept.state, kept.problem, kept.part.refunded) == (RefundState.FAILED, "lost_or_stolen_card", 0)
    assert kinds(payment_of(cancelled))[-1] == "refund_failed"
