"""The pages of a seller and of a commune."""

import pytest

from cooperatives.lifecycle import CooperativeState
from products.search import services as search
from shop.core.db import writing
from tests.cast import make_product
from tests.shop.storefront.counting import statements


@pytest.fixture
def path(cast):
    seller = cast.cooperative()
    return f"/producers/{seller.slug}-{seller.code}"


def names(browser):
    return [node.text_content() for node in browser.all(".card-name a")]


def test_the_seller_and_what_they_sell(browser, cast, path):
    with writing():
        cast.cooperative().story = "Nương của bố mẹ.\n\nHái lúc sương."
        cast.cooperative().story_en = "Our parents' fields."
    browser.get(path)
    assert browser.one("h1").text_content() == "Hợp tác xã Chè Bình Lư"
    assert names(browser) == ["Chè Shan tuyết Bình Lư"]
    assert [node.text_content() for node in browser.all(".maker p.text")] == ["Nương của bố mẹ.", "Hái lúc sương."]
    assert browser.all("a[href='/communes/03390']")
    browser.get(f"/en{path}")
    assert "Our parents' fields." in browser.text
    browser.get(f"/hi{path}")
    assert browser.all(".maker p.text[lang=vi]")


def test_wrong_slug_unknown_and_suspended(browser, cast, path):
    code = path.rsplit("-", 1)[1]
    assert browser.get(f"/producers/x-{code}").headers["Location"] == path
    assert browser.get("/producers/x-ZZZZZZZZ").status_code == 404
    with writing():
        cast.cooperative().state = CooperativeState.SUSPENDED
    assert browser.get(path).status_code == 404


def test_a_seller_without_goods_has_a_page(browser, cast, path):
    with writing():
        cast.product().move("pause")
        search.refresh([cast.ids["tea"]])
    browser.get(path)
    assert browser.says("Nothing on sale just now")


def test_pages_and_statements(browser, cast, path):
    with statements() as few:
        browser.get(path)
    with writing():
        for number in range(30):
            make_product(cast.cooperative(), cast.member, f"Chè {number}", category="tea", price=9_000, on_hand=1)
    with statements() as more:
        browser.get(path)
    assert len(names(browser)) == 24
    assert len(more) == len(few) <= 5
    browser.get(f"{path}?page=2")
    assert len(names(browser)) == 7


def test_a_commune_its_older_names_goods_and_sellers(browser, cast):
    browser.get("/communes/03390")
    assert browser.one("h1").text_content() == "Hàng của xã Bình Lư"
    assert "Thị trấn Tam Đường" in browser.text
    assert names(browser) == ["Chè Shan tuyết Bình Lư"]
    assert [node.text_content() for node in browser.all(".seller-name")] == ["Hợp tác xã Chè Bình Lư"]
    browser.get("/en/communes/03390")
    assert browser.one("h1").text_content() == "Goods of Bình Lư Commune"


def test_a_commune_without_goods(browser, cast):
    browser.get("/communes/03595")
    assert browser.says("Nothing from here on sale yet")


@pytest.mark.parametrize("code", ["00004", "3390", "03390x", "99999"])
def test_other_places_have_no_page(browser, cast, code):
    """Hà Nội's communes are delivery addresses; the market is of one province."""
    assert browser.get(f"/communes/{code}").status_code == 404


def test_a_commune_asks_five_statements(browser, cast):
    with statements() as few:
        browser.get("/communes/03390")
    with writing():
        for number in range(24):
            make_product(cast.cooperative(), cast.member, f"Chè {number}", category="tea", price=9_000, on_hand=1)
    with statements() as more:
        browser.get("/communes/03390")
    assert len(more) == len(few) <= 5
