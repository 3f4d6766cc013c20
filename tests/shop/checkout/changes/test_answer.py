"""The buyer answers what to do about missing goods, by the link."""

import pytest

from shop.core.db import writing
from shop.core.formats import show_datetime
from shop.orders.changes.lifecycle import ChangeState
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method
from shop.payments.changing import services
from tests.shop.orders.buying import ordered
from tests.shop.payments.changing.asking import accepted, ask, asked, change_of, order_of
from tests.shop.payments.changing.instead import offered


def page_of(found):
    return f"/purchases/{found['token']}/orders/{found['code']}/changes/{found['change']}"


@pytest.mark.parametrize(
    ("answer", "state", "order", "less"),
    [
        ("yes", ChangeState.AGREED, OrderState.ACCEPTED, 120_000),
        ("rest", ChangeState.DECLINED, OrderState.ACCEPTED, 360_000),
        ("cancel", ChangeState.DECLINED, OrderState.CANCELLED, 0),
    ],
)
def test_each_answer(browser, cast, answer, state, order, less):
    found = asked(cast)
    browser.get(f"/purchases/{found['token']}")
    assert page_of(found) in [link.get("href") for link in browser.all("a.button")]
    browser.get(page_of(found))
    assert [one.get("value") for one in browser.all("button[name=answer]")] == ["yes", "rest", "cancel"]
    browser.post(page_of(found), answer=answer, follow=True)
    assert browser.response.status_code == 200
    now = order_of(found["code"])
    assert (change_of(found["change"]).state, now.state, now.total - now.due) == (state, order, less)
    assert browser.get(page_of(found)).status_code == 302, "answered: back to the purchase"


def test_a_prepaid_buyer_reads_what_goes_back(browser, cast):
    code = accepted(cast, Method.BANK_QR)
    change = ask(cast, code, 2, note="Mưa to quá.")
    browser.get(page_of({"code": code, "change": change, "token": order_of(code).purchase.token}))
    assert browser.says("Mưa to quá.")
    assert "120.000" in browser.text


def test_somebody_was_quicker(browser, cast):
    found = asked(cast)
    browser.get(page_of(found))
    with writing():
        services.agree(change_of(found["change"]), None)
    browser.post(page_of(found), answer="cancel", follow=True)
    assert browser.says("This was already handled. Open the page again to see how it stands now.")
    assert order_of(found["code"]).state is OrderState.ACCEPTED


@pytest.mark.parametrize("answer", ["", "no", "agree"])
def test_no_such_answer(browser, cast, answer):
    found = asked(cast)
    assert browser.post(page_of(found), answer=answer).status_code == 422
    assert change_of(found["change"]).is_open


def test_nothing_is_left_without_it(browser, cast):
    code = accepted(cast, tea=3)
    found = {"code": code, "change": ask(cast, code, 1), "token": order_of(code).purchase.token}
    browser.get(page_of(found))
    assert [one.get("value") for one in browser.all("button[name=answer]")] == ["yes", "cancel"]
    browser.post(page_of(found), answer="rest")
    assert browser.response.status_code == 422
    assert browser.says("Nothing would be left to send. Cancel the order instead.")


def test_by_the_link_alone(browser, cast):
    found, other = asked(cast), ordered(cast, honey=1)
    theirs = found | {"token": other.token}
    for wrong in (theirs, theirs | {"code": other.orders[0].code}, found | {"change": "00000000"}):
        assert browser.get(page_of(wrong)).status_code == 404
        assert browser.post(page_of(wrong), answer="yes").status_code == 404
    assert change_of(found["change"]).is_open


@pytest.mark.parametrize(
    ("answer", "state", "less", "sent"),
    [
        ("yes", ChangeState.AGREED, 200_000, "2 × Cải mèo"),
        ("without", ChangeState.AGREED, 240_000, ""),
        ("rest", ChangeState.DECLINED, 360_000, ""),
    ],
)
def test_something_else_instead(browser, cast, answer, state, less, sent):
    found = offered(cast)
    browser.get(page_of(found))
    assert [one.get("value") for one in browser.all("button[name=answer]")] == ["yes", "without", "rest", "cancel"]
    assert browser.says("You pay nothing more for it. It is kept for you until you answer.")
    assert "2 × Cải mèo" in browser.text and "40.000" in browser.text
    assert "Cải mèo" not in browser.get(f"/purchases/{found['token']}").text, "not in the parcel before the yes"
    browser.post(page_of(found), answer=answer, follow=True)
    now = order_of(found["code"])
    assert (change_of(found["change"]).state, now.total - now.due) == (state, less)
    assert (sent in browser.text) if sent else "Cải mèo" not in browser.text


def test_nothing_else_is_there(browser, cast):
    found = offered(cast, tea=1)
    browser.get(page_of(found))
    assert [one.get("value") for one in browser.all("button[name=answer]")] == ["yes", "cancel"]
    with browser.app.app_context():
        until = show_datetime(change_of(found["change"]).until)
    assert browser.says("Without an answer by %(until)s the order is cancelled.", until=until)
    for wrong in ("without", "rest"):
        browser.post(page_of(found), answer=wrong)
        assert browser.response.status_code == 422
    assert change_of(found["change"]).is_open
