"""Labels and the picking sheet: what stands on them, and for whom."""

from datetime import timedelta

import pytest

from shop.core.db import db, writing
from shop.desk.printing import queries
from shop.orders import services
from shop.orders.models import Method, Order
from tests.cast import make_product
from tests.shop.orders.buying import act, at, ordered
from tests.shop.orders.confirming.asking import asked_before_packing
from tests.shop.storefront.counting import statements

PERSONAL = ("Trần Minh Anh", "0912 000 106", "Số 12 phố Ngọc Hà")


@pytest.fixture
def tea(cast):
    """An accepted order of two packs of tea: its id and code."""
    order = ordered(cast, tea=2).orders[0]
    at(order.id, "accepted")
    return order.id, order.code


def test_a_label_says_whom_from_whom_to_and_what_is_collected(browser, cast, tea):
    key, code = tea
    browser.sign_in(cast.member)
    browser.get(f"/my/orders/{code}/label")
    label = browser.one(".label")
    words = " ".join(label.text_content().split())
    assert all(word in words for word in (*PERSONAL, cast.cooperative().name, code[:2]))
    assert label.cssselect("img")[0].get("src").startswith("data:image/svg+xml")
    total = db.session.get_one(Order, key).total
    assert words.count("₫") == 1, "no other price"
    assert f"{total:,}".replace(",", ".") in words


def test_nothing_is_collected_of_what_is_paid(browser, cast):
    order = ordered(cast, Method.CARD, tea=1).orders[0]
    with writing():
        services.mark_paid(db.session.get_one(Order, order.id))
    act(order.id, "accept")
    browser.sign_in(cast.member)
    browser.get(f"/my/orders/{order.code}/label")
    assert "₫" not in browser.one(".label").text_content()
    assert browser.one(".label-cash").text_content() == "Không thu tiền"


@pytest.mark.parametrize("state", ["placed", "delivered", "refused", "cancelled"])
def test_no_address_before_accepting_and_none_when_it_is_over(browser, cast, state):
    order = ordered(cast, tea=1).orders[0]
    at(order.id, state)
    browser.sign_in(cast.member)
    assert browser.get(f"/my/orders/{order.code}/label").status_code == 409
    assert not browser.all(".label")
    browser.get("/my/orders/labels?until=all")
    assert not browser.all(".label")


@pytest.mark.parametrize("path", ["/my/orders/picking", "/my/orders/labels", "/my/orders/{code}/label"])
def test_who_may_not(browser, cast, tea, path):
    path = path.format(code=tea[1])
    assert browser.get(path).status_code == 302
    for who in ("buyer", "officer", "helper", "admin"):
        browser.sign_in(cast.user(who))
        assert browser.get(path).status_code == 403
    browser.sign_in(cast.stranger)
    browser.get(path)
    assert tea[1] not in browser.response.text.replace(path, "")
    assert not any(word in browser.response.text for word in PERSONAL)


def test_the_sheet_adds_up_pack_by_pack(browser, cast, tea):
    with writing():
        cast.ids["more"] = make_product(
            cast.cooperative(), cast.member, "Chè đen", category="tea", price=90_000, on_hand=9
        ).id
    at(ordered(cast, tea=3, more=1).orders[0].id, "accepted")
    ordered(cast, tea=1)  # not accepted
    asked_before_packing(cast)  # not confirmed
    browser.sign_in(cast.second_member)
    browser.get("/my/orders/picking?until=all")
    piles = [" ".join(item.text_content().split()) for item in browser.all("section:first-of-type .picking li")]
    assert piles == ["5 Chè Shan tuyết Bình Lư, gói 200 g 2 đơn", "1 Chè đen, gói 200 g 1 đơn"]
    assert len(browser.all(".picking-order")) == 2
    assert "₫" not in browser.one("main").text_content()


def test_a_sheet_of_a_day_holds_what_is_due_by_then(browser, cast, tea):
    with writing():
        db.session.get_one(Order, tea[0]).ship_by += timedelta(days=40)
    browser.sign_in(cast.member)
    for until, number in {"today": 0, "tomorrow": 0, "all": 1, "nonsense": 0}.items():
        for path in ("picking", "labels"):
            browser.get(f"/my/orders/{path}?until={until}")
            assert len(browser.all(".picking-order, .label")) == number, until


def test_more_than_a_sheet_holds_is_said(browser, cast, tea, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 1)
    at(ordered(cast, tea=1).orders[0].id, "accepted")
    browser.sign_in(cast.member)
    browser.get("/my/orders/picking?until=all")
    assert len(browser.all(".picking-order")) == 1
    assert browser.all(".notice.info")


@pytest.mark.parametrize("path", ["picking", "labels"])
def test_more_orders_cost_no_more_statements(browser, cast, tea, path):
    browser.sign_in(cast.member)
    browser.get(f"/my/orders/{path}?until=all")
    with statements() as one:
        browser.get(f"/my/orders/{path}?until=all")
    for _ in range(3):
        at(ordered(cast, tea=1).orders[0].id, "accepted")
    with statements() as many:
        browser.get(f"/my/orders/{path}?until=all")
    assert len(many) == len(one)
    assert len(browser.all(".picking-order, .label")) == 4
