"""One revision: what it said and showed, and what it changed."""

import pytest

from products.photos import services as photos
from shop.core.db import writing
from tests.cast import make_photo
from tests.products.history.lives import approved, price_now, save, send
from tests.products.review.sent import decided

NEW = "cd" * 32


@pytest.fixture
def path(cast):
    return f"/my/products/{cast.product().code}/history"


def rows(browser):
    return {row.cssselect("dt")[0].text_content(): row for row in browser.all("dl.changes > div")}


def words(row, tag):
    return [one.text_content().strip() for one in row.cssselect(tag)]


def test_it_shows_the_goods_and_each_change_word_by_word(browser, cast, path):
    with writing():
        make_photo(cast.cooperative(), cast.member, NEW)
        photos.add(cast.product(), NEW, cast.member, 0)
    save(cast, name="Chè Shan cổ thụ Bình Lư", price="130k", net_weight="500 g", name_en="Old tea", name_hi="चाय",
         more1_unit="kg", more1_price="900k", more1_quantity="3", allergens=["none"], season=[3])  # fmt: skip
    send(cast)
    browser.sign_in(cast.member)
    browser.get(f"{path}/2")
    found = rows(browser)
    name = next(row for label, row in found.items() if label.startswith("Tên") and words(row, "ins") == ["cổ thụ"])
    assert words(name, "del") == ["tuyết"]
    assert "120.000" in words(found["Giá"], "del")[0]
    assert "130.000" in words(found["Giá"], "ins")[0]
    text = browser.one("dl.changes").text_content().replace("\N{NO-BREAK SPACE}", " ")
    for said in ("500 g", "Old tea", "चाय", "900.000", "Ảnh bìa mới", "Ảnh của bản số 1", "Ảnh của bản số 2"):
        assert said in text, said
    assert len(browser.all("dl.changes .thumbs img")) == 3
    assert "Chè Shan cổ thụ Bình Lư" in browser.one(".as-buyer").text_content()


def test_it_is_compared_with_what_buyers_see_now_when_asked(browser, cast, path):
    approved(cast, name="Chè hai")
    approved(cast, name="Chè ba")
    price_now(cast, 155_000)
    browser.sign_in(cast.member)
    browser.get(f"{path}/2?against=live")
    name = next(iter(rows(browser).values()))
    assert "155.000" in browser.one("dl.changes").text_content(), name
    assert [words(row, "del") for row in rows(browser).values()][-1] == ["ba"]
    browser.get(f"{path}/2?against=nonsense")
    assert "Bản số 2" in browser.text
    browser.get(f"{path}/3?against=live")
    assert len(browser.all(".views a")) == 0, "it is the live one"


def test_the_first_one_is_compared_with_nothing(browser, cast, path):
    browser.sign_in(cast.member)
    browser.get(f"{path}/1")
    assert not browser.all("dl.changes")


def test_a_number_that_never_was_is_not_found(browser, cast, path):
    browser.sign_in(cast.member)
    for number in ("0", "2", "99999", "100000", "x", "-1"):
        assert browser.get(f"{path}/{number}").status_code == 404
    assert decided
