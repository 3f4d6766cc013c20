"""An invoice for a company: asked for at checkout, frozen with the purchase, read by its sellers."""

import pytest
from sqlalchemy import select

from shop.cart.models import Cart
from shop.core.db import db, writing
from shop.orders.invoices.models import PurchaseInvoice
from shop.orders.models import Purchase
from shop.privacy.erasing import reduce_purchases
from shop.privacy.gathering import gathered
from tests.browser import Browser
from tests.shop.checkout.shopping import DETAILS, fill, order, tell

ASKED = {
    "invoice-company": "Công ty TNHH Ngọc Hà",
    "invoice-tax_code": "6200 012 349",
    "invoice-address": "Số 1 phố Ngọc Hà, Hà Nội",
    "invoice-email": "ketoan@ngocha.example",
}


def kept() -> list[PurchaseInvoice]:
    return list(db.session.scalars(select(PurchaseInvoice)))


def test_it_is_frozen_with_the_purchase(browser, cast):
    fill(browser, cast)
    tell(browser, **ASKED)
    assert browser.says("Invoice for")
    assert "6200012349" in browser.text
    order(browser)
    (one,) = kept()
    assert (one.company, one.tax_code) == ("Công ty TNHH Ngọc Hà", "6200012349")
    assert (one.address, one.email) == ("Số 1 phố Ngọc Hà, Hà Nội", "ketoan@ngocha.example")
    browser.get(browser.response.headers["Location"])
    assert "Công ty TNHH Ngọc Hà" in browser.text


def test_nobody_must(browser, cast):
    fill(browser, cast)
    tell(browser)
    assert not browser.says("Invoice for")
    order(browser)
    assert kept() == []


def test_it_goes_to_the_buyers_e_mail_where_no_other_is_told(browser, cast):
    fill(browser, cast)
    tell(browser, **(ASKED | {"invoice-email": "", "email": "anh@example.com"}))
    order(browser)
    assert kept()[0].email == "anh@example.com"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("company", ""),
        ("company", "x" * 201),
        ("tax_code", ""),
        ("tax_code", "6200012345"),
        ("tax_code", "62000"),
        ("tax_code", "012087001234"),  # a person's
        ("address", ""),
        ("email", ""),
        ("email", "ketoan"),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(browser, cast, field, value):
    fill(browser, cast)
    browser.post("/checkout", **(DETAILS | ASKED | {f"invoice-{field}": value}))
    assert browser.response.status_code == 422
    assert browser.one(f"#invoice-{field}-error").text_content().strip()
    assert browser.one(f".error-summary a[href='#invoice-{field}']") is not None
    assert browser.one("#invoice-address").get("value") == (ASKED | {f"invoice-{field}": value})["invoice-address"]
    assert db.session.scalars(select(Cart)).one().details == {}


def test_the_seller_reads_it_after_the_yes_and_no_other_seller(app, browser, cast):
    fill(browser, cast)
    tell(browser, **ASKED)
    order(browser)
    code = db.session.scalars(select(Purchase)).one().orders[0].code
    seller = Browser(app)
    seller.sign_in(cast.member)
    seller.get(f"/my/orders/{code}")
    assert "6200012349" not in seller.text
    seller.post(f"/my/orders/{code}/acceptance", follow=True)
    assert seller.says("The buyer wants an invoice")
    assert "6200012349" in seller.text
    other = Browser(app)
    other.sign_in(cast.stranger)
    assert other.get(f"/my/orders/{code}").status_code == 404


def test_it_is_in_the_buyers_file_and_goes_with_the_name(browser, cast):
    browser.sign_in(cast.buyer)
    fill(browser, cast)
    tell(browser, **ASKED)
    order(browser)
    assert gathered(cast.buyer)["purchases"][0]["invoice"]["tax_code"] == "6200012349"
    with writing():
        reduce_purchases(Purchase.buyer_id == cast.ids["buyer"])
    assert kept() == []
    assert gathered(cast.buyer)["purchases"][0]["invoice"] is None
