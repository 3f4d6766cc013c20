"""When an order is due: by the calendar of its seller, told to the buyer on every page before."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cooperatives.dispatch import services as dispatch
from cooperatives.dispatch.calendar import EVERY_DAY, Rules
from shop.core import clock
from shop.core.days import day_of, end_of
from shop.core.db import db, writing
from shop.orders.models import Order
from tests.shop.orders.buying import HA_NOI, ordered
from tests.shop.storefront.counting import statements

TEN_O_CLOCK = datetime(2027, 2, 12, 3, 0, tzinfo=UTC)  # ten in Việt Nam, a Friday
BACK = date(2027, 2, 17)


@pytest.fixture
def feast(cast):
    """The cooperative is closed to the sixteenth; nobody else is."""
    clock.set_for_tests(TEN_O_CLOCK)
    with writing():
        dispatch.set_rules(cast.cooperative(), Rules(EVERY_DAY, 16, 0), cast.member)
        dispatch.close(cast.cooperative(), date(2027, 2, 12), date(2027, 2, 16), "Tết", cast.member)
    yield
    clock.set_for_tests(None)


def test_an_order_is_still_possible_and_due_after_the_closed_days(cast, feast):
    tea, honey = ordered(cast, tea=1, honey=1).orders
    assert tea.ship_by == end_of(BACK)
    assert day_of(tea.arrives_from) == BACK + timedelta(days=2)
    assert day_of(honey.ship_by) == date(2027, 2, 13), "the other seller works: a day to prepare, Saturday"


def test_what_was_promised_before_stays(cast):
    order = ordered(cast, tea=1).orders[0]
    key, promised = order.id, order.ship_by
    with writing():
        dispatch.close(cast.cooperative(), day_of(promised), day_of(promised) + timedelta(days=9), "", cast.member)
    assert db.session.get_one(Order, key).ship_by == promised


def test_every_page_says_so_while_closed(browser, cast, feast):
    product, seller = cast.product(), cast.cooperative()
    line = "Nghỉ đến 16/2. Đặt bây giờ, gửi từ 17/2."
    for path in (
        f"/products/{product.slug}-{product.code}",
        f"/producers/{seller.slug}-{seller.code}",
    ):
        assert browser.get(path).status_code == 200
        assert line in browser.text, path
        assert "Tết" in browser.text
    browser.post("/cart/lines", sku=cast.sku().code, quantity="1")
    browser.get("/cart")
    assert line in browser.text
    assert browser.all("main form[action*='lines']"), "the goods can be ordered all the same"
    browser.post("/cart/province", province=HA_NOI)
    browser.get("/cart")
    assert "nhận sau 7 đến 9 ngày" in browser.text
    browser.get(f"/producers/{cast.cooperative('other_cooperative').slug}-{cast.cooperative('other_cooperative').code}")
    assert "Nghỉ" not in browser.text


def test_days_of_a_product_page_count_from_the_sending(browser, cast):
    try:
        clock.set_for_tests(TEN_O_CLOCK)
        product = cast.product()
        path = f"/products/{product.slug}-{product.code}"
        browser.get(path)
        assert "3 đến 5 ngày" in browser.text
        with writing():
            dispatch.set_rules(cast.cooperative(), Rules(0b0000010, 16, 0), cast.member)  # Tuesdays only
        tag = browser.response.headers["ETag"]
        browser.get(path)
        assert "6 đến 8 ngày" in browser.text
        assert browser.response.headers["ETag"] != tag
    finally:
        clock.set_for_tests(None)


def test_a_cart_asks_for_all_calendars_at_once(browser, cast, feast):
    browser.post("/cart/lines", sku=cast.sku().code, quantity="1")
    with statements() as one:
        browser.get("/cart")
    browser.post("/cart/lines", sku=cast.sku("honey").code, quantity="1")
    browser.get("/cart")  # says once that it is in the cart
    with statements() as two:
        browser.get("/cart")
    assert len(two) <= len(one)
