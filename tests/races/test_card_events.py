"""What Stripe tells comes five times, shuffled, early, false or not at all: each card is booked once, and rightly."""

import random
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from shop.core.db import db
from shop.orders.models import Method
from shop.payments.inbox import tasks as inbox
from shop.payments.methods import CARD
from shop.payments.models import InboxEvent, PaymentState
from shop.payments.online import tasks as online
from tests.races.paying import Stripe, Tell, later, mails_of, opened, settled, shelf, waiting
from tests.races.starting import FULL, one_by_one, together
from tests.server import Market
from tests.shop.payments.outside import Bought, kinds, payment_of
from tests.shop.payments.test_settle import false_event, mutated
from tests.visitor import Visitor

pytestmark = [pytest.mark.race, pytest.mark.timeout(1200 if FULL else 120)]
PAID = "checkout.session.completed"


@pytest.fixture
def stripe(market: Market) -> Iterator[Stripe]:
    """The stand-in keeps its events until a test sends them."""
    found = Stripe(market)
    found.control("webhooks", mode="hold")
    with market.app.app_context():
        yield found
        db.session.remove()
    found.control("webhooks", mode="send")


def on_their_page(market: Market, number: int) -> list[tuple[Bought, str]]:
    """Purchases whose page at Stripe is open, each with its session."""
    goods = shelf(market, number)
    purchases = [waiting(goods, Method.CARD) for _ in range(number)]
    return [(one, opened(one)) for one in purchases]


def assert_paid_once(market: Market, purchases: list[Bought]) -> None:
    """One transition, one entry and one mail each."""
    db.session.remove()
    assert {payment_of(one).state for one in purchases} == {PaymentState.PAID}
    assert set(settled(purchases)) == {1}
    assert mails_of(purchases) == len(purchases)
    market.assert_sound()


def test_every_event_five_times_shuffled_over_two_workers(
    market: Market, stripe: Stripe, record_property: Tell
) -> None:
    made = on_their_page(market, 250 if FULL else 25)
    one_by_one(lambda one: stripe.pay(one[1]), made)
    events = stripe.events_of([session for _purchase, session in made])
    sent = [event for event in events for _ in range(5)]
    random.Random(len(made)).shuffle(sent)

    statuses = one_by_one(stripe.send, sent)

    assert set(statuses) == {200}
    db.session.remove()
    kept = select(func.count(InboxEvent.id)).where(InboxEvent.event_id.in_([event["id"] for event in events]))
    assert db.session.scalar(kept) == len(events) == 4 * len(made)
    assert_paid_once(market, [one for one, _session in made])
    record_property("figure", f"I6, {len(events)} events × 5: {len(made)} payments, each one entry and one mail")


def test_an_event_before_our_own_commit_is_not_lost(
    market: Market, stripe: Stripe, monkeypatch: pytest.MonkeyPatch, record_property: Tell
) -> None:
    """The buyer pays, and Stripe tells, before we have written down which page we opened."""
    number, open_session, early = 200 if FULL else 10, CARD.open, []
    goods = shelf(market, number)
    purchases = [waiting(goods, Method.CARD) for _ in range(number)]

    def paid_before_we_know(_card: object, wish: object) -> object:
        facts = open_session(wish)
        stripe.pay(facts.session)
        (event,) = [one for one in stripe.events_of([facts.session]) if one["type"] == PAID]
        early.append(stripe.send(event))
        return facts

    monkeypatch.setattr(type(CARD), "open", paid_before_we_know)
    for one in purchases:
        opened(one)

    assert early == [200] * number
    assert settled(purchases) == [0] * number
    while later(inbox.apply_events, minutes=2):
        pass
    assert_paid_once(market, purchases)
    record_property("figure", f"I7, {number} events before the commit: {number} paid")


def test_return_page_webhook_and_comparison_at_once(market: Market, stripe: Stripe, record_property: Tell) -> None:
    made = on_their_page(market, 200 if FULL else 10)
    one_by_one(lambda one: stripe.pay(one[1]), made)
    told = {event["data"]["object"]["id"]: event for event in stripe.events(PAID)}

    def come(given: tuple[str, Bought, str, int]) -> int:
        way, purchase, session, payment = given
        if way == "event":
            return stripe.send(told[session])
        if way == "return":
            return Visitor(market.url).get(f"/pay/{purchase.token}/return").status
        with market.app.app_context():
            online.compare(payment)
            db.session.remove()
        return 200

    for purchase, session in made:
        payment = payment_of(purchase).id
        db.session.remove()
        ways = ["event", "return", "compare", "event", "return"]
        assert set(together(come, [(way, purchase, session, payment) for way in ways])) <= {200, 302}
    assert_paid_once(market, [one for one, _session in made])
    record_property("figure", f"I8, {len(made)} times all at once: {len(made)} captures")


def test_thirty_false_events_pay_nothing(market: Market, stripe: Stripe, record_property: Tell) -> None:
    ((purchase, session),) = on_their_page(market, 1)
    stripe.pay(session)
    (event,) = [one for one in stripe.events_of([session]) if one["type"] == PAID]
    false = [false_event(event, place, change) for place, change in enumerate(mutated()[:30])]

    statuses = together(stripe.send, false)

    assert set(statuses) == {200}
    db.session.remove()
    payment = payment_of(purchase)
    assert payment.state is PaymentState.WAITING
    assert kinds(payment).count("quarantined") == 30
    assert stripe.send(event) == 200  # the true one still counts
    db.session.remove()
    assert payment_of(purchase).state is PaymentState.PAID
    assert settled([purchase]) == [1]
    db.session.remove()
    assert {line.count("payment_quarantined") for line in market.troubles()} == {1}  # each cried out once
    market.assert_sound()
    record_property("figure", "I9, 30 false events at once: 0 paid, 30 quarantined")


def test_one_in_ten_events_dropped_is_made_good_in_one_round(
    market: Market, stripe: Stripe, record_property: Tell
) -> None:
    made = on_their_page(market, 200 if FULL else 20)
    one_by_one(lambda one: stripe.pay(one[1]), made)
    lost = [session for _purchase, session in made[::10]]
    events = [one for one in stripe.events_of([session for _purchase, session in made]) if one["type"] == PAID]
    one_by_one(stripe.send, [event for event in events if event["data"]["object"]["id"] not in lost])
    purchases = [one for one, _session in made]
    assert sum(settled(purchases)) == len(made) - len(lost)
    db.session.remove()

    later(online.compare_open, minutes=4)

    assert_paid_once(market, purchases)
    record_property("figure", f"I14, {len(lost)} of {len(made)} events dropped: all paid after one round")
