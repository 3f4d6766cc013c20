"""What a phone keeps for packing without signal, and the press it sends later: once, by whom, and what it is told."""

import pytest
from sqlalchemy import select

from shop.accounts.models import UserSession
from shop.core.db import db, writing
from shop.orders.changes.policies import fingerprint
from shop.orders.changes.queries import lines_now
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method, Order, OrderEvent
from shop.payments.changing import services as changing
from tests.cooperatives.helping import helped
from tests.shop.orders.buying import act, at, ordered
from tests.shop.orders.confirming.asking import asked_before_packing
from tests.shop.payments.changing.asking import accepted, ask, change_of, order_of
from tests.shop.storefront.counting import statements

CHANGED = "The order changed after you looked. Open it and pack by the new list."
IN_VIETNAMESE = "Đơn đã thay đổi sau khi bạn xem. Mở đơn và đóng gói theo danh sách mới."
PERSONAL = ("Trần Minh Anh", "+84912000106", "Số 12 phố Ngọc Hà")


@pytest.fixture
def tea(cast):
    """An accepted order of tea: its id and code."""
    order = ordered(cast, tea=1).orders[0]
    at(order.id, "accepted")
    return order.id, order.code


def press(browser, code, name="press-1", **headers):
    """Send one press as the phone's script does."""
    sent = {"X-Draft-Key": name, "Origin": browser.origin} | headers
    return browser.client.post(f"/my/orders/{code}/packed", base_url=browser.origin, headers=sent)


def kept(browser):
    return browser.get("/my/orders/kept").get_json()["orders"]


def packs(key):
    steps = select(OrderEvent).where(OrderEvent.order_id == key, OrderEvent.action == "pack")
    return [(one.actor_id, one.press) for one in db.session.scalars(steps)]


def test_the_same_press_again_is_one_step(browser, cast, tea):
    key, code = tea
    browser.sign_in(cast.member)
    answers = [press(browser, code) for _ in range(2)]
    assert [(one.status_code, one.get_json()) for one in answers] == [(200, {"packed": True})] * 2
    assert db.session.get_one(Order, key).state is OrderState.PACKED
    assert packs(key) == [(cast.member.id, "press-1")]


def test_a_colleague_packed_it_already(browser, cast, tea):
    act(tea[0], "pack")
    browser.sign_in(cast.second_member)
    assert press(browser, tea[1]).status_code == 200
    assert packs(tea[0]) == [(None, None)]


@pytest.mark.parametrize(
    ("by", "words"),
    [("buyer", "Người mua đã huỷ"), ("cooperative", "Người cùng làm đã huỷ"), ("system", "chưa trả tiền")],
)
def test_what_was_cancelled_meanwhile_is_said_with_what_to_do(browser, cast, tea, by, words):
    act(tea[0], "cancel", by)
    browser.sign_in(cast.member)
    answer = press(browser, tea[1])
    assert answer.status_code == 409
    assert words in answer.get_json()["error"]
    assert "để hàng lại lên kệ" in answer.get_json()["error"]
    assert packs(tea[0]) == []


def test_the_buyer_is_to_be_called_first(browser, cast):
    code, _key = asked_before_packing(cast)
    browser.sign_in(cast.member)
    answer = press(browser, code)
    assert (answer.status_code, answer.get_json()["error"][:7]) == (409, "Hãy gọi")


def test_a_new_order_is_not_packed(browser, cast):
    order = ordered(cast, tea=1).orders[0]
    browser.sign_in(cast.member)
    assert press(browser, order.code).status_code == 409


def less(cast, *there):
    """An accepted order of three of each whose buyer is asked about what is missing and takes it: code, what was seen.

    `there` is how many packs there are of each line.
    """
    code = accepted(cast)
    seen = seen_of(code)
    change = ask(cast, code, *there)
    with writing():
        changing.agree(change_of(change), None)
    return code, seen


def seen_of(code):
    order = order_of(code)
    return fingerprint(lines_now([order])[order.id], order.to_collect)


@pytest.mark.parametrize("there", [(2, 3), (3, 0)])
def test_what_changed_meanwhile_is_not_packed(browser, cast, there):
    code, seen = less(cast, *there)
    browser.sign_in(cast.member)
    assert seen_of(code) != seen
    answer = press(browser, code, **{"X-Seen": seen})
    assert (answer.status_code, answer.get_json()["error"]) == (409, IN_VIETNAMESE)
    assert (order_of(code).state, packs(order_of(code).id)) == (OrderState.ACCEPTED, [])
    (row,) = kept(browser)
    assert row["seen"] == seen_of(code)
    assert press(browser, code, "press-2", **{"X-Seen": row["seen"]}).status_code == 200
    assert press(browser, code, "press-2", **{"X-Seen": seen}).status_code == 200, "done is done"
    assert packs(order_of(code).id) == [(cast.member.id, "press-2")]


def test_a_press_that_says_nothing_of_what_it_saw_packs_as_ever(browser, cast):
    code, _seen = less(cast, 2, 3)
    browser.sign_in(cast.member)
    assert press(browser, code).status_code == 200


def test_the_page_of_an_order_says_so_too(browser, cast):
    code, seen = less(cast, 3, 0)
    browser.sign_in(cast.member)
    pack = f"/my/orders/{code}/packing"
    assert browser.post(pack, packed=["0", "1"], seen=seen).status_code == 409
    assert browser.says(CHANGED)
    assert order_of(code).state is OrderState.ACCEPTED
    fields = {"seen": browser.one("[name=seen]").get("value")}
    assert fields["seen"] == seen_of(code) and len(browser.all("[name=packed]")) == 1
    assert not browser.all("[name=packed][checked]"), "ticks of the old list are gone"
    assert browser.post(pack, **fields).status_code == 422
    assert browser.one("[name=seen]").get("value") == seen_of(code)
    assert browser.post(pack, packed=["0"], **fields).status_code == 302


def test_who_may_not(browser, cast, tea):
    assert press(browser, tea[1]).status_code == 401
    assert browser.get("/my/orders/kept").status_code == 302
    for who in ("buyer", "officer", "helper", "admin"):
        browser.sign_in(cast.user(who))
        assert press(browser, tea[1]).status_code == 403
        assert browser.get("/my/orders/kept").status_code == 403
    browser.sign_in(cast.stranger)
    assert press(browser, tea[1]).status_code == 404
    assert kept(browser) == []
    browser.sign_in(cast.member)
    assert press(browser, tea[1], **{"X-Owner": str(cast.stranger.id)}).status_code == 401
    assert press(browser, tea[1], "").status_code == 403
    assert press(browser, tea[1], Origin="https://elsewhere.example").status_code == 403
    assert packs(tea[0]) == []


def test_a_phone_keeps_whom_it_is_for_only_of_what_is_accepted(browser, cast, tea):
    ordered(cast, tea=1)
    at(ordered(cast, tea=1).orders[0].id, "handed_over")
    browser.sign_in(cast.member)
    rows = {row["step"]: row for row in kept(browser)}
    assert set(rows) == {"accept", "pack"}
    assert all(word in str(rows["pack"]) for word in PERSONAL)
    assert not any(word in str(rows["accept"]) for word in PERSONAL)
    assert rows["accept"]["who"] == "Anh, Phường Ba Đình"
    assert "tiền mặt" in rows["pack"]["collect"]


def test_a_borrowed_phone_keeps_nothing(browser, cast, tea):
    browser.sign_in(cast.member)
    with writing():
        db.session.query(UserSession).update({"shared_device": True})
    assert kept(browser) == []
    browser.get("/my/orders")
    assert not browser.all("[data-behaviour~='phone/orders']")
    browser.get(f"/my/orders/{tea[1]}")
    assert not browser.all("[data-behaviour~='phone/packing']")
    assert browser.all(f"form[action='/my/orders/{tea[1]}/packing']"), "the plain page works"


def test_who_helps_keeps_nothing_of_the_seller(browser, cast, tea):
    helped.team(cast)
    code = helped.consent(cast)
    browser.sign_in(cast.helper)
    browser.post(f"/helping/consents/{code}/begin")
    browser.get(f"/my/orders/{tea[1]}")
    assert browser.response.status_code == 200
    assert not browser.all("[data-behaviour^='phone/']")
    assert browser.client.get("/my/orders/kept", base_url=browser.origin).status_code == 403
    assert press(browser, tea[1]).status_code in {403, 404}


@pytest.mark.parametrize("lang", ["vi", "en", "hi"])
def test_the_empty_page_is_the_same_for_everybody(browser, cast, tea, lang):
    answer = browser.get(f"/my/orders/shell?lang={lang}")
    assert browser.one("html").get("lang") == lang
    browser.sign_in(cast.member)
    assert browser.get(f"/my/orders/shell?lang={lang}").data == answer.data
    assert "Set-Cookie" not in answer.headers
    assert f'"/my/orders/shell?lang={lang}"' in browser.get(f"/sw.js?lang={lang}").text


def test_more_orders_cost_no_more_statements(browser, cast, tea):
    browser.sign_in(cast.member)
    kept(browser)
    with statements() as one:
        kept(browser)
    for _ in range(2):
        at(ordered(cast, tea=1).orders[0].id, "accepted")
        accepted(cast, Method.BANK_QR, tea=1)
    with statements() as many:
        assert len(kept(browser)) == 5
    assert len(many) == len(one)


def test_the_page_that_comes_back_says_so_once_it_is_true(browser, cast, tea):
    browser.sign_in(cast.member)
    browser.get(f"/my/orders/{tea[1]}?packed")
    assert not browser.says("Packed. Hand it to the carrier.")
    press(browser, tea[1])
    browser.get(f"/my/orders/{tea[1]}?packed")
    assert browser.says("Packed. Hand it to the carrier.")
