"""The buyer writes to the seller from the page of the purchase."""

from datetime import timedelta

import pytest

from shop.core import clock
from shop.core.db import db, writing
from shop.orders.models import Order
from shop.orders.talks import services
from shop.orders.talks.models import OrderMessage, Side
from tests.shop.orders.buying import at, ordered
from tests.shop.orders.talks.talking import buyer_says, read, seller_says, texts


@pytest.fixture
def tea(cast):
    """An order of two packs of tea: its id, the page of its purchase, the address to write to."""
    made = ordered(cast)
    order = made.orders[0]
    page = f"/purchases/{made.token}"
    return order.id, page, f"{page}/orders/{order.code}/messages"


def press(browser):
    return browser.one("form[action$='/messages'] input[name=press]").get("value")


def test_it_is_written_on_the_page_and_stands_there(browser, cast, tea):
    _key, page, address = tea
    browser.get(page)
    assert browser.all(f"form[action='{address}'] textarea")
    browser.post(address, follow=True, text="Gói riêng giúp tôi. Số khác: 0987 654 321", press=press(browser))
    assert "Gói riêng giúp tôi. Số khác: 0987 654 321" in browser.one(".talk .own").text_content()
    assert not browser.one(f"form[action='{address}'] textarea").text.strip()
    assert db.session.query(OrderMessage).one().author_id is None


def test_the_answer_is_new_once_and_then_read(browser, cast, tea):
    key, page, _address = tea
    seller_says(key, cast.member, "Vâng ạ")
    browser.get(page)
    assert "1 tin mới" in browser.text
    assert cast.member.name not in browser.one(".talk").text_content(), "the shop speaks, not a person"
    browser.get(page)
    assert "1 tin mới" not in browser.text
    assert "Vâng ạ" in browser.text


def test_who_bought_signed_in_is_named(browser, cast, tea):
    key, page, address = tea
    with writing():
        db.session.get_one(Order, key).purchase.buyer_id = cast.ids["buyer"]
    for who, author in (("stranger", None), ("buyer", cast.ids["buyer"])):
        browser.sign_in(cast.user(who))
        browser.get(page)
        browser.post(address, text="Chào", press=press(browser))
        assert db.session.query(OrderMessage).order_by(OrderMessage.id.desc()).first().author_id == author


def test_sent_twice_is_one_message(browser, cast, tea):
    _key, page, address = tea
    browser.get(page)
    same = press(browser)
    for _ in range(2):
        assert browser.post(address, text="Một lần", press=same).status_code == 302
    assert texts() == ["Một lần"]
    assert browser.post(address, text="Lần khác", press=same).status_code == 409
    assert browser.one("textarea").text.strip() == "Lần khác"
    assert browser.post(address, text="Lần khác", press=press(browser)).status_code == 302
    assert texts() == ["Một lần", "Lần khác"]


@pytest.mark.parametrize("text", ["", "  \n ", "\0", "a" * 1001])
def test_not_with_this_input(browser, cast, tea, text):
    _key, page, address = tea
    browser.get(page)
    assert browser.post(address, text=text, press=press(browser)).status_code == 422
    assert browser.all(".field.wrong .error")
    assert browser.one("textarea").text.strip() == text.replace("\0", "").strip()
    assert texts() == []


@pytest.mark.parametrize("given", ["", "short", "'; --", "ü" * 30])
def test_a_press_that_is_none_gets_one(browser, cast, tea, given):
    assert browser.post(tea[2], text="Chào", press=given).status_code == 302
    assert texts() == ["Chào"]


def test_a_nul_inside_the_words_is_left_out(browser, cast, tea):
    browser.post(tea[2], text="Gói\0 riêng", press="")
    assert texts() == ["Gói riêng"]


def test_an_hour_has_a_bound_and_the_words_stay(browser, cast, tea):
    key, _page, address = tea
    for number in range(services.AN_HOUR_MOST):
        assert browser.post(address, text=f"Lần {number}", press="").status_code == 302
    assert browser.post(address, text="Nữa", press="").status_code == 429
    assert browser.all(".error-summary li"), "the page says why, and until when"
    assert browser.one("textarea").text.strip() == "Nữa"
    assert len(texts()) == services.AN_HOUR_MOST
    browser.sign_in(cast.member)
    code = db.session.get_one(Order, key).code
    assert browser.post(f"/my/orders/{code}/messages", text="Vâng", press="").status_code == 302, "the other side"


def test_a_refusal_is_said_on_the_page(browser, cast, tea):
    key, _page, address = tea
    at(key, "delivered")
    clock.set_for_tests(clock.now() + timedelta(days=31))
    assert browser.post(address, text="Muộn", press="").status_code == 409
    assert "Đã hết hạn nhắn" in browser.text


def test_the_address_alone_leads_to_the_page(browser, cast, tea):
    _key, page, address = tea
    answer = browser.get(address)
    assert answer.status_code == 302
    assert f"{page}#messages-" in answer.location


def test_what_is_wrong_is_said_beside_its_own_parcel(browser, cast):
    made = ordered(cast, tea=1, honey=1)
    for order in made.orders:
        code, name = order.code, order.seller_name
        assert browser.post(f"/purchases/{made.token}/orders/{code}/messages", text="", press="").status_code == 422
        assert name in browser.one("h1").text_content()


def test_another_link_or_code_finds_nothing(browser, cast, tea):
    _key, page, address = tea
    other = ordered(cast, honey=1)
    assert browser.post(f"{page}/orders/{other.orders[0].code}/messages", text="Chào").status_code == 404
    assert browser.post(address.replace(page[-6:], "xxxxxx"), text="Chào").status_code == 404
    assert texts() == []


def test_two_parcels_have_their_own(browser, cast):
    made = ordered(cast, tea=1, honey=1)
    buyer_says(made.orders[1].id, "Về mật ong")
    browser.get(f"/purchases/{made.token}")
    assert [len(part.cssselect(".talk > li")) for part in browser.all(".parcel")] == [0, 1]
    ids = [one.get("id") for one in browser.all("[id]")]
    assert len(ids) == len(set(ids))


def test_reading_by_the_seller_does_not_read_for_the_buyer(browser, cast, tea):
    key, page, _address = tea
    seller_says(key, cast.member, "Vâng ạ")
    read(key, Side.SELLER)
    browser.get(page)
    assert "1 tin mới" in browser.text
