"""The line of time: who, when, what; for members and, without drafts, for officers."""

import pytest
from sqlalchemy import event

from products import services
from products.review.models import Verdict
from products.stock import services as stock
from shop.core.db import db, writing
from tests.products.complete import draft_of
from tests.products.history.lives import approved, price_now, save, send
from tests.products.review.sent import decided


@pytest.fixture
def path(cast):
    return f"/my/products/{cast.product().code}/history"


def entries(browser):
    return [" ".join(one.text_content().split()) for one in browser.all(".history > li")]


def test_a_member_reads_who_did_what_newest_first(browser, cast, path):
    save(cast, "second_member", name="Chè cổ thụ", story="Cây trăm năm.")
    send(cast)
    decided(cast, cast.product(), Verdict.APPROVE, "Ảnh đẹp")
    price_now(cast, 150_000)
    with writing():
        stock.count(cast.sku(), 7, 10, cast.second_member)
        services.pause(cast.product(), cast.member)
    browser.sign_in(cast.member)
    browser.get(path)
    told = entries(browser)
    assert "Tạm dừng" in told[0]
    assert "10 → 7" in told[1]
    assert "Lò Văn Tâm" in told[1]
    assert "120.000" in told[2]
    assert "150.000" in told[2]
    assert "Giàng Thị Máy" in told[2]
    assert "Bản số 2" in told[3]
    for words in ("Lò Văn Tâm viết, Giàng Thị Máy gửi", "Cán bộ Nguyễn Thị Hoa", "Ảnh đẹp", "Người mua đang thấy"):
        assert words in told[3]
    assert "Tên sản phẩm" in told[3] or "Đã đổi" in told[3]
    assert "Cây trăm năm." in told[4], "what was written, with old and new"
    assert "Bản số 1" in told[5]


def test_a_return_and_its_mending_are_two_versions(browser, cast, path):
    save(cast, name="Chè một")
    send(cast)
    decided(cast, cast.product(), Verdict.RETURN, "Thiếu nhãn")
    save(cast, name="Chè hai")
    browser.sign_in(cast.member)
    browser.get(path)
    told = entries(browser)
    assert "Bản số 3" in told[0]
    assert "Giàng Thị Máy bắt đầu viết" in told[0]
    versions = [one for one in told if "Bản số 2" in one and "Thiếu nhãn" in one]
    assert len(versions) == 1
    assert any("Mở lại bản số 2" in one for one in told)
    assert browser.get(f"{path}/2").status_code == 200
    assert "Chè một" in browser.text


def test_the_list_the_form_and_the_preview_lead_here(browser, cast, path):
    browser.sign_in(cast.member)
    code = cast.product().code
    for page in ("", f"/{code}/edit", f"/{code}/preview"):
        browser.get(f"/my/products{page}")
        assert browser.all(f"main a[href='{path}']"), page


def test_an_officer_sees_what_was_sent_and_no_draft(browser, cast):
    save(cast, name="Chưa gửi")
    code = cast.product().code
    browser.sign_in(cast.officer)
    browser.get(f"/review/products/{code}/history")
    assert "Bản số 1" in browser.text
    assert "Chưa gửi" not in browser.text
    assert not browser.all("main form[action*='reinstatement']")
    assert browser.get(f"/review/products/{code}/history/1").status_code == 200
    assert not browser.all("main form[action*='restoration']")
    assert browser.get(f"/review/products/{code}/history/2").status_code == 404


def test_others_find_nothing(browser, cast, path):
    assert browser.get(path).status_code == 302
    browser.sign_in(cast.stranger)
    assert browser.get(path).status_code == 404
    assert browser.get(f"{path}/1").status_code == 404
    other = type(browser)(browser.app)
    other.sign_in(cast.officer_elsewhere)
    assert other.get(f"/review/products/{cast.product().code}/history").status_code == 404


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=999999999999"])
def test_a_page_that_is_none_is_the_nearest(browser, cast, path, query):
    browser.sign_in(cast.member)
    assert browser.get(f"{path}?{query}").status_code == 200


def test_goods_that_were_never_sent_have_a_history_too(browser, cast):
    with writing():
        code = draft_of(cast).code
    browser.sign_in(cast.member)
    browser.get(f"/my/products/{code}/history")
    assert "Bản số 1" in browser.text
    assert "Miến dong Bình Lư" in browser.text


@pytest.fixture
def counted(app):
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def test_thirty_versions_cost_as_many_queries_as_two(browser, cast, path, counted):
    browser.sign_in(cast.member)

    def queries():
        counted.clear()
        browser.get(path)
        return len(browser.all(".history > li")), len(counted)

    approved(cast, name="Chè 0", origin="03394")
    price_now(cast, 121_000)
    queries()
    few, little = queries()
    for number in range(1, 16):
        approved(cast, name=f"Chè {number}", origin="03390" if number % 2 else "03394")
        price_now(cast, 121_000 + number * 1000)
    queries()
    many, much = queries()
    assert (few, many) == (4, 30)
    assert much == little <= 24
    browser.get(f"{path}?page=2")
    assert entries(browser)
