"""Putting goods into the cart."""

import pytest
from sqlalchemy import select

from products.lifecycle import Shelf
from products.stock.services import set_price
from shop.cart.models import Cart, CartLine
from shop.core.db import db, writing


def lines():
    return list(db.session.scalars(select(CartLine).order_by(CartLine.id)))


def cookie(browser, name):
    return browser.client.get_cookie(name, domain=browser.host)


def test_a_visitor_gets_a_cart_with_the_first_line_only(browser, cast):
    browser.get("/cart")
    assert browser.response.headers.getlist("Set-Cookie") == []
    browser.post("/cart/lines", sku=cast.sku().code, quantity="2")
    assert browser.response.status_code == 302
    made = cookie(browser, "cart")
    assert made.http_only
    assert made.same_site == "Lax"
    assert not cookie(browser, "has_cart").http_only
    assert [(line.quantity, line.price_seen) for line in lines()] == [(2, 120_000)]
    browser.get("/cart")
    assert "Chè Shan tuyết Bình Lư" in browser.text
    assert "240.000" in browser.text
    assert browser.response.headers["Cache-Control"] == "no-store"


def test_the_cookie_is_not_what_is_kept(browser, cast):
    browser.post("/cart/lines", sku=cast.sku().code, quantity="1")
    kept = db.session.scalars(select(Cart)).one()
    assert cookie(browser, "cart").value not in (kept.token_digest, kept.attempt)


def test_more_of_the_same_is_one_line(browser, cast):
    for packs in ("2", "3"):
        browser.post("/cart/lines", sku=cast.sku().code, quantity=packs)
    assert [line.quantity for line in lines()] == [5]
    assert db.session.scalars(select(Cart)).one()


def test_without_a_number_it_is_one_pack(browser, cast):
    browser.post("/cart/lines", sku=cast.sku().code)
    assert [line.quantity for line in lines()] == [1]


@pytest.mark.parametrize(
    "typed", ["0", "-1", "1.5", "1,5", "1e9", "NaN", "３", "", " ", "một", "9" * 40, "1000", "1_0"]
)
def test_no_number_of_packs_gets_a_sentence(browser, cast, typed):
    browser.post("/cart/lines", sku=cast.sku().code, quantity=typed)
    assert browser.response.status_code == 422
    assert browser.one("[role=alert]").text_content().strip()
    assert lines() == []


def test_a_list_of_numbers_is_no_number(browser, cast):
    browser.post("/cart/lines", sku=cast.sku().code, quantity=["1", "2"])
    assert browser.response.status_code == 422
    assert lines() == []


def test_more_than_there_is(browser, cast):
    browser.post("/cart/lines", sku=cast.sku().code, quantity="11")
    assert browser.response.status_code == 422
    assert "10" in browser.one("[role=alert]").text_content()
    browser.post("/cart/lines", sku=cast.sku().code, quantity="6")
    browser.post("/cart/lines", sku=cast.sku().code, quantity="5")
    assert browser.response.status_code == 422
    assert [line.quantity for line in lines()] == [6]


def test_goods_that_are_not_public(browser, cast):
    code = cast.sku().code
    with writing():
        cast.product().shelf = Shelf.PAUSED
    browser.post("/cart/lines", sku=code, quantity="1")
    assert browser.response.status_code == 404
    browser.post("/cart/lines", sku="NOSUCH-1", quantity="1")
    assert browser.response.status_code == 404
    assert lines() == []


@pytest.mark.parametrize("facts", [{"ship_class": "live"}, {"ship_class": "service"}, {"type_code": "alcohol"}])
def test_goods_that_are_ordered_by_telephone(browser, cast, facts):
    from products.catalogue import TYPES

    code = cast.sku().code
    alcohol = next(known.code for known in TYPES.values() if known.document_rule == "alcohol")
    with writing():
        for name, value in facts.items():
            setattr(cast.product().approved, name, alcohol if value == "alcohol" else value)
    browser.post("/cart/lines", sku=code, quantity="1")
    assert browser.response.status_code == 422
    assert browser.says("These goods are ordered by telephone. Call the seller.")
    assert lines() == []


def test_the_price_is_ours_not_the_forms(browser, cast):
    browser.post("/cart/lines", sku=cast.sku().code, quantity="1", price="1", total="1", price_seen="1")
    assert [line.price_seen for line in lines()] == [120_000]


def test_the_count_is_private_and_small(browser, cast):
    assert browser.get("/cart/count.json").json == {"count": 0}
    browser.post("/cart/lines", sku=cast.sku().code, quantity="2")
    browser.post("/cart/lines", sku=cast.sku("honey").code, quantity="1")
    answer = browser.get("/cart/count.json")
    assert answer.json == {"count": 3}
    assert answer.headers["Cache-Control"] == "no-store"


def test_another_browser_has_another_cart(app, browser, cast):
    from tests.browser import Browser

    browser.post("/cart/lines", sku=cast.sku().code, quantity="2")
    other = Browser(app)
    other.get("/cart")
    assert other.says("The cart is empty")
    other.set_cookie("cart", "made-up")
    other.get("/cart")
    assert other.says("The cart is empty")


def test_a_foreign_page_cannot_fill_a_cart(browser, cast):
    answer = browser.client.post(
        "/cart/lines",
        base_url=browser.origin,
        data={"sku": cast.sku().code, "quantity": "1"},
        headers={"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 403
    assert lines() == []


def test_the_price_seen_is_the_one_on_that_day(browser, cast):
    browser.post("/cart/lines", sku=cast.sku().code, quantity="1")
    with writing():
        set_price(cast.sku(), 130_000, 120_000, cast.member, "changed")
    browser.post("/cart/lines", sku=cast.sku().code, quantity="1")
    assert [(line.quantity, line.price_seen) for line in lines()] == [(2, 120_000)]
