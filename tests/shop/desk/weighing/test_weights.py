"""A seller weighs on the page, and the order is packed."""

import pytest

from cooperatives.helping.models import Scope
from shop.core.db import db, writing
from shop.orders.changes.models import Change
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method
from tests.cast import make_product
from tests.cooperatives.helping.helped import helping
from tests.shop.orders.buying import act
from tests.shop.payments.changing.asking import accepted, ask, order_of, violations
from tests.shop.payments.changing.scales import HEN, hens
from tests.shop.storefront.counting import statements


@pytest.fixture
def code(cast):
    return hens(cast)


def field(code):
    return f"grams{order_of(code).lines[0].id}"


@pytest.mark.parametrize("typed", ["3,45 kg", "3.450 g", "3450", "3,45", "3450 gam"])
def test_weighed_and_packed(browser, cast, code, typed):
    browser.sign_in(cast.member)
    browser.get(f"/my/orders/{code}")
    assert browser.says("Weigh and pack")
    assert not any(form.get("action", "").endswith("/packing") for form in browser.all("form"))
    browser.get(f"/my/orders/{code}/weights")
    assert browser.says("The buyer accepted %(least)s to %(most)s.", least="3,24 kg", most="3,96 kg")
    browser.post(f"/my/orders/{code}/weights", follow=True, **{field(code): typed})
    order = order_of(code)
    assert (order.state, order.adjusted) == (OrderState.PACKED, 517_500 - 2 * HEN)
    assert browser.says("weighed: %(weight)s", weight="3,45 kg")
    assert browser.get(f"/my/orders/{code}/label").status_code == 200
    browser.get(f"/purchases/{order_of(code).purchase.token}")
    assert browser.says("weighed: %(weight)s", weight="3,45 kg")
    assert violations() == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Weigh it and enter what the scales say"),
        ("nặng", "Enter what the scales say, for example 1.85 kg or 1850 g"),
        ("-3", "Enter what the scales say, for example 1.85 kg or 1850 g"),
        ("4 kg", "The buyer accepted %(least)s to %(most)s."),
        ("3,2 kg", "Weigh it again, or pack another piece. If none fits, ask the buyer: “Not enough goods”."),
    ],
)
def test_what_is_wrong_is_said_and_kept(browser, cast, code, typed, words):
    browser.sign_in(cast.member)
    browser.post(f"/my/orders/{code}/weights", **{field(code): typed})
    assert browser.response.status_code == 422
    assert browser.says(words, least="3,24 kg", most="3,96 kg")
    assert (browser.one(f"[name={field(code)}]").get("value") or "") == typed
    assert (order_of(code).state, db.session.query(Change).count()) == (OrderState.ACCEPTED, 0)


def test_not_packed_nor_labelled_before(browser, cast, code):
    browser.sign_in(cast.member)
    assert browser.post(f"/my/orders/{code}/packing", packed=["0"]).status_code == 409
    assert browser.says("Weigh it first: these goods are paid by the scales. Then pack.")
    assert browser.get(f"/my/orders/{code}/label").status_code == 409
    assert browser.says("Weigh it first: the label says what to collect.")
    browser.get("/my/orders/labels?until=all")
    assert code not in browser.response.text


def test_a_phone_in_the_shed_says_to_weigh_first(browser, cast, code):
    browser.sign_in(cast.member)
    row = next(one for one in browser.get("/my/orders/kept").json["orders"] if one["code"] == code)
    assert row["step"] == "weigh"
    assert row["turn"] == "Bạn: cân và đóng gói"
    assert row["collect"] == "Cân trước đã, rồi mới biết số tiền."


def test_not_in_another_state_and_not_twice(browser, cast, code):
    browser.sign_in(cast.member)
    name = field(code)
    change = ask(cast, code, 1)
    assert browser.get(f"/my/orders/{code}/weights").status_code == 302
    browser.post(f"/my/orders/{code}/weights", follow=True, **{name: "3,6 kg"})
    assert browser.says("The buyer is asked already. Wait for the answer, or take the question back.")
    browser.post(f"/my/orders/{code}/changes/{change}/withdrawal")
    for _ in range(2):
        browser.post(f"/my/orders/{code}/weights", follow=True, **{name: "3,6 kg"})
    assert db.session.query(Change).filter_by(kind="weighed").count() == 1


def test_others_find_nothing(browser, cast, code):
    page = f"/my/orders/{code}/weights"
    assert browser.get(page).status_code == 302, "a visitor signs in first"
    for name, status in (("stranger", 404), ("buyer", 403), ("officer", 403)):
        browser.sign_in(cast.user(name))
        assert browser.get(page).status_code == status
        assert browser.post(page, **{field(code): "3,6 kg"}).status_code == status
    assert order_of(code).to_weigh


def test_cancelled_meanwhile(browser, cast, code):
    act(order_of(code).id, "cancel", "buyer")
    browser.sign_in(cast.member)
    browser.post(f"/my/orders/{code}/weights", follow=True, **{field(code): "3,6 kg"})
    assert browser.says("This was already handled. Open the page again to see how it stands now.")
    assert not db.session.query(Change).count()


def test_paid_before_reads_the_estimate(browser, cast):
    code = hens(cast, Method.BANK_QR)
    browser.sign_in(cast.member)
    browser.post(f"/my/orders/{code}/weights", follow=True, **{field(code): "3,9 kg"})
    assert order_of(code).adjusted == 0


def test_more_lines_cost_no_more_statements(browser, cast, code):
    other = hens(cast, hen=1)
    with writing():
        seller = cast.cooperative()
        for name in ("Cá hồi", "Vịt cỏ"):
            goods = make_product(seller, cast.member, name, category="tea", price=90_000, on_hand=9, pack=(1, "con"))
            goods.approved.net_grams, goods.approved.weighed_within = 1_200, 10
            cast.ids[name] = goods.id
    many = accepted(cast, **{"hen": 1, "Cá hồi": 1, "Vịt cỏ": 2})
    browser.sign_in(cast.member)
    browser.get(f"/my/orders/{other}/weights")
    with statements() as one:
        browser.get(f"/my/orders/{other}/weights")
    with statements() as more:
        browser.get(f"/my/orders/{many}/weights")
    assert len(browser.all("[name^=grams]")) == 3
    assert len(more) == len(one)


def test_who_helps_with_orders_weighs_too(browser, cast, code):
    helping(browser, cast, Scope.ORDERS)
    browser.get(f"/my/orders/{code}")
    assert f"/my/orders/{code}/weights" in [link.get("href") for link in browser.all("main a")]
    browser.post(f"/my/orders/{code}/weights", follow=True, **{field(code): "3,6 kg"})
    assert order_of(code).state is OrderState.PACKED
