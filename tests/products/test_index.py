"""The list of one's own goods: tabs, counts, what waits, and the same work for one as for twenty-four."""

import pytest
from sqlalchemy import event, select

from products import services
from products.issues.models import Source
from products.issues.services import open_issue
from products.lifecycle import RevisionState
from products.listing import TABS
from products.models import Product
from products.stock import services as stock
from shop.core.db import db, writing
from tests.cast import make_product
from tests.products.complete import draft_of


def names(browser):
    return [link.text_content() for link in browser.all(".goods-row h3 a")]


def counts(browser):
    return [int(number.text_content()) for number in browser.all(".tab-count")]


def test_on_sale_comes_first_with_price_and_number(browser, cast):
    with writing():
        stock.hold({cast.sku().id: 4}, "LC1")
    browser.sign_in(cast.second_member)
    browser.get("/my/products")
    assert names(browser) == ["Chè Shan tuyết Bình Lư"]
    assert browser.one(".tabs a[aria-current]").get("href").endswith("tab=on_sale")
    assert "120.000" in browser.text
    assert browser.says("%(number)s on hand", number="10")
    assert browser.says("%(number)s promised", number="4")
    assert len(browser.all("form.quick")) == 3, "number, price, low line"
    assert "Mật ong" not in browser.text, "goods of others"


def test_each_state_has_its_tab(browser, cast):
    with writing():
        draft_of(cast, "a", name="Nháp")
        services.submit(draft_of(cast, "b", name="Chờ duyệt"), cast.member)
        revision = services.submit(draft_of(cast, "c", name="Trả lại"), cast.member)
        revision.move("return")
        open_issue(revision, Source.OFFICER, "price", "price_unusual")
        services.submit(draft_of(cast, "d", name="Từ chối"), cast.member).move("reject")
        gone = draft_of(cast, "e", name="Đã bỏ")
        services.withdraw(gone, cast.member)
        services.start_edit(cast.product(), cast.member)
    browser.sign_in(cast.member)
    seen = {}
    for tab in TABS:
        browser.get(f"/my/products?tab={tab}")
        seen[tab] = names(browser)
        out_of_stock = [0] if tab == "short" else []  # this tab is there only while something is in it
        assert counts(browser) == [2, 1, 2, 1, *out_of_stock, 0]
        if tab == "returned":
            assert browser.says("%(num)s thing to add", num=1) or "1" in browser.text
    assert seen == {
        "draft": ["Nháp", "Chè Shan tuyết Bình Lư"],
        "submitted": ["Chờ duyệt"],
        "returned": ["Từ chối", "Trả lại"],
        "on_sale": ["Chè Shan tuyết Bình Lư"],
        "short": [],
        "paused": [],
    }
    assert browser.all(".empty")


def test_an_unknown_tab_or_page_is_no_failure(browser, cast):
    browser.sign_in(cast.member)
    assert browser.get("/my/products?tab=nonsense").status_code == 404
    assert browser.get("/my/products?tab=on_sale&page=99999").status_code == 200
    assert browser.get("/my/products?page=abc").status_code == 200


def test_somebody_who_left_sees_nothing(browser, cast):
    from cooperatives.models import Membership
    from shop.core import clock

    browser.sign_in(cast.second_member)
    with writing():
        mine = select(Membership).where(Membership.user_id == cast.second_member.id)
        db.session.scalars(mine).one().left_at = clock.now()
    assert browser.get("/my/products").status_code == 403


@pytest.fixture
def counted(app):
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("tab", ["on_sale", "draft"])
def test_one_row_costs_as_many_queries_as_twenty_four(browser, cast, counted, tab):
    state = RevisionState.APPROVED if tab == "on_sale" else RevisionState.DRAFT

    def more(number):
        with writing():
            for _ in range(number):
                make_product(cast.cooperative(), cast.member, "Chè", category="tea", price=1000, on_hand=1, state=state)

    def queries():
        counted.clear()
        browser.get(f"/my/products?tab={tab}")
        return len(browser.all(".goods-row")), len(counted)

    if tab == "draft":
        more(1)
    browser.sign_in(cast.member)
    queries()
    one, few = queries()
    more(30)
    many, still_few = queries()
    assert (one, many) == (1, 24)
    assert few == still_few <= 16
    assert db.session.scalar(select(Product.id).limit(1))
