"""The first page of checkout: who receives, and where."""

import pytest
from sqlalchemy import select

from shop.cart.models import Cart
from shop.core.db import db, writing
from tests.shop.checkout.shopping import DETAILS, fill, tell


def test_five_entries_lead_to_the_second_page(browser, cast):
    fill(browser, cast)
    browser.get("/checkout")
    shown = [field.get("name") for field in browser.all("main form input:not([type=hidden]), main form select")]
    five = [name for name in shown if name != "email" and not name.startswith(("invoice-", "gift-"))]
    assert five == ["name", "phone", "province", "commune", "line"]
    tell(browser)
    assert browser.response.status_code == 200
    assert browser.says("Check and order")
    kept = db.session.scalars(select(Cart)).one()
    assert kept.details["phone"] == "+84912000106"
    assert kept.province_code == "01"


def test_a_telephone_knows_what_to_fill_in(browser, cast):
    fill(browser, cast)
    browser.get("/checkout")
    tokens = {field.get("name"): field.get("autocomplete") for field in browser.all("[autocomplete]")}
    expected = {"name": "name", "phone": "tel", "province": "address-level1", "commune": "address-level2"}
    assert expected.items() <= tokens.items()
    assert tokens["line"] == "street-address"
    assert browser.one("input[name=phone]").get("inputmode") == "tel"


def test_only_the_communes_of_the_province_travel(browser, cast):
    fill(browser, cast)
    browser.get("/checkout")
    assert len(browser.all("select[name=commune] option")) == 1
    browser.post("/checkout", choose_province="1", province="12", name="Anh")
    assert browser.response.status_code == 200
    assert len(browser.all("select[name=commune] option")) == 39
    assert browser.one("input[name=name]").get("value") == "Anh"
    assert not browser.all(".error-summary")
    assert not browser.all("select[name=province] option[value='12']:not([selected])")


def test_what_was_told_stands_there_again(browser, cast):
    fill(browser, cast)
    tell(browser)
    browser.get("/checkout")
    assert browser.one("input[name=phone]").get("value") == "0912 000 106"
    assert browser.one("select[name=commune] option[selected]").get("value") == "00004"
    assert browser.one("input[name=line]").get("value") == DETAILS["line"]


def test_nothing_of_it_stands_in_an_address(browser, cast):
    fill(browser, cast)
    answer = browser.post("/checkout", **DETAILS)
    assert answer.headers["Location"] == "/checkout/confirmation"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 81),
        ("phone", ""),
        ("phone", "12345"),
        ("phone", "không có"),
        ("province", ""),
        ("province", "99"),
        ("commune", ""),
        ("commune", "03390"),  # of another province
        ("commune", "00000"),
        ("line", "  "),
        ("line", "x" * 201),
        ("email", "no address"),
        ("email", "a@b"),
        ("note", "x" * 501),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(browser, cast, field, value):
    fill(browser, cast)
    browser.post("/checkout", **(DETAILS | {field: value}))
    assert browser.response.status_code == 422
    assert browser.one(f"#{field}-error").text_content().strip()
    assert browser.one(".error-summary a[href='#" + field + "']") is not None
    if field not in ("name", "line"):
        assert browser.one("input[name=name]").get("value") == DETAILS["name"]
    assert db.session.scalars(select(Cart)).one().details == {}


@pytest.mark.parametrize("typed", ["0912000106", "0912.000.106", "+84 912 000 106", "84912000106"])
def test_a_phone_as_people_write_it(browser, cast, typed):
    fill(browser, cast)
    tell(browser, phone=typed)
    assert db.session.scalars(select(Cart)).one().details["phone"] == "+84912000106"


def test_a_place_the_goods_cannot_reach(browser, cast):
    fill(browser, cast, tea=1)
    with writing():
        cast.product().approved.ship_class = "fresh"
    browser.post("/checkout", **(DETAILS | {"province": "79", "commune": "25747"}))
    assert browser.response.status_code == 422
    assert browser.says("%(sellers)s cannot send these goods so far.", sellers="Hợp tác xã Chè Bình Lư")


def test_without_goods_there_is_nothing_to_send(browser, cast):
    for path in ("/checkout", "/checkout/confirmation"):
        assert browser.get(path).status_code == 302
    fill(browser, cast)
    browser.post(f"/cart/lines/{cast.sku().code}", remove="1")
    assert browser.get("/checkout").headers["Location"] == "/cart"


def test_the_account_fills_in_what_it_knows(browser, cast):
    browser.sign_in(cast.buyer)
    fill(browser, cast)
    browser.get("/checkout")
    assert browser.one("input[name=name]").get("value") == "Trần Minh Anh"
    assert browser.one("input[name=phone]").get("value") == "0912 000 106"


def test_another_visitor_sees_nothing_of_it(app, browser, cast):
    from tests.browser import Browser

    fill(browser, cast)
    tell(browser)
    other = Browser(app)
    fill(other, cast)
    other.get("/checkout")
    assert not other.one("input[name=name]").get("value")
