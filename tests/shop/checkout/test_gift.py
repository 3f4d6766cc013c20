"""A gift at checkout: three entries more, the same two pages, and what each side then sees."""

import pytest

from shop.core.db import db
from shop.desk.packing.routes import _for_phone
from shop.orders.changes.queries import lines_now
from shop.orders.models import Method, Order, Purchase
from tests.shop.checkout.shopping import DETAILS, fill, order, tell
from tests.shop.orders.buying import ordered
from tests.shop.orders.gifts.giving import LAN, gift
from tests.shop.payments.transferring import with_accounts

MINE = {"gift-name": "Trần Minh Anh", "gift-phone": "0912 000 106", "gift-message": "Chúc bà mạnh khỏe"}
HERS = {"name": "Bà Nguyễn Thị Lan", "phone": "0987 000 222"}


def test_the_whole_way(browser, cast):
    with_accounts(cast)
    fill(browser, cast)
    tell(browser, **HERS, **MINE)
    assert "Trần Minh Anh, 0912 000 106" in browser.text
    assert "Chúc bà mạnh khỏe" in browser.text
    assert browser.all("a[href='/checkout#gift-name']")
    assert browser.one("input[value=cash_on_delivery]").get("disabled") is not None
    order(browser, "bank_qr")
    made = db.session.query(Purchase).one()
    assert (made.name, made.phone, made.method) == ("Trần Minh Anh", "+84912000106", Method.BANK_QR)
    assert (made.gift.name, made.gift.phone, made.gift.message) == tuple(LAN)
    browser.get(f"/purchases/{made.token}")
    assert "Bà Nguyễn Thị Lan" in browser.text
    assert "0987 ••• 222" in browser.text
    assert not browser.all("form[action$='/saving']")


def test_a_number_that_is_none_makes_it_a_gift_too(browser, cast):
    """Nothing else was filled in: what is missing is asked for, and the purchase does not become one's own."""
    fill(browser, cast)
    assert browser.post("/checkout", **(DETAILS | HERS | {"gift-phone": "12"})).status_code == 422
    assert browser.all("#gift-name-error")


def test_cash_is_refused_with_the_reason_though_the_button_was_off(browser, cast):
    fill(browser, cast)
    tell(browser, **HERS, **MINE)
    order(browser)
    assert browser.response.status_code == 422
    assert db.session.query(Purchase).count() == 0


def test_what_was_told_stands_there_again(browser, cast):
    fill(browser, cast)
    tell(browser, **HERS, **MINE)
    browser.get("/checkout")
    assert browser.one("[name=gift-phone]").get("value") == "0912 000 106"
    assert browser.one("[name=phone]").get("value") == "0987 000 222"
    assert browser.one("details:has([name=gift-name])").get("open") is not None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"gift-name": ""}, "gift-name"),
        ({"gift-phone": ""}, "gift-phone"),
        ({"gift-phone": "12"}, "gift-phone"),
        ({"gift-message": "a" * 201}, "gift-message"),
        ({"gift-name": "a" * 81}, "gift-name"),
    ],
)
def test_not_with_this_input(browser, cast, changes, field):
    fill(browser, cast)
    assert browser.post("/checkout", **(DETAILS | HERS | MINE | changes)).status_code == 422
    assert browser.all(f"#{field}-error")
    shown = browser.one(f"#{field}")
    typed = changes[field]
    assert (shown.get("value") or shown.text or "").strip() == typed


def test_without_the_three_it_is_none(browser, cast):
    fill(browser, cast)
    tell(browser, **dict.fromkeys(MINE, ""))
    order(browser)
    assert db.session.query(Purchase).one().gift is None


def test_the_seller_sees_that_it_is_one_and_prints_the_card(browser, cast):
    made = gift(cast)
    code = made.orders[0].code
    browser.sign_in(cast.member)
    browser.get(f"/my/orders/{code}")
    assert "Đây là quà tặng" in browser.text
    assert browser.all("a[href='tel:+84987000222']")
    assert browser.all("a[href='tel:+84912000106']")
    for path in ("gift-card", "label"):
        browser.get(f"/my/orders/{code}/{path}")
        paper = browser.one(".label").text_content()
        assert "Bà Nguyễn Thị Lan" in paper
        assert "₫" not in paper
    browser.get(f"/my/orders/{code}/gift-card")
    assert "Chúc bà mạnh khỏe" in browser.one(".gift-card").text_content()
    assert "0912" not in browser.one(".gift-card").text_content()


def test_who_packs_without_signal_reads_it_too(browser, cast):
    gift(cast)
    with browser.app.test_request_context():
        sold = db.session.query(Order).one()
        row = _for_phone(sold, lines_now([sold])[sold.id], several=False)
    assert (row["who"], row["phone"]) == (LAN.name, LAN.phone)
    assert row["collect"].startswith("Đây là quà tặng.")


def test_no_card_before_accepting_nor_for_others(browser, cast):
    paid, plain = gift(cast, "paid").orders[0].code, ordered(cast, tea=1).orders[0].code
    browser.sign_in(cast.member)
    browser.get(f"/my/orders/{paid}")
    assert "Nguyễn Thị" not in browser.text
    assert browser.get(f"/my/orders/{paid}/gift-card").status_code == 409
    assert browser.get(f"/my/orders/{plain}/gift-card").status_code == 404
    browser.sign_in(cast.stranger)
    assert browser.get(f"/my/orders/{paid}/gift-card").status_code == 404
