"""A category: 24 cards a page, three orders, communes to choose from."""

import pytest

from products.search import services as search
from shop.core.db import writing
from tests.cast import make_product
from tests.shop.storefront.counting import statements


@pytest.fixture
def many(cast):
    """Thirty more teas: prices 1,000 to 30,000, the newest the dearest; ten of them from the other commune."""
    with writing():
        for number in range(1, 31):
            seller = cast.cooperative("other_cooperative" if number % 3 == 0 else "cooperative")
            make_product(seller, cast.member, f"Chè {number:02}", category="tea", price=number * 1000, on_hand=3)


def names(browser):
    return [node.text_content() for node in browser.all(".card-name a")]


@pytest.mark.parametrize("path", ["/categories/tea", "/communes/03394", "/ranking", "/lessons", "/en/how-to-buy"])
def test_search_engines_get_a_description_of_each_page_they_may_find(browser, cast, path):
    browser.get(path.replace("03394", cast.cooperative().commune_code))
    title, said = browser.one("title").text_content(), browser.one("meta[name=description]").get("content")
    assert said.startswith(title)
    assert len(said) > len(title) + 20


def test_a_page_has_24_cards_newest_first(browser, many):
    browser.get("/categories/tea")
    assert names(browser) == [f"Chè {number:02}" for number in range(30, 6, -1)]
    assert browser.one("[aria-live=polite]").text_content() == "31 sản phẩm"
    browser.get("/categories/tea?page=2")
    assert names(browser)[-1] == "Chè Shan tuyết Bình Lư"
    assert len(names(browser)) == 7


def test_by_price(browser, many):
    for sort, first in (("price_up", "Chè 01"), ("price_down", "Chè Shan tuyết Bình Lư")):
        browser.get(f"/categories/tea?sort={sort}")
        assert names(browser)[0] == first
        assert len(names(browser)) == 24
        assert browser.one(".sorts [aria-current]").get("href").endswith(f"sort={sort}")


def test_by_commune(browser, many):
    browser.get("/categories/tea?commune=03394&sort=price_up")
    assert names(browser) == [f"Chè {number:02}" for number in range(3, 31, 3)]
    assert browser.one("[aria-live=polite]").text_content() == "10 sản phẩm"
    assert browser.one(".chosen a").get("href") == "/categories/tea?sort=price_up"
    communes = [node.text_content() for node in browser.all("select[name=commune] option")]
    assert communes == ["Mọi xã", "Bình Lư (21)", "Sin Suối Hồ (10)"]


def test_pages_keep_what_was_chosen(browser, many):
    browser.get("/categories/tea?sort=price_up&other=1")
    links = {node.get("href") for node in browser.all(".paging a")}
    assert "/categories/tea?sort=price_up&page=2" in links
    assert browser.one("link[rel=canonical]").get("href") == "http://127.0.0.1:8000/categories/tea"
    browser.get("/categories/tea?page=2")
    assert browser.one("link[rel=canonical]").get("href").endswith("/categories/tea?page=2")


def test_what_cannot_be_asked_is_not_asked(browser, many):
    for asked in (
        "page=9",
        "page=-1",
        "page=x",
        "page=0",
        "page=99999999999",
        "sort=x",
        "commune=0339x",
        "commune=99999",
    ):
        assert browser.get(f"/categories/tea?{asked}").status_code == 200
        assert names(browser), asked


def test_an_unknown_category_is_not_here(browser):
    assert browser.get("/categories/tractors").status_code == 404
    assert browser.get("/categories/").status_code == 404


def test_an_empty_category_says_so(browser, cast):
    browser.get("/en/categories/fish")
    assert browser.says("No goods of this kind yet", "en")


def test_statements_do_not_grow_with_the_cards(browser, cast):
    browser.get("/categories/tea")
    with statements() as few:
        browser.get("/categories/tea")
    with writing():
        for number in range(24):
            make_product(cast.cooperative(), cast.member, f"Chè {number}", category="tea", price=9_000, on_hand=1)
    with statements() as more:
        browser.get("/categories/tea")
    assert len(browser.all(".card")) == 24
    assert len(more) == len(few) <= 5


def test_goods_that_left_are_not_listed_even_before_search_hears_of_it(browser, cast):
    with writing():
        cast.product().move("pause")
    browser.get("/categories/tea")
    assert names(browser) == []
    with writing():
        search.refresh([cast.ids["tea"]])
    browser.get("/categories/tea")
    assert browser.says("No goods of this kind yet")
