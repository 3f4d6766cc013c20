"""The list of orders: by the day to send them, and whose turn it is."""

from datetime import timedelta

import pytest

from shop.core import clock
from shop.core.days import end_of, today
from shop.core.db import db, writing
from shop.desk.orders.days import day_name
from shop.orders.models import Method, Order
from tests.shop.orders.buying import at, cart_with, ordered, place
from tests.shop.orders.confirming.asking import asked_before_packing
from tests.shop.storefront.counting import statements

WORDS = {-1: "Quá hạn", 0: "Hôm nay", 1: "Ngày mai", 2: "Sau đó", 9: "Sau đó"}


def due(cast, days):
    """An order that is due at the end of a day, counted from today; its code."""
    order = ordered(cast, tea=1).orders[0]
    with writing():
        db.session.get_one(Order, order.id).ship_by = end_of(today() + timedelta(days=days))
    return order.code


def groups(browser):
    return [
        (table.cssselect("caption")[0].text_content(), [a.get("href")[-10:] for a in table.cssselect("th a")])
        for table in browser.all("table")
    ]


def test_late_today_tomorrow_and_after_that(browser, cast):
    codes = {days: due(cast, days) for days in (9, 1, 0, 2, -1)}
    browser.sign_in(cast.member)
    browser.get("/my/orders")
    assert groups(browser) == [
        (WORDS[-1], [codes[-1]]),
        (WORDS[0], [codes[0]]),
        (WORDS[1], [codes[1]]),
        (WORDS[2], [codes[2], codes[9]]),
    ]


@pytest.mark.parametrize("days", WORDS)
def test_a_day_lasts_until_its_last_second(days):
    last = end_of(today() + timedelta(days=days))
    assert day_name(last) == {-1: "late", 0: "today", 1: "tomorrow"}.get(days, "later")
    assert day_name(last + timedelta(seconds=1)) in {-1: ("today", "late"), 0: ("tomorrow",)}.get(days, ("later",))


def test_it_says_whose_turn_it_is(browser, cast):
    for state in ("placed", "accepted", "packed"):
        at(ordered(cast, tea=1).orders[0].id, state)
    asked_before_packing(cast)
    ordered(cast, Method.CARD, tea=1)
    browser.sign_in(cast.second_member)
    browser.get("/my/orders")
    marks = sorted(" ".join(mark.text_content().split()) for mark in browser.all("td .status"))
    assert marks == sorted(["Bạn: nhận đơn", "Bạn: đóng gói", "Bạn: giao kiện", "Bạn: gọi người mua"])
    browser.get("/my/orders?state=unpaid")
    assert browser.one("td .status").text_content().strip() == "Người mua: trả tiền"


def test_who_is_to_be_called_stands_apart_from_who_is_packed_for(browser, cast):
    code, _key = asked_before_packing(cast)
    at(ordered(cast, tea=1).orders[0].id, "accepted")
    browser.sign_in(cast.member)
    for tab, number in {"call": 1, "accepted": 1, "open": 2}.items():
        browser.get(f"/my/orders?state={tab}")
        assert len(browser.all("tbody tr")) == number, tab
        assert browser.one("nav.views [aria-current] .number").text_content() == str(number)
    assert browser.get("/my/orders?state=call").status_code == 200
    assert browser.one("tbody a").get("href") == f"/my/orders/{code}"


def test_rows_and_groups_cost_no_more_statements(browser, cast):
    browser.sign_in(cast.member)
    due(cast, 0)
    browser.get("/my/orders")
    with statements() as one:
        browser.get("/my/orders")
    for days in (-1, 0, 1, 2):
        at(place(*cart_with(cast, tea=1)), "placed") if days == 2 else due(cast, days)
    asked_before_packing(cast)
    with statements() as many:
        browser.get("/my/orders")
    assert len(many) == len(one)
    assert len(browser.all("tbody tr")) == 6
    assert clock.now() <= end_of(today())
