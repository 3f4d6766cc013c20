"""Paid means the exact session, amount, currency, mode and purchase; anything else waits for a person."""

import dataclasses
import itertools

import pytest

from shop.core.db import db, writing
from shop.orders.models import Method
from shop.payments import services
from shop.payments.methods import CARD
from shop.payments.models import PaymentState, Refund
from shop.payments.services import Outcome
from tests.shop.orders.buying import act, ordered
from tests.shop.payments.outside import by_card, inbox, kinds, orders_of, payment_of, session_of, violations

WRONG = {
    "amount": [0, 1, 541_999, 542_001, 54_200_000, -542_000],
    "currency": ["USD", "vnd", ""],
    "mode": ["subscription", "setup", ""],
    "live": [True],
    "purchase": ["", "0" * 64],
}
ONE_BY_ONE = [(name, value) for name, values in WRONG.items() for value in values]


@pytest.fixture
def purchase(cast, outside):
    return by_card(cast, tea=2, honey=1)


@pytest.fixture
def facts(outside, purchase):
    """What Stripe says of the paid purchase."""
    session = session_of(purchase)
    outside.pay(session)
    return CARD.look_up(session)


def settle(purchase, facts):
    key = payment_of(purchase).id
    with writing():
        return services.settle(key, facts)


def test_what_stripe_says_settles(purchase, facts):
    assert settle(purchase, facts) is Outcome.SETTLED
    assert settle(purchase, facts) is Outcome.ALREADY
    assert violations() == []


def test_one_wrong_fact_pays_nothing(purchase, facts):
    for name, value in [*ONE_BY_ONE, ("session", "cs_test_other")]:
        assert settle(purchase, dataclasses.replace(facts, **{name: value})) is Outcome.QUARANTINED, name
        payment = payment_of(purchase)
        assert payment.state is PaymentState.WAITING
        assert kinds(payment)[-1] == "quarantined"
    assert all(order.awaiting_payment for order in orders_of(purchase))
    assert any("quarantined" in problem for problem in violations())


def test_the_same_wrong_fact_is_noted_once(purchase, facts):
    for _ in range(3):
        settle(purchase, dataclasses.replace(facts, amount=1))
    assert kinds(payment_of(purchase)).count("quarantined") == 1


def test_stripe_itself_says_another_amount(browser, outside, purchase, facts):
    outside.change("checkout.session", facts.session, amount_total=1)
    browser.get(f"/pay/{purchase.token}/return")
    assert payment_of(purchase).state is PaymentState.WAITING
    assert kinds(payment_of(purchase))[-1] == "quarantined"


def mutated():
    """Thirty events that say something false about money."""
    pairs = itertools.combinations(ONE_BY_ONE, 2)
    return [dict([one]) for one in ONE_BY_ONE] + [dict(pair) for pair in pairs if pair[0][0] != pair[1][0]]


def false_event(event, number, change):
    """The event of a paid session with something else in it than is true, under a number of its own."""
    names = {"amount": "amount_total", "currency": "currency", "mode": "mode"}
    about = event["data"]["object"] | {names[name]: value for name, value in change.items() if name in names}
    if change.get("currency") == "vnd":
        about["currency"] = "eur"  # Stripe itself writes lower case
    if "purchase" in change:
        about["metadata"] = {"purchase": change["purchase"] or "f" * 64}
    live = change.get("live", False)
    return event | {"id": f"{event['id']}_{number}", "livemode": live, "data": {"object": about}}


def test_false_events_are_quarantined(outside, purchase, facts):
    (event,) = outside.events("checkout.session.completed")
    for number, change in enumerate(mutated()[:30]):
        assert outside.send(false_event(event, number, change)) == 200
    assert payment_of(purchase).state is PaymentState.WAITING
    assert [row.problem.partition(":")[0] for row in inbox() if row.applied_at] == ["quarantined"] * 30
    assert kinds(payment_of(purchase)).count("quarantined") == 30


def test_money_that_comes_after_the_order_was_given_up_goes_back(purchase, facts):
    act(orders_of(purchase)[0].id, "cancel", by="buyer")
    assert settle(purchase, facts) is Outcome.SETTLED
    tea, honey = orders_of(purchase)
    assert (tea.state.value, honey.awaiting_payment) == ("cancelled", False)
    (refund,) = db.session.query(Refund)
    assert (refund.reason, refund.amount, refund.part.order_id, refund.part.refunded) == (
        "late",
        264_000,
        tea.id,
        264_000,
    )
    assert violations() == []


def test_money_that_comes_after_the_payment_lapsed_takes_the_goods_that_are_there(purchase, facts):
    with writing():
        services.lapse(payment_of(purchase).id)
    assert settle(purchase, facts) is Outcome.SETTLED
    assert db.session.query(Refund).count() == 0
    assert {(order.state.value, order.awaiting_payment) for order in orders_of(purchase)} == {("placed", False)}
    assert violations() == []


def test_money_that_comes_after_the_goods_are_gone_goes_back(cast, purchase, facts):
    with writing():
        services.lapse(payment_of(purchase).id)
    sku = cast.sku()
    ordered(cast, Method.CASH, tea=sku.on_hand - sku.held)
    assert settle(purchase, facts) is Outcome.SETTLED
    tea, honey = orders_of(purchase)
    assert [(refund.reason, refund.amount) for refund in db.session.query(Refund)] == [("late", tea.total)]
    assert (tea.state.value, honey.state.value) == ("cancelled", "placed")
    assert violations() == []
