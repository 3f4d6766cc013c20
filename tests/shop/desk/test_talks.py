"""The seller reads what buyers wrote, and answers: members, and helpers as far as they were asked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from cooperatives.helping.models import Scope
from shop.accounts.models import Throttle
from shop.core import clock
from shop.core.db import db
from shop.notices.models import Notice
from shop.orders.models import Order
from shop.orders.talks import services
from shop.orders.talks.models import OrderMessage, Side
from tests.cooperatives.helping import helped
from tests.shop.orders.buying import at, ordered
from tests.shop.orders.talks.talking import buyer_says, read, texts


@pytest.fixture
def tea(cast):
    """An order whose buyer wrote: its id, its page, and the page of its messages alone."""
    order = ordered(cast).orders[0]
    buyer_says(order.id, "Gói riêng giúp tôi")
    return order.id, f"/my/orders/{order.code}", f"/my/orders/{order.code}/messages"


def test_unread_in_the_list_and_on_the_first_page_until_it_is_opened(browser, cast, tea):
    key, page, _address = tea
    at(key, "delivered")
    browser.sign_in(cast.member)
    for path in ("/my/orders?state=done", "/my/orders?state=unread"):
        browser.get(path)
        assert "1 tin chưa đọc" in browser.text
    browser.get("/desk")
    assert "Gói riêng giúp tôi" in browser.text
    browser.get(page)
    assert "Gói riêng giúp tôi" in browser.one("#messages .talk").text_content()
    for path in ("/my/orders?state=done", "/my/orders?state=unread"):
        browser.get(path)
        assert "chưa đọc" not in browser.text
    browser.get("/desk")
    assert "Gói riêng giúp tôi" not in browser.text


def test_an_answer_stands_on_the_order_with_its_name(browser, cast, tea):
    _key, page, address = tea
    browser.sign_in(cast.second_member)
    browser.get(page)
    browser.post(address, follow=True, text="Vâng, gói riêng ạ", press="")
    own = browser.one(".talk .own").text_content()
    assert "Vâng, gói riêng ạ" in own
    assert cast.second_member.name in own
    assert texts() == ["Gói riêng giúp tôi", "Vâng, gói riêng ạ"]


def test_what_is_wrong_is_said_with_the_words_kept(browser, cast, tea):
    _key, _page, address = tea
    browser.sign_in(cast.member)
    assert browser.post(address, text="a" * 1001, press="").status_code == 422
    assert browser.one("textarea").text.strip() == "a" * 1001
    assert browser.all(".field.wrong .error")


def test_an_hour_has_a_bound_here_too_and_then_it_is_over(browser, cast, tea):
    _key, page, address = tea
    clock.set_for_tests(clock.now())
    browser.sign_in(cast.member)
    for number in range(services.AN_HOUR_MOST):
        answer = browser.post(address, text=f"Lần {number}", press="")
        assert (answer.status_code, answer.location) == (302, f"{page}#messages")
    assert browser.post(address, text="Nữa", press="").status_code == 429
    assert browser.one("textarea").text.strip() == "Nữa"
    assert browser.all(".summary, [role=alert], .error")
    assert len(texts()) == 1 + services.AN_HOUR_MOST
    clock.set_for_tests(clock.now() + timedelta(hours=1, seconds=1))
    assert browser.post(address, text="Nữa", press="").status_code == 302


def test_after_a_refusal_the_words_can_be_sent(browser, cast, tea):
    _key, _page, address = tea
    browser.sign_in(cast.member)
    same = "the-very-same-press"
    assert browser.post(address, text="Một", press=same).status_code == 302
    assert browser.post(address, text="Hai", press=same).status_code == 409
    again = browser.one("form[action$='/messages'] input[name=press]").get("value")
    assert browser.post(address, text="Hai", press=again).status_code == 302


def test_a_stranger_uses_up_nobodys_hour(browser, cast, tea):
    _key, _page, address = tea
    browser.sign_in(cast.stranger)
    browser.post(address, text="Chào", press="")
    assert [row.key for row in db.session.query(Throttle) if row.key.startswith("order-talk:")] == []


def test_a_stranger_and_the_wrong_role_find_nothing(browser, cast, tea):
    _key, _page, address = tea
    for who, status in (("stranger", 404), ("officer", 403), ("admin", 403), ("buyer", 403)):
        browser.sign_in(cast.user(who))
        assert browser.get(address).status_code == status
        assert browser.post(address, text="Chào", press="").status_code == status
    assert len(texts()) == 1


@pytest.mark.parametrize("scope", [Scope.ORDERS, Scope.REPLIES])
def test_a_helper_asked_for_orders_or_replies_answers_with_both_names(browser, cast, tea, scope):
    key, page, address = tea
    helped.helping(browser, cast, scope)
    browser.get(page if scope is Scope.ORDERS else address)
    assert "Gói riêng giúp tôi" in browser.text
    assert browser.post(address, text="Vâng ạ", press="", follow=True).status_code == 200
    assert f"{cast.helper.name}, thay {cast.member.name}" in browser.text
    kept = db.session.scalars(select(OrderMessage).where(OrderMessage.side == Side.SELLER)).one()
    assert (kept.author_id, kept.on_behalf_of_id) == (cast.helper.id, cast.member.id)
    assert db.session.get_one(Order, key).cooperative_id == cast.cooperative().id


def test_a_helper_asked_for_goods_alone_may_not(browser, cast, tea):
    _key, _page, address = tea
    helped.helping(browser, cast, Scope.GOODS)
    assert browser.get(address).status_code == 403
    assert browser.post(address, text="Vâng", press="").status_code == 403
    browser.get("/desk")
    assert "Gói riêng giúp tôi" not in browser.text


def test_who_answers_for_the_seller_is_told_too(cast):
    helped.team(cast)
    helped.consent(cast, Scope.REPLIES)
    buyer_says(ordered(cast).orders[0].id, "Chào")
    told = set(db.session.scalars(select(Notice.user_id).where(Notice.kind == "order_message")))
    assert told == {cast.member.id, cast.second_member.id, cast.helper.id}


def test_once_writing_has_ended_the_page_says_so(browser, cast, tea):
    key, page, _address = tea
    read(key, Side.SELLER)
    at(key, "delivered")
    browser.sign_in(cast.member)
    browser.get(page)
    assert "Bạn có thể nhắn đến" in browser.text
