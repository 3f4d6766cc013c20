"""The second page of checkout: check, choose how to pay, order once."""

import pytest
from sqlalchemy import func, select

from products.stock.services import count, set_price
from shop.cart.models import Cart
from shop.core.db import db, writing
from shop.orders.models import Order, Purchase
from tests.shop.checkout.shopping import bought, fill, hidden, order, tell


def purchases():
    return db.session.scalar(select(func.count(Purchase.id)))


def test_everything_once_more_and_the_amount_in_the_button(browser, cast):
    fill(browser, cast, tea=2, honey=1)
    tell(browser)
    assert "Số 12 phố Ngọc Hà, Phường Ba Đình, Thành phố Hà Nội" in browser.text
    assert "0912 000 106" in browser.text
    button = browser.one("form[action='/checkout/confirmation'] button")
    assert "542.000" in button.text_content()
    assert len(browser.all(".summary .change a")) == 3
    assert browser.one("input[name=method][checked]").get("value") == "cash_on_delivery"


def test_ordered_with_cash(browser, cast):
    path = bought(browser, cast, tea=2, honey=1)
    assert browser.response.status_code == 302
    purchase = db.session.scalars(select(Purchase)).one()
    assert path == f"/purchases/{purchase.token}"
    assert [one.total for one in purchase.orders] == [264_000, 278_000]
    browser.get(path)
    assert all(code in browser.text for code in ("264.000", "278.000"))
    browser.get("/cart")
    assert browser.says("The cart is empty")
    assert browser.cookie("has_cart") is None


def test_the_buyers_account_keeps_it(browser, cast):
    browser.sign_in(cast.buyer)
    bought(browser, cast)
    assert db.session.scalars(select(Purchase)).one().buyer_id == cast.buyer.id


def test_the_same_button_twice_is_one_purchase_and_one_page(browser, cast):
    fill(browser, cast)
    tell(browser)
    sent = hidden(browser) | {"method": "cash_on_delivery"}
    first = browser.post("/checkout/confirmation", **sent).headers["Location"]
    second = browser.post("/checkout/confirmation", **sent).headers["Location"]
    assert first == second
    assert purchases() == 1
    assert cast.sku().held == 2


def test_the_same_key_with_another_method_is_refused(browser, cast):
    fill(browser, cast)
    tell(browser)
    sent = hidden(browser)
    browser.post("/checkout/confirmation", **sent, method="cash_on_delivery")
    browser.post("/checkout/confirmation", **sent, method="stripe_checkout", follow=True)
    assert browser.says("This order was already placed, with other details.")
    assert purchases() == 1


def test_a_visitors_name_does_not_stay_in_the_browser(browser, cast):
    bought(browser, cast)
    assert db.session.scalars(select(Cart)).one().details == {}


def test_a_price_that_changed_is_not_charged(browser, cast):
    fill(browser, cast)
    tell(browser)
    sent = hidden(browser) | {"method": "cash_on_delivery"}
    with writing():
        set_price(cast.sku(), 150_000, 120_000, cast.member, "changed")
    browser.post("/checkout/confirmation", **sent)
    assert browser.response.status_code == 409
    assert "120.000" in browser.text
    assert "150.000" in browser.text
    assert purchases() == 0
    browser.get("/checkout/confirmation", follow=True)
    assert browser.says("Before you can order")


def test_sold_out_meanwhile_names_the_goods_and_keeps_the_rest(browser, cast):
    fill(browser, cast, tea=2, honey=1)
    tell(browser)
    sent = hidden(browser) | {"method": "cash_on_delivery"}
    with writing():
        count(cast.sku("honey"), 0, 5, cast.stranger)
    browser.post("/checkout/confirmation", **sent)
    assert browser.response.status_code == 409
    assert "Mật ong Sin Suối Hồ" in browser.text
    assert browser.says("Out of stock for now")
    assert "Chè Shan tuyết" not in browser.text
    assert purchases() == 0
    browser.get("/cart")
    assert len(browser.all(".cart-line")) == 2


def test_goods_added_in_another_window_are_not_ordered_unseen(browser, cast):
    fill(browser, cast, tea=2)
    tell(browser)
    sent = hidden(browser) | {"method": "cash_on_delivery"}
    fill(browser, cast, honey=1)
    browser.post("/checkout/confirmation", **sent)
    assert browser.response.status_code == 409
    assert purchases() == 0
    assert "542.000" in browser.one("form[action='/checkout/confirmation'] button").text_content()
    order(browser)
    assert purchases() == 1


@pytest.mark.parametrize("method", ["", "bank", "gold", "stripe"])
def test_no_such_method(browser, cast, method):
    fill(browser, cast)
    tell(browser)
    assert order(browser, method).status_code == 422
    assert browser.says("Choose how to pay.")
    assert purchases() == 0


def test_too_much_cash_is_disabled_with_the_seller_and_the_reason(browser, cast):
    with writing():
        set_price(cast.sku(), 600_000, 120_000, cast.member, "changed")
    fill(browser, cast, tea=9)
    tell(browser)
    cash = browser.one("input[name=method][value=cash_on_delivery]")
    assert cash.get("disabled") is not None
    assert "Chè Bình Lư" in cash.getparent().text_content()
    assert browser.one("input[name=method][checked]").get("value") == "stripe_checkout"
    assert order(browser, "cash_on_delivery").status_code == 422
    assert purchases() == 0


def test_too_little_for_the_card(browser, cast):
    with writing():
        set_price(cast.sku(), 1_000, 120_000, cast.member, "changed")
    fill(browser, cast, tea=1)
    tell(browser, province="12", commune="03390")
    card = browser.one("input[name=method][value=stripe_checkout]")
    assert card.get("disabled") is not None
    assert "15.000" in card.getparent().text_content()
    assert order(browser, "stripe_checkout").status_code == 422


def test_a_card_purchase_waits_unpaid(browser, cast):
    fill(browser, cast)
    tell(browser)
    answer = order(browser, "stripe_checkout")
    purchase = db.session.scalars(select(Purchase)).one()
    assert answer.headers["Location"] in (f"/pay/{purchase.token}", f"/purchases/{purchase.token}")
    assert all(one.awaiting_payment for one in purchase.orders)


def test_another_way_to_send_one_parcel(browser, cast):
    fill(browser, cast, tea=2, honey=1)
    tell(browser)
    browser.post("/checkout/ways", seller=cast.cooperative().code, way="bus", follow=True)
    assert "568.000" in browser.one("form[action='/checkout/confirmation'] button").text_content()
    order(browser)
    assert {one.ship_method for one in db.session.scalars(select(Order))} == {"bus", "post"}


@pytest.mark.parametrize(("seller", "way"), [("NOBODY", "bus"), (None, "pickup"), (None, "camel")])
def test_a_way_that_is_none_changes_nothing(browser, cast, seller, way):
    fill(browser, cast)
    tell(browser)
    browser.post("/checkout/ways", seller=seller or cast.cooperative().code, way=way)
    assert "ways" not in db.session.scalars(select(Cart)).one().details


def test_money_sent_along_is_ignored(browser, cast):
    fill(browser, cast)
    tell(browser)
    order(browser, total="1", price="1", currency="USD", discount="99", buyer_id="1")
    purchase = db.session.scalars(select(Purchase)).one()
    assert purchase.total == 264_000
    assert purchase.buyer_id is None


@pytest.mark.parametrize("change", [{"seen": ""}, {"seen": "0" * 64}, {"attempt": ""}, {"attempt": "made up"}])
def test_a_page_that_was_not_ours(browser, cast, change):
    fill(browser, cast)
    tell(browser)
    assert order(browser, **change).status_code == 409
    assert purchases() == 0


def test_twenty_orders_a_day_of_one_number(browser, cast):
    fill(browser, cast, tea=1)
    tell(browser)
    for _ in range(20):
        order(browser, attempt="made up")
    assert order(browser).status_code == 429
    assert purchases() == 0


def test_both_pages_are_not_stored(browser, cast):
    fill(browser, cast)
    tell(browser)
    assert browser.response.headers["Cache-Control"] == "no-store"
    assert browser.get("/checkout").headers["Cache-Control"] == "no-store"


def test_a_foreign_page_cannot_order(browser, cast):
    fill(browser, cast)
    tell(browser)
    sent = hidden(browser) | {"method": "cash_on_delivery"}
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    answer = browser.client.post("/checkout/confirmation", base_url=browser.origin, data=sent, headers=headers)
    assert answer.status_code == 403
    assert purchases() == 0


def test_a_number_the_seller_no_longer_sends_is_not_ordered(browser, cast):
    fill(browser, cast, tea=2)
    tell(browser)
    sent = hidden(browser) | {"method": "cash_on_delivery"}
    with writing():
        cast.product().approved.least_packs = 3
    browser.post("/checkout/confirmation", **sent, follow=True)
    assert purchases() == 0
    browser.get("/cart")
    assert browser.says("Order at least %(least)s packs.", least=3)
