"""A failed crop: off the shelf at once, the orders it touches named, each given up on its own."""

import pytest
from sqlalchemy import select

from products import services as products
from products.lifecycle import RevisionState, Shelf
from products.models import Sku
from products.stock import checks as stock_checks
from products.stock import services as stock
from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method, Order
from tests.cast import make_product
from tests.shop.orders.buying import at, cart_with, ordered, place, violations
from tests.shop.storefront.counting import statements


@pytest.fixture
def page(cast):
    return f"/my/products/{cast.product().code}/crop-failure"


def cancel_path(page, order):
    return f"{page}/{order.code}/cancellation"


def sound():
    return violations() == [] and [line for check in stock_checks.CHECKS for line in check()] == []


def test_what_will_happen_is_said_before(browser, cast, page):
    key = ordered(cast, tea=2).orders[0].id
    browser.sign_in(cast.second_member)
    browser.get(page)
    assert browser.says("The number you can sell becomes 0.")
    for words in ("Anh, Phường Ba Đình", "2 × Chè Shan tuyết Bình Lư", "Hạn gửi"):
        assert words in browser.text
    assert "Trần Minh" not in browser.text
    assert not browser.all("form[action$=cancellation]"), "nothing is given up before the goods are stopped"
    assert cast.product().shelf is Shelf.ON_SALE
    assert db.session.get_one(Order, key).state is OrderState.PLACED


def test_the_goods_stop_and_the_promised_packs_stay(browser, cast, page):
    ordered(cast, tea=2)
    path = f"/products/{cast.product().slug}-{cast.product().code}"
    browser.sign_in(cast.member)
    assert browser.post(page).status_code == 302
    browser.get(page)
    assert cast.product().shelf is Shelf.PAUSED
    assert (cast.sku().on_hand, cast.sku().held) == (2, 2)
    assert len(browser.all("form[action$=cancellation]")) == 1
    told = db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_kind == "products")).all()
    assert {"pause", "stock_counted", "crop_failed"} <= set(told)
    assert sound()
    assert browser.client.get(path).status_code == 404


def test_twice_is_once(browser, cast, page):
    browser.sign_in(cast.member)
    assert [browser.post(page).status_code for _ in range(2)] == [302, 302]
    failed = select(AuditEntry).where(AuditEntry.action == "crop_failed")
    assert len(db.session.scalars(failed).all()) == 1


def test_an_order_is_given_up_with_money_stock_and_reason(browser, cast, page):
    with writing():
        more = make_product(cast.cooperative(), cast.member, "Chè đen", category="tea", price=90_000, on_hand=9)
        cast.ids["more"] = more.id
    order = ordered(cast, tea=2, more=3).orders[0]
    key, path = order.id, cancel_path(page, order)
    browser.sign_in(cast.member)
    assert browser.post(path).status_code == 409, "the goods are still on sale"
    browser.post(page)
    assert [browser.post(path).status_code for _ in range(2)] == [302, 409]
    order = db.session.get_one(Order, key)
    assert (order.state, order.ended_because) == (OrderState.CANCELLED, "Mất mùa. Mặt hàng này sẽ không có.")
    assert (cast.sku().on_hand, cast.sku().held) == (0, 0), "packs that do not exist come into no stock"
    assert (cast.sku("more").on_hand, cast.sku("more").held) == (9, 0)
    assert sound()
    browser.get(page)
    assert not browser.all("main .card")


def test_the_reason_is_in_the_buyers_language(browser, cast, page):
    key = place(*cart_with(cast, tea=1), language="en")
    order = db.session.scalars(select(Order).where(Order.purchase_id == key)).one()
    key, path = order.id, cancel_path(page, order)
    browser.sign_in(cast.member)
    browser.post(page)
    browser.post(path)
    assert db.session.get_one(Order, key).ended_because == "The crop failed. These goods will not come."


def test_undone_as_any_paused_goods_with_a_normal_count(browser, cast, page):
    browser.sign_in(cast.member)
    browser.post(page)
    code = cast.product().code
    assert browser.post(f"/my/products/{code}/shelf", action="resume").status_code == 302
    browser.post(f"/my/products/{code}/stock", on_hand="7", expected="0")
    assert (cast.product().shelf, cast.sku().on_hand) == (Shelf.ON_SALE, 7)
    browser.get(page)
    assert browser.all(f"form[action='{page}']"), "it may fail again"


@pytest.mark.parametrize("state", ["placed", "accepted", "packed", "handed_over", "delivered", "cancelled"])
def test_only_what_is_not_sent_yet_is_named(browser, cast, page, state):
    order = ordered(cast, tea=1).orders[0]
    at(order.id, state)
    path = cancel_path(page, order)
    browser.sign_in(cast.member)
    browser.post(page)
    browser.get(page)
    assert len(browser.all("main .card")) == (state in {"placed", "accepted", "packed"})
    assert browser.post(path).status_code == (302 if state in {"placed", "accepted"} else 409)
    assert sound()


def test_unpaid_orders_hold_packs_too(browser, cast, page):
    ordered(cast, Method.CARD, tea=1)
    browser.sign_in(cast.member)
    browser.get(page)
    assert browser.says("Waiting for payment")


def test_orders_of_others_and_for_other_goods_are_never_listed(browser, cast, page):
    tea, honey = (order.code for order in ordered(cast, tea=1, honey=1).orders)
    with writing():
        more = make_product(cast.cooperative(), cast.member, "Chè đen", category="tea", price=90_000, on_hand=9)
        cast.ids["more"] = more.id
    other = ordered(cast, more=1).orders[0]
    path, code = cancel_path(page, other), other.code
    browser.sign_in(cast.member)
    browser.post(page)
    browser.get(page)
    links = [link.get("href") for link in browser.all("main .card a")]
    assert links == [f"/my/orders/{tea}"]
    for theirs in (honey, code):
        assert theirs not in browser.response.text
    assert browser.post(path).status_code == 404
    assert browser.post(f"{page}/{honey}/cancellation").status_code == 404
    assert browser.post(f"{page}/LC00000000/cancellation").status_code == 404


def test_strangers_and_wrong_roles(browser, cast, page):
    order = ordered(cast, tea=1).orders[0]
    key, path = order.id, cancel_path(page, order)
    for name, status in (("stranger", 404), ("buyer", 403), ("officer", 403), ("admin", 403)):
        browser.sign_in(cast.user(name))
        assert browser.get(page).status_code == status
        assert browser.post(page).status_code == status
        assert browser.post(path).status_code == status
    browser.sign_out()
    assert browser.get(page).status_code == 302
    assert browser.post(page).status_code == 401
    assert cast.product().shelf is Shelf.ON_SALE
    assert db.session.get_one(Order, key).state is OrderState.PLACED


@pytest.mark.parametrize("how", ["draft", "withdrawn"])
def test_goods_that_are_not_on_sale_cannot_fail(browser, cast, how):
    with writing():
        if how == "draft":
            product = make_product(
                cast.cooperative(),
                cast.member,
                "Nháp",
                category="tea",
                price=1000,
                on_hand=1,
                state=RevisionState.DRAFT,
            )
        else:
            product = cast.product()
            products.withdraw(product, cast.member)
        page = f"/my/products/{product.code}/crop-failure"
    browser.sign_in(cast.member)
    assert browser.get(page).status_code == 200
    assert not browser.all(f"form[action='{page}']")
    assert browser.post(page).status_code == 409
    assert browser.says("These goods are not on sale. There is nothing to stop.")


def test_paused_goods_can_fail_and_every_pack_of_them_does(browser, cast, page):
    with writing():
        product = cast.product()
        products.pause(product, cast.member)
        stock.open_sku(product, pack=(500, "goi"), price=250_000, on_hand=4, actor=cast.member)
    browser.sign_in(cast.member)
    assert browser.post(page).status_code == 302
    assert [sku.on_hand for sku in db.session.scalars(select(Sku).filter_by(product_id=cast.ids["tea"]))] == [0, 0]


def test_the_row_leads_here(browser, cast, page):
    browser.sign_in(cast.member)
    browser.get("/my/products")
    assert browser.one(f"main a[href='{page}']").text_content().startswith("Mất mùa")


def test_one_or_many_orders_cost_the_same_queries(browser, cast, page):
    with writing():
        stock.count(cast.sku(), 100, 10, cast.member)
    ordered(cast, tea=1)
    browser.sign_in(cast.member)
    browser.get(page)
    with statements() as one:
        browser.get(page)
    for _ in range(26):
        place(*cart_with(cast, tea=1))
    with statements() as many:
        browser.get(page)
    assert len(many) == len(one) <= 16
    assert len(browser.all("main .card")) == 24
    browser.get(f"{page}?page=2")
    assert len(browser.all("main .card")) == 3
