"""Where it is confirmed: the order's page of the seller, the first page, and the link on the receiver's phone."""

import pytest

from shop.core.db import db
from shop.orders.lifecycle import OrderState
from shop.orders.models import Answer, Order
from tests.shop.orders.confirming.asking import asked, asked_before_packing, question


@pytest.fixture
def waiting(cast):
    """An accepted order that waits for its buyer's word: its id, its page, and the receiver's link."""
    code, key = asked_before_packing(cast)
    return db.session.query(Order).filter_by(code=code).one().id, f"/my/orders/{code}", f"/yes/{key}"


def order(key):
    return db.session.get_one(Order, key, populate_existing=True)


def test_the_page_says_whom_to_call_and_hides_packing(browser, cast, waiting):
    _key, page, _link = waiting
    browser.sign_in(cast.member)
    browser.get(page)
    assert browser.says("Call the buyer before you pack")
    assert browser.all("a[href='tel:+84912000777']")
    assert not browser.all("form[action$='/packing']")
    assert browser.post(f"{page}/packing", packed=["0"]).status_code == 409
    browser.get("/desk")
    assert browser.says("Buyers to call before packing")


@pytest.mark.parametrize("result", ["confirmed", "known"])
def test_with_the_answer_it_may_be_packed(browser, cast, waiting, result):
    key, page, _link = waiting
    browser.sign_in(cast.member)
    browser.post(f"{page}/confirmation", follow=True, result=result)
    assert browser.all("form[action$='/packing']")
    assert cast.member.name in browser.one("main").text_content()
    assert question(order(key)).answer is Answer(result)
    assert browser.post(f"{page}/confirmation", result="known").status_code == 409


def test_nobody_answers(browser, cast, waiting):
    key, page, _link = waiting
    browser.sign_in(cast.member)
    browser.post(f"{page}/confirmation", follow=True, result="no_answer")
    assert question(order(key)).tries == 1
    assert browser.says("Call the buyer before you pack")


def test_not_wanted_cancels_with_the_reason(browser, cast, waiting):
    key, page, _link = waiting
    browser.sign_in(cast.member)
    browser.post(f"{page}/confirmation", follow=True, result="declined")
    assert (order(key).state, bool(order(key).ended_because)) == (OrderState.CANCELLED, True)
    assert question(order(key)).answer is Answer.DECLINED


@pytest.mark.parametrize("result", ["", "waiting", "paid"])
def test_only_what_is_on_the_page(browser, cast, waiting, result):
    key, page, _link = waiting
    browser.sign_in(cast.member)
    assert browser.post(f"{page}/confirmation", result=result).status_code == 422
    assert question(order(key)).answer is Answer.WAITING


@pytest.mark.parametrize("who", ["stranger", "officer", "buyer"])
def test_nobody_else(browser, cast, waiting, who):
    key, page, _link = waiting
    browser.sign_in(cast.user(who))
    assert browser.post(f"{page}/confirmation", result="confirmed").status_code in {403, 404}
    assert question(order(key)).answer is Answer.WAITING


def test_the_link_alone_says_nothing_its_button_does(browser, waiting):
    key, _page, link = waiting
    browser.get(link)
    assert browser.says("Did you order this?")
    assert question(order(key)).answer is Answer.WAITING
    browser.post(link, follow=True)
    assert (question(order(key)).answer, question(order(key)).by) == (Answer.CONFIRMED, "buyer")
    assert browser.get(link).status_code == 302
    assert browser.get("/yes/khong-co").status_code == 404


def test_who_ordered_reads_what_is_waited_for_and_cannot_press(browser, cast):
    purchase = asked(cast)
    key = question(purchase.orders[0]).key
    browser.get(f"/purchases/{purchase.token}")
    assert key not in browser.response.get_data(as_text=True)
    assert "777" in browser.one(".parcel .notice").text_content()


def test_after_it_ended_the_link_leads_to_the_order(browser, cast, waiting):
    key, page, link = waiting
    browser.sign_in(cast.member)
    browser.post(f"{page}/confirmation", result="declined")
    assert browser.get(link).status_code == 302
    assert order(key).state is OrderState.CANCELLED
