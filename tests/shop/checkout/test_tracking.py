"""The buyer's page of a purchase: by link, by code and phone, cancelled."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from shop.core import clock
from shop.core.codes import shown
from shop.core.db import db, writing
from shop.orders import services
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method, Order, OrderEvent, Purchase
from tests.shop.orders.buying import act, at, cart_with, ordered, place

ALREADY = ["packed", "handed_over", "delivered", "refused", "cancelled"]


def purchase():
    return db.session.scalars(select(Purchase)).one()


def path(order, what=""):
    token = order.purchase.token
    return f"/purchases/{token}/orders/{order.code}/cancellation" if what else f"/purchases/{token}"


def test_each_parcel_with_its_steps_lines_and_seller(browser, cast):
    made = ordered(cast, tea=2, honey=1)
    codes = [shown(order.code) for order in made.orders]
    browser.get(f"/purchases/{made.token}")
    assert all(code in browser.text for code in codes)
    assert len(browser.all(".timeline")) == 2
    assert len(browser.all(".timeline")[0].cssselect("li")) == 4
    assert "542.000" in browser.text
    assert [link.get("href") for link in browser.all("a[href^='tel:+84']")] == ["tel:+84912000101", "tel:+84912000103"]
    assert browser.response.headers["Cache-Control"] == "no-store"
    assert browser.one("meta[name=robots]").get("content") == "noindex"


def test_the_phone_is_hidden_from_who_only_has_the_link(browser, cast):
    browser.get(f"/purchases/{ordered(cast).token}")
    assert "0912 ••• 106" in browser.text
    assert "0912 000 106" not in browser.text


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        ("placed", ["now", "todo", "todo", "todo"]),
        ("accepted", ["done", "now", "todo", "todo"]),
        ("packed", ["done", "now", "todo", "todo"]),
        ("handed_over", ["done", "done", "now", "todo"]),
        ("delivered", ["done", "done", "done", "done"]),
        ("refused", ["done", "done", "done", "stopped"]),
        ("cancelled", ["done", "stopped"]),
    ],
)
def test_how_far_it_is(browser, cast, state, kinds):
    made = ordered(cast)
    at(made.orders[0].id, state)
    browser.get(f"/purchases/{made.token}")
    assert [step.get("class") for step in browser.all(".timeline li")] == kinds
    dated = [step for step in browser.all(".timeline li") if step.cssselect(".hint")]
    assert len(dated) == len([kind for kind in kinds if kind != "todo"])


def test_the_carrier_and_its_number(browser, cast):
    made = ordered(cast)
    at(made.orders[0].id, "packed")
    with writing():
        services.hand_over(db.session.get_one(Order, made.orders[0].id), None, "cooperative", "", "Xe Hải Vân", "29B-1")
    browser.get(f"/purchases/{made.token}")
    assert "Xe Hải Vân" in browser.text
    assert "29B-1" in browser.text


def test_late_is_said_before_the_buyer_asks(browser, cast):
    made = ordered(cast)
    token = made.token
    browser.get(f"/purchases/{token}")
    assert not browser.says("Later than planned. Call the seller to ask.")
    clock.set_for_tests(clock.after(days=3))
    browser.get(f"/purchases/{token}")
    assert browser.says("Later than planned. Call the seller to ask.")


def test_unpaid_leads_to_the_payment(browser, cast):
    made = ordered(cast, Method.CARD)
    token, key = made.token, made.orders[0].id
    browser.get(f"/purchases/{token}")
    assert browser.says("Nothing is packed before the money is there.")
    with writing():
        services.mark_paid(db.session.get_one(Order, key))
    browser.get(f"/purchases/{token}")
    assert not browser.says("Nothing is packed before the money is there.")


@pytest.mark.parametrize("token", ["x", "0" * 22, "..", "ư"])
def test_no_such_link(browser, cast, token):
    ordered(cast)
    assert browser.get(f"/purchases/{token}").status_code == 404


def test_an_old_link_is_only_for_the_buyer(browser, cast):
    made = ordered(cast)
    token = made.token
    with writing():
        purchase().buyer_id = cast.buyer.id
    clock.set_for_tests(clock.now() + timedelta(days=181))
    assert browser.get(f"/purchases/{token}").status_code == 410
    clock.set_for_tests(None)
    browser.sign_in(cast.buyer)
    clock.set_for_tests(clock.now() + timedelta(days=20))
    assert browser.get(f"/purchases/{token}").status_code == 200


def test_found_again_by_code_and_phone(browser, cast):
    made = ordered(cast, tea=1, honey=1)
    for order in made.orders:
        for code in (order.code, shown(order.code), order.code.lower(), f"Mã đơn: {shown(order.code)}"):
            browser.post("/orders/find", code=code, phone="0912.000.106")
            assert browser.response.headers["Location"] == f"/purchases/{purchase().token}"


def test_unknown_and_not_matching_look_alike(browser, cast):
    code = ordered(cast).orders[0].code
    pages = set()
    for typed, phone in (
        (code, "0912000999"),
        ("LC00000000", "0912000106"),
        ("LC12345678", "0912000999"),
        ("x", "0912000106"),
    ):
        assert browser.post("/orders/find", code=typed, phone=phone).status_code == 422
        pages.add(browser.one(".error-summary").text_content())
    assert len(pages) == 1


def test_guessing_is_slow(browser, cast):
    for number in range(20):
        browser.post("/orders/find", code="LC00000000", phone=f"0912 000 1{number:02d}")
    assert browser.post("/orders/find", code="LC00000000", phone="0912000106").status_code == 429


def test_missing_entries_are_not_counted(browser, cast):
    for _ in range(25):
        assert browser.post("/orders/find", code="", phone="").status_code == 422
    assert browser.get("/orders/find").status_code == 200


def test_cancelled_by_the_buyer(browser, cast):
    made = ordered(cast, tea=2, honey=1)
    tea = made.orders[0]
    browser.get(path(tea, "cancel"))
    assert browser.one("main form button").text_content().strip()
    browser.post(path(tea, "cancel"), reason="Đặt nhầm", follow=True)
    assert browser.response.status_code == 200
    assert "Đặt nhầm" in browser.text
    assert [order.state for order in purchase().orders] == [OrderState.CANCELLED, OrderState.PLACED]
    assert (cast.sku().held, cast.sku("honey").held) == (0, 1)
    ended = db.session.scalars(select(OrderEvent).where(OrderEvent.action == "cancel")).one()
    assert (ended.by, ended.actor_id, ended.note) == ("buyer", None, "Đặt nhầm")


def test_cancelling_twice_is_cancelling_once(browser, cast):
    order = ordered(cast, tea=2).orders[0]
    where = path(order, "cancel")
    assert browser.post(where, reason="").status_code == 302
    assert browser.post(where, reason="").status_code == 409
    assert cast.sku().held == 0
    assert len(db.session.scalars(select(OrderEvent).where(OrderEvent.action == "cancel")).all()) == 1


@pytest.mark.parametrize("state", ALREADY)
def test_too_late_to_cancel(browser, cast, state):
    order = ordered(cast, tea=2).orders[0]
    key, where = order.id, path(order, "cancel")
    at(key, state)
    assert browser.get(where).status_code == 302
    assert browser.post(where, reason="").status_code == 409
    assert db.session.get_one(Order, key).state == state


def test_accepted_may_still_be_cancelled(browser, cast):
    order = ordered(cast).orders[0]
    key, where = order.id, path(order, "cancel")
    act(key, "accept")
    assert browser.post(where, reason="").status_code == 302


def test_a_link_opens_its_own_orders_only(browser, cast):
    mine = ordered(cast, tea=1)
    other = db.session.get_one(Purchase, place(*cart_with(cast, honey=1)))
    address = f"/purchases/{mine.token}/orders/{other.orders[0].code}/cancellation"
    assert browser.get(address).status_code == 404
    assert browser.post(address, reason="").status_code == 404
    assert browser.get("/purchases/nobody/orders/LC00000000/cancellation").status_code == 404
    assert db.session.get_one(Purchase, other.id).orders[0].state is OrderState.PLACED


def test_the_signed_in_buyer_is_named_in_the_event(browser, cast):
    order = ordered(cast).orders[0]
    where = path(order, "cancel")
    with writing():
        purchase().buyer_id = cast.buyer.id
    browser.sign_in(cast.buyer)
    browser.post(where, reason="")
    ended = db.session.scalars(select(OrderEvent).where(OrderEvent.action == "cancel")).one()
    assert ended.actor_id == cast.buyer.id


def test_many_parcels_cost_no_more_queries(browser, cast):
    seen = []

    def note(*args):
        if args[2].startswith("SELECT"):
            seen.append(args[2])

    def queries(token):
        seen.clear()
        event.listen(db.engine, "before_cursor_execute", note)
        browser.get(f"/purchases/{token}")
        event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    one, two = ordered(cast, tea=1).token, ordered(cast, tea=1, honey=1).token
    queries(one)
    assert queries(one) == queries(two) <= 9
