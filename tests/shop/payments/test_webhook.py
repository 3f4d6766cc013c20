"""The webhook: proven or nothing, stored once, applied once, in any order, however early."""

import pytest

from products.stock.services import count
from shop.core.clock import after, set_for_tests
from shop.core.db import db, writing
from shop.core.outbox import OutgoingSms
from shop.notices.models import Notice
from shop.payments.models import PaymentState
from shop.sandbox.webhooks import sign
from tests.shop.payments.outside import (
    PATH,
    SECRET,
    WHOLE,
    by_card,
    inbox,
    kinds,
    orders_of,
    payment_of,
    session_of,
    sweep,
    violations,
    wall,
)


@pytest.fixture
def purchase(cast, outside):
    return by_card(cast, tea=2, honey=1)


@pytest.fixture
def completed(outside, purchase):
    """The event of a paid purchase that the shop has not heard of."""
    outside.pay(session_of(purchase))
    (event,) = outside.events("checkout.session.completed")
    return event


def told(purchase):
    """What became of the purchase, as everybody was told it."""
    payment = payment_of(purchase)
    return (
        payment.state,
        kinds(payment).count("settled"),
        [order.awaiting_payment for order in orders_of(purchase)],
        db.session.query(Notice).filter_by(kind="order_paid").count(),
        db.session.query(OutgoingSms).filter(OutgoingSms.event.like("order_paid:LC%")).count(),
    )


ONCE = (PaymentState.PAID, 1, [False, False], 3, 0)


def test_an_event_settles_the_payment(outside, purchase, completed):
    assert outside.send(completed) == 200
    assert told(purchase) == ONCE
    assert [(row.event_id, row.problem) for row in inbox()] == [(completed["id"], None)]
    assert inbox()[0].applied_at is not None
    assert violations() == []


def test_it_answers_with_no_page(browser, outside, completed):
    outside.send(completed)
    assert browser.client.get(PATH, base_url=browser.origin).status_code == 405


def test_the_same_event_five_times_is_one(outside, purchase, completed):
    assert [outside.send(completed) for _ in range(5)] == [200] * 5
    assert told(purchase) == ONCE
    assert len(inbox()) == 1


@pytest.mark.parametrize("seed", range(5))
def test_every_event_five_times_in_any_order_is_one_payment(outside, purchase, completed, seed):
    assert set(outside.deliver(times=5, seed=seed)) == {200}
    sweep()
    assert told(purchase) == ONCE
    assert len(inbox()) == len(outside.events()) == 4
    assert violations() == []


@pytest.mark.slow
def test_many_payments_with_every_event_five_times_shuffled(cast, outside):
    """100 events × 5 here, 1,000 × 5 with FULL=1: one transition and one message each."""
    number = 250 if WHOLE else 25
    with writing():
        count(cast.sku(), number, 10, cast.member)
    purchases = [by_card(cast, tea=1) for _ in range(number)]
    for purchase in purchases:
        outside.pay(session_of(purchase))
    assert set(outside.deliver(times=5, seed=number)) == {200}
    assert [kinds(payment_of(purchase)) for purchase in purchases] == [["due", "opened", "settled"]] * number
    assert len(inbox()) == 4 * number
    assert db.session.query(Notice).filter_by(kind="order_paid").count() == 2 * number
    assert violations() == []


def test_return_page_and_webhook_are_one(browser, outside, purchase, completed):
    session = payment_of(purchase).provider_session
    browser.get(f"/pay/{purchase.token}/return?session_id={session}")
    outside.send(completed)
    assert told(purchase) == ONCE


def test_webhook_then_return_page_is_one(browser, outside, purchase, completed):
    outside.send(completed)
    browser.get(f"/pay/{purchase.token}/return")
    assert told(purchase) == ONCE


def test_an_event_before_its_payment_waits_for_it(cast, outside, purchase, completed):
    """Stripe told us before our own commit: the session is not known yet."""
    session = payment_of(purchase).provider_session
    _forget_session(purchase, None)
    assert outside.send(completed) == 200
    assert (inbox()[0].applied_at, payment_of(purchase).state) == (None, PaymentState.WAITING)
    _forget_session(purchase, session)
    set_for_tests(after(minutes=2))
    sweep()
    assert told(purchase) == ONCE


def _forget_session(purchase, session):
    with writing():
        payment_of(purchase).provider_session = session
    db.session.remove()


def test_an_event_while_stripe_is_away_is_applied_later(outside, purchase, completed):
    outside.fail_next("down")
    assert outside.send(completed) == 200
    assert payment_of(purchase).state is PaymentState.WAITING
    set_for_tests(after(minutes=2))
    sweep()
    assert told(purchase) == ONCE


@pytest.mark.parametrize(
    "forgery",
    [
        {"secret": "whsec_somebody_else"},
        {"age": 301},
        {"secret": ""},
    ],
)
def test_a_forged_or_old_signature_stores_nothing(outside, purchase, completed, forgery):
    assert outside.send(completed, **forgery) == 400
    assert inbox() == []
    assert payment_of(purchase).state is PaymentState.WAITING


@pytest.mark.parametrize(
    "headers",
    [{}, {"Stripe-Signature": ""}, {"Stripe-Signature": "t=1,v1=é"}, {"Stripe-Signature": "t=x,v1=aa"}],
)
def test_a_missing_or_broken_signature_stores_nothing(outside, headers):
    assert outside.post(b"{}", headers) == 400
    assert inbox() == []


def test_without_a_secret_nothing_is_proven(outside, completed):
    outside.set(stripe_webhook_secret="")
    assert outside.send(completed, secret="") == 400
    assert inbox() == []


@pytest.mark.parametrize("event", [[], {}, {"id": "evt_1"}, {"id": "evt_1", "type": "x", "data": {"object": 5}}])
def test_a_proven_body_of_another_shape_is_refused(outside, event):
    assert outside.send(event) == 400
    assert inbox() == []


def test_a_change_of_one_byte_is_noticed(outside, completed, purchase):
    body = b'{"id": "evt_1"}'
    assert outside.post(body + b" ", {"Stripe-Signature": sign(SECRET, body, int(wall()))}) == 400


def test_kinds_nobody_follows_are_kept_and_ignored(outside, purchase, completed):
    (charged,) = outside.events("charge.succeeded")
    assert outside.send(charged) == 200
    assert [(row.kind, row.applied_at is not None) for row in inbox()] == [("charge.succeeded", True)]
    assert payment_of(purchase).state is PaymentState.WAITING


def test_somebody_else_s_session_is_not_ours(outside, purchase, completed):
    foreign = completed["data"]["object"] | {"id": "cs_test_other", "metadata": {}}
    assert outside.send(completed | {"data": {"object": foreign}}) == 200
    assert [row.problem for row in inbox()] == ["not ours"]
    assert violations() == []


def test_a_session_that_claims_to_be_ours_is_set_aside_after_a_day(outside, purchase, completed):
    foreign = completed["data"]["object"] | {"id": "cs_test_other"}
    outside.send(completed | {"data": {"object": foreign}})
    set_for_tests(after(minutes=20))
    assert any("not applied" in problem for problem in violations())
    set_for_tests(after(days=1))
    sweep()
    assert [row.problem for row in inbox()] == ["quarantined: no such session"]


def test_an_event_that_did_not_happen_pays_nothing(outside, purchase):
    """Well signed, and false: Stripe, asked, says that the page was never paid."""
    session = session_of(purchase)
    outside.invent("checkout.session.completed", session, status="complete", payment_status="paid")
    assert outside.deliver() == [200]
    assert payment_of(purchase).state is PaymentState.WAITING
    assert inbox()[0].applied_at is not None
