"""The quick price and the quick count: one number, compared before it is set."""

import pytest

from products.lifecycle import RevisionState
from products.queries import open_revision
from products.stock import services
from shop.core.db import writing
from tests.products.complete import draft_of, handle


def path(product, end):
    return f"/my/products/{product.code}/{end}"


@pytest.fixture
def tea(cast, browser):
    browser.sign_in(cast.member)
    return handle(cast.product())


def test_a_new_price(browser, cast, tea):
    browser.get(path(tea, "price"))
    browser.post(path(tea, "price"), price="130k", expected="120000", follow=True)
    assert cast.sku().price == 130_000
    assert "130.000" in browser.text


def test_a_price_that_moved_meanwhile_is_explained(browser, cast, tea):
    with writing():
        services.set_price(cast.sku(), 125_000, 120_000, cast.second_member, "changed")
    assert browser.post(path(tea, "price"), price="130k", expected="120000").status_code == 409
    assert "125.000" in browser.one(".error-summary").text_content()
    assert browser.one("#price").get("value") == "130k", "what was typed is still there"
    assert cast.sku().price == 125_000
    expected = browser.one("input[name=expected]").get("value")
    browser.post(path(tea, "price"), price="130k", expected=expected)
    assert cast.sku().price == 130_000


@pytest.mark.parametrize("typed", ["", "0", "-1", "abc", "NaN", "9" * 50, "🍯", "x" * 10_000, "1,5"])
def test_no_such_price(browser, cast, tea, typed):
    assert browser.post(path(tea, "price"), price=typed, expected="120000").status_code == 422
    assert browser.one("#price").get("value") == typed
    assert browser.all(".error")
    assert cast.sku().price == 120_000


def test_1250_is_asked_back(browser, cast, tea):
    assert browser.post(path(tea, "price"), price="1.250", expected="120000").status_code == 422
    assert [field.get("value") for field in browser.all("input[name=price_meant]")] == ["1250", "1250000"]
    meant = {"price": "1.250", "price_meant": "1250000", "expected": "120000"}
    assert browser.post(path(tea, "price"), **meant).status_code == 422
    assert browser.says("This price is higher than usual. If it is right, choose Continue.")
    assert browser.one("input[name=price_ok]").get("value") == "1250000"


def test_an_unusual_price_is_a_question(browser, cast):
    with writing():
        product = cast.product()
        product.approved.type_code = "LC-001"
        tea = handle(product)
    browser.sign_in(cast.member)
    browser.post(path(tea, "price"), price="12k", expected="120000")
    assert browser.says("This price is lower than usual. If it is right, choose Continue.")
    ok = browser.one("input[name=price_ok]").get("value")
    browser.post(path(tea, "price"), price="12k", expected="120000", price_ok=ok, follow=True)
    assert browser.says(
        "An officer looks at %(price)s first. Until then buyers pay the old price.", price="12.000\xa0₫"
    )
    assert cast.sku().price == 120_000
    waiting = open_revision(cast.product())
    assert (waiting.state, waiting.proposed_price, waiting.base_price) == (RevisionState.SUBMITTED, 12_000, 120_000)


def test_a_new_count(browser, cast, tea):
    browser.get(path(tea, "stock"))
    browser.post(path(tea, "stock"), on_hand="２５", expected="10", follow=True)
    assert cast.sku().on_hand == 25


def test_a_count_that_was_overtaken_is_explained(browser, cast, tea):
    with writing():
        services.hold({cast.sku().id: 4}, "LC1")
    assert browser.post(path(tea, "stock"), on_hand="3", expected="10").status_code == 409
    assert "4" in browser.one(".error-summary").text_content()
    assert browser.post(path(tea, "stock"), on_hand="8", expected="11").status_code == 409
    assert browser.one("input[name=expected]").get("value") == "10"
    assert cast.sku().on_hand == 10


@pytest.mark.parametrize("typed", ["", "-1", "1.5", "abc", "9" * 50, "NaN"])
def test_no_such_count(browser, cast, tea, typed):
    assert browser.post(path(tea, "stock"), on_hand=typed, expected="10").status_code == 422
    assert browser.one("#on_hand").get("value") == typed
    assert cast.sku().on_hand == 10


@pytest.mark.parametrize("expected", ["", "abc", "-5", "9" * 40, "²"])
def test_a_page_number_that_is_none_is_taken_as_the_present_one(browser, cast, tea, expected):
    assert browser.post(path(tea, "stock"), on_hand="7", expected=expected).status_code == 302
    assert cast.sku().on_hand == 7


@pytest.mark.parametrize("end", ["price", "stock"])
def test_a_draft_has_no_price_to_change(browser, cast, end):
    with writing():
        draft = handle(draft_of(cast))
    browser.sign_in(cast.member)
    assert browser.get(path(draft, end)).status_code == 404
    assert browser.post(path(draft, end), price="1k", on_hand="1", expected="1").status_code == 404
