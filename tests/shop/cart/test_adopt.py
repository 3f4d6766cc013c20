"""A visitor's cart at sign-in."""

import pytest
from sqlalchemy import select

from shop.cart import queries, services
from shop.cart.models import Cart, CartLine
from shop.core.db import db, writing
from tests.browser import Browser


def packs():
    return {line.sku_id: line.quantity for line in db.session.scalars(select(CartLine))}


def test_what_was_chosen_before_sign_in_stays(browser, cast):
    browser.post("/cart/lines", sku=cast.sku().code, quantity="2")
    browser.sign_in(cast.buyer)
    browser.get("/cart")
    assert "Chè Shan tuyết Bình Lư" in browser.text
    assert queries.of_user(cast.buyer) is not None


def test_two_carts_become_one_and_the_larger_number_counts(app, browser, cast):
    at_home = Browser(app)
    at_home.sign_in(cast.buyer)
    at_home.post("/cart/lines", sku=cast.sku().code, quantity="3")
    browser.post("/cart/lines", sku=cast.sku().code, quantity="2")
    browser.post("/cart/lines", sku=cast.sku("honey").code, quantity="1")
    browser.sign_in(cast.buyer)
    browser.get("/cart")
    browser.get("/cart")
    assert packs() == {cast.sku().id: 3, cast.sku("honey").id: 1}
    assert db.session.scalars(select(Cart)).one().user_id == cast.buyer.id


def test_a_persons_cart_does_not_stay_behind_on_a_shared_phone(browser, cast):
    browser.post("/cart/lines", sku=cast.sku().code, quantity="2")
    browser.sign_in(cast.buyer)
    browser.get("/cart")
    browser.sign_out()
    browser.get("/cart")
    assert browser.says("The cart is empty")
    browser.post("/cart/lines", sku=cast.sku("honey").code, quantity="1")
    browser.get("/cart")
    assert "Chè Shan" not in browser.text
    assert packs() == {cast.sku().id: 2, cast.sku("honey").id: 1}


def test_a_signed_in_person_gets_no_cart_cookie(browser, cast):
    browser.sign_in(cast.buyer)
    browser.post("/cart/lines", sku=cast.sku().code, quantity="1")
    assert browser.cookie("cart") is None
    assert browser.get("/cart/count.json").json == {"count": 1}


def test_somebody_elses_cart_is_never_adopted(browser, cast):
    browser.post("/cart/lines", sku=cast.sku().code, quantity="1")
    token = browser.cookie("cart")
    browser.sign_in(cast.buyer)
    browser.get("/cart")
    with writing():
        assert services.adopt(token, cast.stranger) is None
    assert db.session.scalars(select(Cart)).one().user_id == cast.buyer.id


def test_one_person_has_one_cart(session, cast):
    with writing():
        first, _ = services.start(cast.buyer)
        again, token = services.start(cast.buyer)
        assert again.id == first.id
        assert queries.of_token(token) is None


@pytest.mark.parametrize("token", ["", "x", "ư" * 300])
def test_a_made_up_cookie_opens_nothing(session, cast, token):
    with writing():
        assert services.adopt(token, cast.buyer) is None
