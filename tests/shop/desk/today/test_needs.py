"""What needs a member today: named, pressing first, one tap from the page to where it is settled."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from cooperatives.dispatch import services as closures
from products import services as products
from products.issues.models import Source
from products.issues.services import open_issue
from products.lifecycle import RevisionState, Shelf
from products.season import month_bit
from shop.core import clock
from shop.core.days import day_of
from shop.core.db import db, writing
from shop.orders.models import Method, Order
from tests.cast import make_product
from tests.shop.orders.buying import at, cart_with, ordered, place
from tests.shop.storefront.counting import statements


@pytest.fixture
def goods(cast):
    """Write further goods of the cooperative in a state; returns their ids."""

    def make(name, number=1, state=RevisionState.APPROVED, on_hand=3):
        with writing():
            seller, person = cast.cooperative(), cast.member
            return [
                make_product(
                    seller, person, f"{name} {one}", category="tea", price=50_000, on_hand=on_hand, state=state
                ).id
                for one in range(1, number + 1)
            ]

    return make


def section(browser, heading):
    """The items under a heading, as text; [] where there is no such heading."""
    for part in browser.all("main section"):
        if part.cssselect("h2")[0].text_content().split()[:-1] == heading.split():
            return [" ".join(" ".join(item.itertext()).split()) for item in part.cssselect("li")]
    return []


def desk(browser, person):
    browser.sign_in(person)
    browser.get("/desk")
    return browser


def test_orders_come_by_the_day_they_must_leave_late_ones_first(browser, cast):
    codes = []
    for days in (3, -2, 0):
        order = ordered(cast, tea=1).orders[0]
        with writing():
            db.session.get_one(Order, order.id).ship_by = clock.now().replace(hour=12) + timedelta(days=days)
        codes.append(order.code)
    found = section(desk(browser, cast.member), "Đơn mới cần nhận")
    assert [codes.index(one[:12].replace(" ", "")[:10]) for one in found] == [1, 2, 0]
    assert "Trễ" in found[0]
    assert browser.all(".status.bad .shape")
    assert "1 × Chè Shan tuyết Bình Lư" in found[0]
    assert "Minh Anh" not in browser.text, "only the first name before the seller has accepted"
    assert browser.all(f'main a[href="/my/orders/{codes[1]}"]')


def test_each_step_of_an_order_has_its_own_list(browser, cast):
    for state in ("placed", "accepted", "packed", "handed_over", "cancelled"):
        at(ordered(cast, tea=1).orders[0].id, state)
    ordered(cast, Method.CARD, tea=1)  # nobody packs before the money is there
    desk(browser, cast.second_member)
    for heading in ("Đơn mới cần nhận", "Đơn cần đóng gói", "Kiện cần giao cho nhà xe, bưu điện"):
        assert len(section(browser, heading)) == 1, heading


def test_what_came_back_leads_to_the_very_field(browser, cast, goods):
    (key,) = goods("Thảo quả", state=RevisionState.RETURNED)
    with writing():
        revision = db.session.scalars(select(products.ProductRevision).filter_by(product_id=key)).one()
        open_issue(revision, Source.OFFICER, "price", "price_unusual")
        open_issue(revision, Source.OFFICER, "photos", "photo_dark")
        code = revision.product.code
    (item,) = section(desk(browser, cast.member), "Sản phẩm cán bộ trả lại")
    assert item.startswith("Thảo quả 1")
    assert "Giá khác thường" in item
    assert "Và 1 việc nữa." in item
    link = browser.one(f'main a[href="/my/products/{code}/edit#price"]').get("href")
    browser.get(link.partition("#")[0])
    assert browser.all("#price")


def test_goods_out_of_stock_and_drafts(browser, cast, goods):
    goods("Hết", on_hand=0)
    goods("Nháp", state=RevisionState.DRAFT)
    desk(browser, cast.member)
    assert section(browser, "Hàng hết và sắp hết") == ["Hết 1 gói 200 g Tạm hết hàng"]
    assert section(browser, "Bản nháp cần làm xong") == ["Nháp 1"]
    browser.get(browser.one('main a[href*="/stock?sku="]').get("href"))
    assert browser.response.status_code == 200


def test_the_rest_is_a_number_and_a_link_that_filters(browser, cast, goods):
    goods("Hết", 7, on_hand=0)
    goods("Nháp", 6, RevisionState.DRAFT)
    desk(browser, cast.member)
    assert len(section(browser, "Hàng hết và sắp hết")) == 5
    for words, tab, rows in (("Và 2 việc nữa", "short", 7), ("Và 1 việc nữa", "draft", 6)):
        link = next(one for one in browser.all("main p a") if one.text_content() == words)
        assert link.get("href") == f"/my/products?tab={tab}"
        browser.get(link.get("href"))
        assert len(browser.all(".goods-row")) == rows
        browser.get("/desk")


def test_a_season_that_begins_asks_for_paused_goods(browser, cast):
    product = cast.product()
    try:
        clock.set_for_tests(datetime(2027, 1, 31, 17, 30, tzinfo=UTC))  # in Việt Nam February has begun
        with writing():
            product.approved.season_months = month_bit(2) | month_bit(3)
            products.pause(product, cast.member)
        code = product.code
        desk(browser, cast.member)
        assert section(browser, "Hàng vào mùa") == ["Chè Shan tuyết Bình Lư Có từ tháng 2. Bán lại"]
        browser.post(f"/my/products/{code}/shelf", action="resume")
        assert cast.product().shelf is Shelf.ON_SALE
        browser.get("/desk")
        assert not section(browser, "Hàng vào mùa")
        with writing():
            products.pause(cast.product(), cast.member)
        clock.set_for_tests(datetime(2027, 2, 28, 17, 30, tzinfo=UTC))  # March: it began a month ago
        browser.get("/desk")
        assert not section(browser, "Hàng vào mùa")
    finally:
        clock.set_for_tests(None)


def test_nothing_to_do_says_what_comes_next(browser, cast):
    desk(browser, cast.member)
    assert browser.says("Nothing needs you today.")
    assert browser.says("A new order comes by message and stands here first.")


def test_strangers_see_only_their_own_needs(browser, cast, goods):
    goods("Hết", on_hand=0)
    ordered(cast, tea=1)
    for name in ("stranger", "buyer", "officer", "admin"):
        desk(browser, cast.user(name))
        assert "Hết 1" not in browser.text
        assert not section(browser, "Đơn mới cần nhận")


def test_a_visitor_signs_in_first(browser, cast):
    assert browser.get("/desk").status_code == 302


def test_one_or_two_hundred_products_cost_the_same_queries(browser, cast, goods):
    with writing():
        cast.sku().on_hand = 500
    for state in ("placed", "accepted", "packed"):
        at(ordered(cast, tea=1).orders[0].id, state)
    goods("Hết", on_hand=0)
    goods("Nháp", state=RevisionState.DRAFT)
    goods("Trả", state=RevisionState.RETURNED)
    desk(browser, cast.member)
    with statements() as before:
        browser.get("/desk")
    goods("Hết", 60, on_hand=0)
    goods("Nháp", 60, RevisionState.DRAFT)
    goods("Trả", 60, RevisionState.RETURNED)
    for _ in range(12):
        place(*cart_with(cast, tea=1))
    with statements() as after:
        browser.get("/desk")
    assert len(after) == len(before) <= 23
    assert len(browser.all(".task-list li")) <= 7 * 5


def test_closed_days_that_begin_or_end_soon(browser, cast):
    today = day_of(clock.now())
    with writing():
        for first, last in ((2, 3), (4, 30)):
            closures.close(
                cast.cooperative(), today + timedelta(days=first), today + timedelta(days=last), "", cast.member
            )
    (item,) = section(desk(browser, cast.member), "Ngày nghỉ")
    assert "Sắp nghỉ" in item
    browser.get(browser.one("main .task-list a").get("href"))
    assert browser.response.status_code == 200
