"""A cooperative's orders: who sees which, and each step at the page."""

import pytest
from sqlalchemy import event, select

from products.stock.models import Reason, StockMovement
from shop.core.db import db, writing
from shop.orders import services
from shop.orders.lifecycle import LIFECYCLE, OrderState
from shop.orders.models import Method, Order, OrderEvent
from tests.shop.orders.buying import act, at, cart_with, ordered, place

FIELDS = {
    "acceptance": {},
    "packing": {"packed": ["0"]},
    "hand-over": {"carrier": "Xe Hải Vân", "tracking": "29B-1"},
    "delivery": {},
    "refusal": {"reason": "Không có nhà"},
    "cancellation": {"reason": "Mưa đá, mất vụ"},
}
ACTIONS = {
    "acceptance": "accept",
    "packing": "pack",
    "hand-over": "hand_over",
    "delivery": "deliver",
    "refusal": "refuse",
    "cancellation": "cancel",
}
BEFORE = {
    "acceptance": "placed",
    "packing": "accepted",
    "hand-over": "packed",
    "delivery": "handed_over",
    "refusal": "handed_over",
    "cancellation": "accepted",
}
WAY = ["acceptance", "packing", "hand-over", "delivery"]


def state(key):
    return db.session.get_one(Order, key).state


@pytest.fixture
def tea(cast):
    """An order of two packs of tea; its id and its page."""
    order = ordered(cast, tea=2).orders[0]
    return order.id, f"/my/orders/{order.code}"


def test_the_whole_way(browser, cast, tea):
    key, page = tea
    browser.sign_in(cast.member)
    for step in WAY:
        browser.get(page)
        assert any(form.get("action") == f"{page}/{step}" for form in browser.all("form"))
        browser.post(f"{page}/{step}", follow=True, **FIELDS[step])
        assert browser.response.status_code == 200
    assert state(key) is OrderState.DELIVERED
    acted = db.session.scalars(select(OrderEvent).where(OrderEvent.by == "cooperative")).all()
    assert {one.actor_id for one in acted} == {cast.member.id}
    assert "29B-1" in browser.text


@pytest.mark.parametrize("step", ACTIONS)
@pytest.mark.parametrize("where", list(OrderState))
def test_every_step_in_every_state(browser, cast, tea, where, step):
    key, page = tea
    at(key, where)
    browser.sign_in(cast.second_member)
    allowed = LIFECYCLE.allows(where, ACTIONS[step])
    browser.get(page)
    assert any(form.get("action") == f"{page}/{step}" for form in browser.all("form")) == allowed
    browser.post(f"{page}/{step}", **FIELDS[step])
    assert browser.response.status_code == (302 if allowed else 409)
    assert state(key) == (LIFECYCLE.moves[ACTIONS[step]][1] if allowed else where)


@pytest.mark.parametrize("step", ACTIONS)
def test_each_step_is_taken_once(browser, cast, tea, step):
    key, page = tea
    before = BEFORE[step]
    at(key, before)
    browser.sign_in(cast.member)
    codes = [browser.post(f"{page}/{step}", **FIELDS[step]).status_code for _ in range(2)]
    assert codes == [302, 409]
    back = db.session.scalars(select(StockMovement).where(StockMovement.reason == Reason.CAME_BACK)).all()
    assert len(back) == (1 if step == "refusal" else 0)


def test_two_cooperatives_see_only_their_own(browser, cast):
    tea, honey = (order.code for order in ordered(cast, tea=1, honey=1).orders)
    for person, mine, theirs in (("member", tea, honey), ("stranger", honey, tea)):
        browser.sign_in(cast.user(person))
        browser.get("/my/orders")
        assert f"/my/orders/{mine}" in [link.get("href") for link in browser.all("main a")]
        assert theirs not in browser.response.text
        assert browser.get(f"/my/orders/{mine}").status_code == 200
        assert theirs not in browser.response.text
        assert browser.get(f"/my/orders/{theirs}").status_code == 404
        assert browser.post(f"/my/orders/{theirs}/acceptance").status_code == 404
    assert {one.state for one in db.session.scalars(select(Order))} == {OrderState.PLACED}


@pytest.mark.parametrize("name", ["buyer", "officer", "admin", "helper"])
def test_others_have_no_orders_here(browser, cast, tea, name):
    key, page = tea
    browser.sign_in(cast.user(name))
    assert browser.get("/my/orders").status_code == 403
    assert browser.get(page).status_code == 403
    assert browser.post(f"{page}/acceptance").status_code == 403
    assert state(key) is OrderState.PLACED


def test_a_visitor_signs_in_first(browser, cast, tea):
    key, page = tea
    assert browser.get(page).status_code == 302
    assert browser.post(f"{page}/acceptance").status_code == 401
    assert state(key) is OrderState.PLACED


def test_who_left_the_cooperative_sees_nothing(browser, cast, tea):
    from cooperatives.queries import membership
    from shop.core import clock

    _key, page = tea
    browser.sign_in(cast.second_member)
    assert browser.get(page).status_code == 200
    with writing():
        membership(cast.second_member, cast.cooperative()).left_at = clock.now()
    assert browser.get(page).status_code in (403, 404)


def test_the_buyer_is_named_in_full_only_from_acceptance(browser, cast, tea):
    key, page = tea
    browser.sign_in(cast.member)
    personal = ("Trần Minh Anh", "0912 000 106", "+84912000106", "Số 12 phố Ngọc Hà")
    browser.get(page)
    assert not any(word in browser.response.text for word in personal)
    assert "Anh" in browser.text
    assert "Phường Ba Đình" in browser.text
    act(key, "accept")
    browser.get(page)
    assert all(word in browser.response.text for word in personal)
    act(key, "cancel")
    browser.get(page)
    assert not any(word in browser.response.text for word in personal)


def test_the_list_never_names_the_buyer_in_full(browser, cast, tea):
    browser.sign_in(cast.member)
    browser.get("/my/orders")
    assert "Trần Minh" not in browser.response.text


@pytest.mark.parametrize(
    ("where", "step", "fields", "field"),
    [
        ("accepted", "packing", {}, "packed"),
        ("accepted", "packing", {"packed": ["7"]}, "packed"),
        ("packed", "hand-over", {"carrier": ""}, "carrier"),
        ("packed", "hand-over", {"carrier": "x" * 81}, "carrier"),
        ("packed", "hand-over", {"carrier": "Bưu điện", "tracking": "x" * 61}, "tracking"),
        ("handed_over", "refusal", {"reason": ""}, "reason"),
        ("placed", "cancellation", {"reason": " "}, "reason"),
        ("accepted", "cancellation", {"reason": "x" * 201}, "reason"),
    ],
)
def test_what_is_missing_is_said(browser, cast, tea, where, step, fields, field):
    key, page = tea
    at(key, where)
    browser.sign_in(cast.member)
    browser.post(f"{page}/{step}", **fields)
    assert browser.response.status_code == 422
    assert browser.all(".error-summary a")
    assert browser.one(".error").text_content().strip()
    assert state(key) == where


def test_every_line_must_be_in_the_parcel(browser, cast):
    from tests.cast import make_product

    with writing():
        more = make_product(cast.cooperative(), cast.member, "Chè đen", category="tea", price=90_000, on_hand=9)
        cast.ids["more"] = more.id
    order = ordered(cast, tea=1, more=1).orders[0]
    key, page = order.id, f"/my/orders/{order.code}"
    at(key, "accepted")
    browser.sign_in(cast.member)
    assert browser.post(f"{page}/packing", packed=["1"]).status_code == 422
    assert browser.post(f"{page}/packing", packed=["0", "1"]).status_code == 302


def test_no_such_step(browser, cast, tea):
    _key, page = tea
    browser.sign_in(cast.member)
    assert browser.post(f"{page}/gift").status_code == 404
    assert browser.get("/my/orders/LC00000000").status_code == 404


def test_a_form_without_its_token_is_refused(browser, cast, tea):
    key, page = tea
    browser.sign_in(cast.member)
    assert browser.post(f"{page}/acceptance", token=False).status_code == 403
    assert state(key) is OrderState.PLACED


def test_unpaid_orders_wait_apart(browser, cast):
    order = ordered(cast, Method.CARD, tea=1).orders[0]
    key, page = order.id, f"/my/orders/{order.code}"
    browser.sign_in(cast.member)
    browser.get("/my/orders")
    assert not browser.all("table")
    browser.get("/my/orders?state=unpaid")
    assert len(browser.all("tbody tr")) == 1
    browser.get(page)
    assert not any(form.get("action") == f"{page}/acceptance" for form in browser.all("form"))
    assert browser.post(f"{page}/acceptance").status_code == 409
    act(key, "cancel", "system")
    browser.get("/my/orders?state=done")
    assert not browser.all("table"), "what was never paid was never an order"


def test_each_state_has_its_tab(browser, cast):
    browser.sign_in(cast.member)
    for where in OrderState:
        at(ordered(cast, tea=1).orders[0].id, where)
    for tab, rows in {"placed": 1, "accepted": 1, "packed": 1, "handed_over": 1, "done": 3, "nonsense": 3}.items():
        browser.get(f"/my/orders?state={tab}")
        assert len(browser.all("tbody tr")) == rows, tab


def test_one_or_many_orders_cost_the_same_queries_and_pages_turn(browser, cast):
    seen = []

    def note(*args):
        if args[2].startswith("SELECT"):
            seen.append(args[2])

    def queries(path):
        seen.clear()
        event.listen(db.engine, "before_cursor_execute", note)
        browser.get(path)
        event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    browser.sign_in(cast.member)
    with writing():
        cast.sku().on_hand = 100
    ordered(cast, tea=1)
    queries("/my/orders")
    one = queries("/my/orders")
    for _ in range(24):
        place(*cart_with(cast, tea=1))
    assert queries("/my/orders") == one
    assert len(browser.all("tbody tr")) == 24
    assert one <= 12
    browser.get("/my/orders?state=placed&page=2")
    assert len(browser.all("tbody tr")) == 1
    due = db.session.scalars(select(Order.ship_by).order_by(Order.ship_by)).all()
    assert due == sorted(due)


def test_a_colleague_was_quicker(browser, cast, tea):
    key, page = tea
    browser.sign_in(cast.member)
    browser.get(page)
    with writing():
        services.accept(db.session.get_one(Order, key), cast.second_member, "cooperative")
    browser.post(f"{page}/acceptance")
    assert browser.response.status_code == 409
    assert browser.says("This was already handled. Open the page again to see how it stands now.")
    assert any(form.get("action") == f"{page}/packing" for form in browser.all("form"))
