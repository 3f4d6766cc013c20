"""The pay page and the way back: a link to the card page, one session, settled by what Stripe says."""

from datetime import timedelta

import pytest

from shop.core import clock
from shop.core.codes import token_digest
from shop.core.db import db
from shop.notices.models import Notice
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method
from shop.payments.models import PaymentState
from tests.shop.payments.outside import bought, by_card, kinds, orders_of, payment_of, violations


@pytest.fixture
def purchase(cast, outside):
    return by_card(cast, tea=2, honey=1)


def opened(browser, purchase):
    """Open the pay page; returns the session at Stripe."""
    assert browser.get(f"/pay/{purchase.token}").status_code == 200
    return payment_of(purchase).provider_session


def returned(browser, purchase, session):
    return browser.get(f"/pay/{purchase.token}/return?session_id={session}")


def test_the_page_leads_to_stripe_by_a_link(browser, outside, purchase):
    session = opened(browser, purchase)
    link = browser.one("main a.button.primary")
    assert link.get("href") == outside.session(session).url
    assert all(form.get("action").startswith("/") for form in browser.all("form"))
    assert "542.000" in browser.one("h1").text_content()
    assert browser.says("Go to the card page")


def test_stripe_is_asked_for_exactly_what_was_sold(browser, outside, purchase):
    made = outside.session(opened(browser, purchase))
    assert (made.amount_total, made.currency, made.mode, made.locale) == (542_000, "vnd", "payment", "vi")
    assert made.amount_total == purchase.total
    assert [(line.quantity, line.amount_total) for line in made.line_items.data] == [
        (2, 240_000), (1, 24_000), (1, 250_000), (1, 28_000),
    ]  # fmt: skip
    assert made.metadata.to_dict() == {"purchase": token_digest(purchase.token)}
    assert made.client_reference_id == ",".join(purchase.codes)
    left = made.expires_at - clock.now().timestamp()
    assert 34 * 60 < left <= 35 * 60
    assert "Anh" not in str(made.to_dict()) and "84912" not in str(made.to_dict())


def test_looking_again_opens_no_second_page(browser, outside, purchase):
    first = opened(browser, purchase)
    browser.get(f"/pay/{purchase.token}")
    browser.post(f"/pay/{purchase.token}/opening")
    assert opened(browser, purchase) == first
    assert len(outside.sessions()) == 1


def test_coming_back_from_a_payment_settles_it(browser, outside, purchase):
    session = opened(browser, purchase)
    answer = outside.pay(session)
    assert answer.headers["location"] == f"{browser.origin}/pay/{purchase.token}/return?session_id={session}"
    gone_on = returned(browser, purchase, session)
    assert gone_on.headers["Location"] == f"/purchases/{purchase.token}"
    payment = payment_of(purchase)
    assert (payment.state, payment.provider_reference[:3]) == (PaymentState.PAID, "pi_")
    assert kinds(payment) == ["due", "opened", "settled"]
    assert [order.awaiting_payment for order in orders_of(purchase)] == [False, False]
    assert {notice.kind for notice in db.session.query(Notice)} == {"order_paid"}
    browser.get(f"/purchases/{purchase.token}")
    assert browser.says("Paid by card: %(amount)s", amount="264.000\xa0₫")
    assert violations() == []


def test_coming_back_twice_settles_once(browser, outside, purchase):
    session = opened(browser, purchase)
    outside.pay(session)
    for _ in range(2):
        returned(browser, purchase, session)
    assert kinds(payment_of(purchase)).count("settled") == 1
    assert db.session.query(Notice).filter_by(kind="order_paid").count() == 3  # two members, and the household


def test_coming_back_without_paying_waits(browser, outside, purchase):
    session = opened(browser, purchase)
    assert returned(browser, purchase, session).status_code == 200
    assert browser.says("Waiting for the payment")
    assert browser.one("noscript meta").get("http-equiv") == "refresh"
    assert payment_of(purchase).state is PaymentState.WAITING
    assert all(order.awaiting_payment for order in orders_of(purchase))


def test_the_address_is_not_believed(browser, cast, outside, purchase):
    """Somebody else's paid session in the address pays nothing here."""
    other = by_card(cast, tea=1)
    outside.pay(opened(browser, other))
    opened(browser, purchase)
    returned(browser, purchase, payment_of(other).provider_session)
    assert payment_of(purchase).state is PaymentState.WAITING


def test_a_declined_card_may_be_followed_by_a_good_one(browser, outside, purchase):
    session = opened(browser, purchase)
    assert outside.pay(session, "4000 0000 0000 0002").status_code == 402
    returned(browser, purchase, session)
    assert payment_of(purchase).state is PaymentState.WAITING
    assert opened(browser, purchase) == session
    outside.pay(session)
    returned(browser, purchase, session)
    assert payment_of(purchase).state is PaymentState.PAID


def test_what_is_paid_asks_for_no_more(browser, outside, purchase):
    session = opened(browser, purchase)
    outside.pay(session)
    returned(browser, purchase, session)
    assert browser.get(f"/pay/{purchase.token}").headers["Location"] == f"/purchases/{purchase.token}"
    browser.post(f"/pay/{purchase.token}/cash")
    assert payment_of(purchase).state is PaymentState.PAID
    assert violations() == []


def test_after_its_time_the_page_says_so(browser, outside, purchase):
    opened(browser, purchase)
    clock.set_for_tests(clock.now() + timedelta(minutes=36))
    browser.get(f"/pay/{purchase.token}")
    assert browser.says("The time to pay is over. Nothing was charged. The goods are no longer kept.")
    assert not browser.all("main form")


@pytest.mark.parametrize("path", ["", "/return", "/opening", "/cash"])
def test_no_such_purchase(browser, outside, path):
    ask = browser.post if path in {"/opening", "/cash"} else browser.get
    assert ask(f"/pay/nothing-of-the-kind{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "/return", "/opening", "/cash"])
def test_cash_has_no_pay_page(browser, cast, outside, path):
    purchase = bought(cast, Method.CASH)
    ask = browser.post if path in {"/opening", "/cash"} else browser.get
    assert ask(f"/pay/{purchase.token}{path}").status_code == 302
    assert outside.sessions() == []
    assert {order.state for order in orders_of(purchase)} == {OrderState.PLACED}
