"""Stripe away, slow or wrong: the page says so, nothing is doubled, and cash still works."""

from datetime import timedelta

import pytest

from products.stock.models import StockHold
from shop.core import clock
from shop.core.db import db
from shop.orders.models import Method, Purchase
from shop.payments.models import Payment, PaymentState
from shop.payments.online import tasks as online
from tests.shop.orders.buying import act
from tests.shop.payments.outside import by_card, kinds, orders_of, payment_of, session_of, sweep, violations


@pytest.fixture
def purchase(cast, outside):
    return by_card(cast, tea=2, honey=1)


def down(outside, kind="down", times=2):
    """Break the next requests; Stripe's library asks twice by itself."""
    outside.fail_next(kind)


def payments(purchase):
    rows = db.session.query(Payment).filter_by(purchase_id=purchase.id).order_by(Payment.id)
    return [(one.method, one.state, one.amount) for one in rows]


def test_the_page_says_that_it_did_not_open(browser, outside, purchase):
    outside.fail_next("down")
    assert browser.get(f"/pay/{purchase.token}").status_code == 200
    assert browser.says("The card page did not open. Nothing was charged. Your goods are kept.")
    assert browser.all("form[action$=opening]") and browser.all("form[action$=cash]")
    assert kinds(payment_of(purchase)) == ["due", "not_opened"]


def test_looking_again_does_not_make_people_wait_again(browser, outside, purchase):
    outside.fail_next("down")
    browser.get(f"/pay/{purchase.token}")
    browser.get(f"/pay/{purchase.token}")
    assert kinds(payment_of(purchase)) == ["due", "not_opened"]


@pytest.mark.parametrize("kind", ["down", "busy", "error", "lost"])
def test_trying_again_opens_it(browser, outside, purchase, kind):
    """Even where Stripe keeps its failure under the key, or made the page and lost the answer."""
    outside.fail_next(kind)
    browser.get(f"/pay/{purchase.token}")
    browser.post(f"/pay/{purchase.token}/opening", follow=True)
    session = payment_of(purchase).provider_session
    assert browser.one("main a.button.primary").get("href") == outside.session(session).url
    assert len(outside.sessions()) == 1
    outside.pay(session)
    browser.get(f"/pay/{purchase.token}/return?session_id={session}")
    assert payment_of(purchase).state is PaymentState.PAID


def test_a_lost_answer_makes_no_second_page(outside, purchase):
    outside.control("faults", kind="lost")
    assert session_of(purchase) == outside.sessions()[0].id
    assert len(outside.sessions()) == 1


def test_after_a_long_outage_the_page_gets_its_full_time(cast, browser, outside, purchase):
    outside.fail_next("down")
    browser.get(f"/pay/{purchase.token}")
    clock.set_for_tests(clock.now() + timedelta(minutes=20))
    browser.post(f"/pay/{purchase.token}/opening")
    payment, now = payment_of(purchase), clock.now()
    assert payment.expires_at == now + timedelta(minutes=35)
    assert outside.session(payment.provider_session).expires_at == int(payment.expires_at.timestamp())
    assert {hold.expires_at for hold in db.session.query(StockHold)} == {now + timedelta(minutes=40)}
    clock.set_for_tests(now + timedelta(minutes=25))  # 45 after placing: the first page would have ended
    sweep()
    assert payment_of(purchase).state is PaymentState.WAITING


def test_the_goods_are_not_held_for_ever(browser, outside, purchase):
    clock.set_for_tests(clock.now() + timedelta(minutes=61))
    browser.post(f"/pay/{purchase.token}/opening", follow=True)
    assert outside.sessions() == []
    assert browser.says("The time to pay is over. Nothing was charged. The goods are no longer kept.")


def test_too_many_tries_are_refused(browser, outside, purchase):
    for _ in range(10):
        browser.post(f"/pay/{purchase.token}/opening")
    assert browser.post(f"/pay/{purchase.token}/opening").status_code == 429


def test_cash_still_works(cast, browser, outside, purchase):
    outside.fail_next("down")
    browser.get(f"/pay/{purchase.token}")
    browser.post(f"/pay/{purchase.token}/cash", follow=True)
    assert browser.says("You pay in cash when it arrives.")
    assert payments(purchase) == [
        (Method.CARD, PaymentState.LAPSED, 542_000),
        (Method.CASH, PaymentState.WAITING, 264_000),
        (Method.CASH, PaymentState.WAITING, 278_000),
    ]
    assert db.session.get_one(Purchase, purchase.id).method is Method.CASH
    assert [order.awaiting_payment for order in orders_of(purchase)] == [False, False]
    act(orders_of(purchase)[0].id, "accept")
    assert {hold.expires_at for hold in db.session.query(StockHold)} == {None}
    assert violations() == []


def test_turning_to_cash_ends_the_card_page(browser, outside, purchase):
    session = session_of(purchase)
    browser.post(f"/pay/{purchase.token}/cash")
    assert outside.session(session).status == "expired"
    assert outside.pay(session).status_code == 402
    browser.post(f"/pay/{purchase.token}/cash")
    assert len(payments(purchase)) == 3


def test_turning_to_cash_after_paying_keeps_the_payment(browser, outside, purchase):
    outside.pay(session_of(purchase))
    assert browser.post(f"/pay/{purchase.token}/cash").status_code == 409
    assert payments(purchase) == [(Method.CARD, PaymentState.PAID, 542_000)]


def test_nobody_pays_twice_while_stripe_is_silent(browser, outside, purchase):
    session_of(purchase)
    outside.fail_next("down")
    assert browser.post(f"/pay/{purchase.token}/cash").status_code == 409
    assert payments(purchase) == [(Method.CARD, PaymentState.WAITING, 542_000)]


def test_too_dear_for_cash(browser, outside, purchase):
    outside.set(cod_most=200_000)
    browser.get(f"/pay/{purchase.token}")
    assert not browser.all("form[action$=cash]")
    assert browser.post(f"/pay/{purchase.token}/cash").status_code == 422
    assert payments(purchase) == [(Method.CARD, PaymentState.WAITING, 542_000)]


def test_a_page_opened_too_late_is_ended_at_once(outside, purchase, monkeypatch):
    """The payment lapsed while Stripe thought: what it made must not be paid."""
    kept = online.services.keep

    def lapsed_meanwhile(payment_id, facts):
        online.lapse(payment_id)
        return kept(payment_id, facts)

    monkeypatch.setattr(online.services, "keep", lapsed_meanwhile)
    assert not online.open_page(payment_of(purchase).id)
    assert outside.sessions()[0].status == "expired"


def test_coming_back_while_stripe_is_away_waits(browser, outside, purchase):
    session = session_of(purchase)
    outside.pay(session)
    outside.fail_next("down")
    assert browser.get(f"/pay/{purchase.token}/return?session_id={session}").status_code == 200
    assert browser.says("Waiting for the payment")
    browser.get(f"/pay/{purchase.token}/return?session_id={session}")
    assert payment_of(purchase).state is PaymentState.PAID
