"""The first page: what is in season, what is new, who makes it."""

from datetime import UTC, datetime

from products.search import services as search
from products.season import month_bit
from shop.core import clock
from shop.core.db import db, writing
from tests.cast import make_product
from tests.shop.storefront.counting import statements


def cards(browser, section):
    return [node.text_content() for node in browser.all(f"section[aria-labelledby={section}] .card-name a")]


def in_season(cast, name, *months):
    with writing():
        product = cast.product(name)
        product.approved.season_months = sum(month_bit(month) for month in months)
        db.session.flush()
        search.refresh([product.id])


def test_home_shows_what_is_new_and_who_makes_it(browser, cast):
    browser.get("/")
    assert cards(browser, "new") == ["Mật ong Sin Suối Hồ", "Chè Shan tuyết Bình Lư"]
    assert not browser.all("#season")
    sellers = [node.text_content() for node in browser.all("section[aria-labelledby=producers] .seller-name")]
    assert sorted(sellers) == ["Hộ Tẩn Lở Mẩy", "Hợp tác xã Chè Bình Lư"]
    assert "Bình Lư" in browser.text
    assert len(browser.all(".category-chips a")) == 14
    assert browser.one("h1").text_content() == "Nông sản Lai Châu, từ tay người trồng"


def test_the_season_comes_first_and_counts_the_month_of_vietnam(browser, cast):
    in_season(cast, "tea", 3, 4)
    clock.set_for_tests(datetime(2026, 2, 28, 18, 0, tzinfo=UTC))  # 1 March in Việt Nam
    browser.get("/")
    assert cards(browser, "season") == ["Chè Shan tuyết Bình Lư"]
    assert cards(browser, "new") == ["Mật ong Sin Suối Hồ"], "nothing stands there twice"
    clock.set_for_tests(datetime(2026, 5, 1, tzinfo=UTC))
    browser.get("/")
    assert not browser.all("#season")


def test_it_shows_twelve_goods_in_all(browser, cast):
    with writing():
        for number in range(14):
            make_product(cast.cooperative(), cast.member, f"Chè {number:02}", category="tea", price=9000, on_hand=3)
    in_season(cast, "tea", 3)
    clock.set_for_tests(datetime(2026, 3, 5, tzinfo=UTC))
    browser.get("/")
    assert cards(browser, "season") == ["Chè Shan tuyết Bình Lư"]
    assert cards(browser, "new") == [f"Chè {number:02}" for number in range(13, 2, -1)]


def test_an_empty_market_has_a_page(browser, session):
    assert browser.get("/").status_code == 200
    assert browser.get("/categories/tea").status_code == 200
    assert browser.says("No goods of this kind yet")
    assert browser.get("/search?q=che").status_code == 200
    assert browser.get("/communes/03390").status_code == 200


def test_first_picture_is_eager_and_the_rest_waits(browser, cast):
    browser.get("/")
    pictures = browser.all(".card img")
    assert pictures[0].get("fetchpriority") == "high"
    assert pictures[0].get("loading") is None
    assert pictures[0].get("sizes").endswith("46vw"), "two columns on a phone"
    widths = pictures[0].get("srcset").split(", ")
    assert [width.split()[1] for width in widths] == ["160w", "240w", "360w", "480w"]


def test_statements_do_not_grow_with_the_cards(browser, cast):
    browser.get("/")
    with statements() as few:
        browser.get("/")
    with writing():
        for number in range(24):
            make_product(cast.cooperative(), cast.member, f"Chè số {number}", category="tea", price=50_000, on_hand=1)
    with statements() as many:
        browser.get("/")
    assert len(many) == len(few) <= 5


def test_names_are_in_the_language_of_the_page_or_say_that_they_are_vietnamese(browser, cast):
    browser.get("/en/")
    names = browser.all(".card-name a")
    assert {name.get("lang") for name in names} == {"vi"}
    assert names[0].get("href").startswith("/en/products/")
    assert browser.document.get("lang") == "en"
    browser.get("/")
    assert {name.get("lang") for name in browser.all(".card-name a")} == {None}
