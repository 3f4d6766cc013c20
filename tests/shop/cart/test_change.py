"""Changing and removing lines, the province, and what a line says when things changed."""

import pytest
from sqlalchemy import event, select

from cooperatives.lifecycle import CooperativeState
from products.lifecycle import Shelf
from products.stock.services import count, hold, set_price
from shop.cart import services, tasks
from shop.cart.models import Cart, CartLine
from shop.core import clock
from shop.core.db import db, writing
from tests.cast import make_product


@pytest.fixture
def tea(browser, cast):
    """A cart with two packs of tea; its line's address."""
    browser.post("/cart/lines", sku=cast.sku().code, quantity="2")
    return f"/cart/lines/{cast.sku().code}"


def packs():
    return list(db.session.scalars(select(CartLine.quantity).order_by(CartLine.id)))


def test_another_number(browser, tea):
    browser.post(tea, quantity="7", follow=True)
    assert packs() == [7]
    assert "840.000" in browser.text


@pytest.mark.parametrize("typed", ["0", "-1", "1.5", "1e9", "NaN", "３", "", "11", "1000"])
def test_no_such_number(browser, tea, typed):
    browser.post(tea, quantity=typed)
    assert browser.response.status_code == 422
    assert browser.one(".cart-line .error").text_content().strip()
    assert packs() == [2]
    if typed:
        assert browser.one(".cart-line input[name=quantity]").get("value") == typed


def test_removed_and_put_back(browser, cast, tea):
    browser.post(tea, remove="1", follow=True)
    assert packs() == []
    assert browser.says("Taken out: %(name)s", name="Chè Shan tuyết Bình Lư")
    again = {field.get("name"): field.get("value") for field in browser.all(".notice form input")}
    browser.post("/cart/lines", **again, follow=True)
    assert packs() == [2]


def test_removing_twice_is_removing_once(browser, tea):
    for _ in range(2):
        assert browser.post(tea, remove="1").status_code == 302
    assert packs() == []


def test_the_undo_link_says_nothing_about_goods_that_are_not_public(browser, cast, tea):
    code = cast.sku().code
    with writing():
        cast.product().shelf = Shelf.PAUSED
    browser.get(f"/cart?removed={code}&packs=2")
    assert not browser.all(".notice form")
    browser.get("/cart?removed=NOSUCH-1&packs=0")
    assert not browser.all(".notice form")


def test_without_a_cart_nothing_happens(browser, cast):
    assert browser.post(f"/cart/lines/{cast.sku().code}", quantity="1").status_code == 302
    assert packs() == []


def test_goods_not_in_the_cart(browser, cast, tea):
    assert browser.post(f"/cart/lines/{cast.sku('honey').code}", quantity="1").status_code == 404


def test_a_changed_price_is_shown_and_must_be_accepted(browser, cast, tea):
    with writing():
        set_price(cast.sku(), 150_000, 120_000, cast.member, "changed")
    browser.get("/cart")
    said = "The price changed: %(old)s → %(new)s"
    assert browser.says(said, old="120.000\xa0₫".replace("\xa0", " "), new="150.000 ₫") or "120.000" in browser.text
    assert not browser.all("a.primary[href='/checkout']")
    assert browser.one(".notice a[href^='#line-']") is not None
    browser.post(tea, price="150000", follow=True)
    assert browser.all("a.primary[href='/checkout']")


def test_accepting_a_price_that_is_not_todays_changes_nothing_to_pay(browser, cast, tea):
    browser.post(tea, price="1", follow=True)
    assert not browser.all("a.primary[href='/checkout']")
    assert "240.000" in browser.text


def test_fewer_left_than_wanted(browser, cast, tea):
    with writing():
        count(cast.sku(), 1, 10, cast.member)
    browser.get("/cart")
    assert browser.says("Only 1 pack left.") or "1" in browser.one(".cart-line .notice").text_content()
    assert not browser.all("a.primary[href='/checkout']")
    browser.post(tea, quantity="1", follow=True)
    assert browser.all("a.primary[href='/checkout']")


def test_what_is_promised_to_others_is_not_left(browser, cast, tea):
    with writing():
        hold({cast.sku().id: 10}, "LC00000000")
    browser.get("/cart")
    assert browser.says("Out of stock for now")


@pytest.mark.parametrize("how", ["paused", "withdrawn", "suspended"])
def test_goods_that_left_the_market_keep_their_name_and_can_be_taken_out(browser, cast, tea, how):
    with writing():
        if how == "suspended":
            cast.cooperative().state = CooperativeState.SUSPENDED
        else:
            cast.product().shelf = Shelf(how)
    browser.get("/cart")
    assert browser.says("These goods are no longer sold.")
    assert "Chè Shan tuyết Bình Lư" in browser.text
    assert not browser.all("a.primary[href='/checkout']")
    browser.post(tea, remove="1", follow=True)
    assert browser.says("The cart is empty")


def test_sending_is_estimated_for_the_chosen_province(browser, cast, tea):
    browser.post("/cart/lines", sku=cast.sku("honey").code, quantity="1")
    assert browser.get("/cart").status_code == 200
    assert browser.says("Choose the province to see what sending costs.")
    browser.post("/cart/province", province="01", follow=True)
    assert "24.000" in browser.text
    assert browser.says("This order comes as %(number)s parcels from %(number)s places", number=2)
    assert browser.one("#province option[selected]").get("value") == "01"


@pytest.mark.parametrize("code", ["", "99", "Lai Châu"])
def test_no_such_province(browser, tea, code):
    assert browser.post("/cart/province", province=code).status_code == 422


def test_goods_that_cannot_travel_so_far(browser, cast, tea):
    with writing():
        cast.product().approved.ship_class = "fresh"
    browser.post("/cart/province", province="79", follow=True)
    assert browser.says("These goods cannot be sent so far.")
    assert not browser.all("a.primary[href='/checkout']")


def test_the_emptied_cart_asks_for_no_count(browser, tea):
    browser.post(tea, remove="1")
    browser.get("/cart")
    assert browser.cookie("has_cart") is None


def test_a_long_cart_costs_no_more_queries(app, browser, cast):
    seen = []

    def note(*args):
        if args[2].startswith("SELECT"):
            seen.append(args[2])

    def queries():
        seen.clear()
        browser.get("/cart")
        return len(seen)

    browser.post("/cart/lines", sku=cast.sku().code, quantity="1")
    event.listen(db.engine, "before_cursor_execute", note)
    one = queries()
    event.remove(db.engine, "before_cursor_execute", note)
    with writing():
        for number in range(23):
            coop, person = cast.cooperative("cooperative" if number % 2 else "other_cooperative"), cast.member
            product = make_product(coop, person, f"Chè {number}", category="tea", price=1000, on_hand=5)
            services.add(db.session.scalars(select(Cart)).one(), product.skus[0].code, 1, "vi")
    event.listen(db.engine, "before_cursor_execute", note)
    many = queries()
    event.remove(db.engine, "before_cursor_execute", note)
    assert len(browser.all(".cart-line")) == 24
    assert many == one
    assert one <= 9


def test_a_cart_nobody_touches_is_forgotten(browser, cast, tea):
    clock.set_for_tests(clock.after(days=services.LIFE_DAYS - 1))
    assert tasks.forget_old_carts() == 0
    clock.set_for_tests(clock.after(days=2))
    assert tasks.forget_old_carts() == 1
    assert packs() == []
    browser.get("/cart")
    assert browser.says("The cart is empty")


def sold_by(cast, least, step):
    with writing():
        cast.product().approved.least_packs, cast.product().approved.step_packs = least, step


@pytest.mark.parametrize(
    ("least", "step", "packs_asked", "status"),
    [
        (5, None, "4", 422),
        (5, None, "6", 302),
        (None, 3, "4", 422),
        (None, 3, "6", 302),
        (4, 3, "7", 302),
        (4, 3, "6", 422),
    ],
)
def test_the_seller_says_how_many_at_once(browser, cast, least, step, packs_asked, status):
    sold_by(cast, least, step)
    assert browser.post("/cart/lines", sku=cast.sku().code, quantity=packs_asked).status_code == status
    assert packs() == ([int(packs_asked)] if status == 302 else [])


def test_a_rule_that_came_later_is_said_and_mended_with_one_button(browser, cast, tea):
    sold_by(cast, 4, 3)
    assert browser.post(tea, quantity="5").status_code == 422
    browser.get("/cart")
    assert browser.says("Order %(least)s packs, then %(step)s more each time.", least=4, step=3)
    field = browser.one(".cart-line input[type=number]")
    assert [field.get(name) for name in ("min", "step", "max")] == ["4", "3", "10"]
    assert browser.get("/checkout").location == "/cart"
    browser.get("/cart")
    button = browser.one(".cart-line form input[name=quantity][type=hidden]")
    browser.post(tea, quantity=button.get("value"), follow=True)
    assert packs() == [4]
    assert browser.get("/checkout").status_code == 200


def test_fewer_left_than_the_seller_sends_is_sold_out(browser, cast, tea):
    sold_by(cast, 20, None)
    browser.get("/cart")
    assert browser.says("Out of stock for now")
    code = cast.product().code
    browser.get(f"/products/x-{code}", follow=True)
    assert browser.says("Out of stock for now")
    assert not browser.all("form.buy")
