"""What everybody reads: no average under three, the count, the words, page by page."""

import json

import pytest

from shop.core.db import db, writing
from shop.ratings import services
from shop.ratings.models import Rating, RatingTally
from shop.ratings.shown import Stars
from tests.shop.ratings.bought import rated, violations
from tests.shop.storefront.counting import statements


@pytest.fixture
def path(cast):
    product = cast.product()
    return f"/products/{product.slug}-{product.code}"


def data(browser):
    return json.loads(browser.all("script[type='application/ld+json']")[0].text)


def test_nobody_has_rated(browser, cast, path):
    browser.get(path)
    assert browser.says("Nobody has rated these goods yet. Who has bought them can, after delivery.")
    assert "aggregateRating" not in data(browser)


def test_under_three_there_is_no_average(browser, cast, path):
    rated(cast, 5)
    rated(cast, 1, "Bị ẩm.")
    browser.get(path)
    assert browser.says("Fewer than 3: too few for an average.")
    assert browser.all(".stars-average") == []
    assert "aggregateRating" not in data(browser)
    assert "Bị ẩm." in browser.text


def test_from_three_on_the_page_and_the_machine_say_the_same(browser, cast, path):
    for stars in (5, 5, 3):
        rated(cast, stars)
    browser.get(path)
    assert "4,3 trên 5 sao" in browser.one(".stars-average").text_content()
    found = [" ".join(row.text_content().split()) for row in browser.all(".stars-rows li")]
    assert found == ["5 sao 2", "4 sao 0", "3 sao 1", "2 sao 0", "1 sao 0"]
    aggregate = data(browser)["aggregateRating"]
    assert (aggregate["ratingValue"], aggregate["ratingCount"], aggregate["bestRating"]) == (4.3, 3, 5)


def test_who_says_it(browser, cast, path):
    rated(cast, 4, "Ngon <b>lắm</b>")
    browser.get(path)
    one = " ".join(browser.one("li.rating").text_content().split())
    assert "4 trên 5 sao" in one
    assert "Anh, Hà Nội" in one
    assert "Ngon <b>lắm</b>" in one
    for private in ("Trần", "Ngọc Hà", "0912", "+8491"):
        assert private not in one


def test_taken_back_says_nothing_to_anybody(browser, cast, path):
    key = rated(cast, 1, "Bị ẩm.").id
    with writing():
        services.take_back(db.session.get_one(Rating, key), None)
    browser.get(path)
    assert "Bị ẩm." not in browser.text


def test_newest_first_and_the_rest_on_pages(browser, cast, path):
    with writing():
        cast.sku().on_hand = 100
    for number in range(22):
        rated(cast, 5, f"Lời {number:02d}.")
    browser.get(path)
    assert [f"Lời {number}." in browser.text for number in (21, 20, 19, 18)] == [True, True, True, False]
    all_of_them = f"/products/{cast.product().code}/ratings"
    assert all_of_them in [link.get("href") for link in browser.all("main a")]
    browser.get(all_of_them)
    assert len(browser.all("li.rating")) == 20
    for beyond in ("2", "3", "99999"):
        browser.get(f"{all_of_them}?page={beyond}")
        assert [node.text_content() for node in browser.all(".rating-words")] == ["Lời 01.", "Lời 00."]
    assert violations() == []


def test_a_sellers_page_names_the_goods(browser, cast):
    rated(cast, 5)
    seller = cast.cooperative()
    rated(cast, 2, "Loãng.", "honey")
    browser.get(f"/producers/{seller.slug}-{seller.code}")
    assert browser.one("li.rating").text_content().count("Chè Shan tuyết Bình Lư") == 1
    assert "Loãng." not in browser.text
    browser.get(f"/producers/{cast.cooperative().code}/ratings")
    assert len(browser.all("li.rating")) == 1


def test_goods_that_are_not_on_sale_have_no_page_of_ratings(browser, cast):
    rated(cast, 5)
    with writing():
        cast.product().shelf = "withdrawn"
    assert browser.get(f"/products/{cast.product().code}/ratings").status_code == 404
    assert browser.get("/products/KHONGCO0/ratings").status_code == 404
    assert browser.get("/producers/KHONGCO0/ratings").status_code == 404


def test_many_ratings_cost_one_statement_more(browser, cast, path):
    seller = cast.cooperative()
    addresses = (path, f"/producers/{seller.slug}-{seller.code}", f"/products/{cast.product().code}/ratings")
    few = many = ()
    with writing():
        cast.sku().on_hand = 100
    for stars in (5, 4, 3):
        rated(cast, stars)
    for address in addresses:
        with statements() as seen:
            browser.get(address)
        few += (len(seen),)
    for _ in range(20):
        rated(cast, 4)
    for address in addresses:
        with statements() as seen:
            browser.get(address)
        many += (len(seen),)
    assert many == few
    assert few[0] <= 6


@pytest.mark.parametrize(
    ("stars", "tenths"), [((0, 0, 0, 0, 3), 50), ((1, 1, 1, 0, 0), 20), ((0, 0, 3, 1, 0), 33), ((0, 0, 1, 3, 0), 38)]
)
def test_an_average_is_rounded_to_tenths(stars, tenths):
    assert Stars(*stars).tenths == tenths


def test_too_few_have_none():
    with pytest.raises(ValueError, match="too few"):
        _ = Stars(0, 0, 0, 0, 2).tenths


def test_a_wrong_count_is_found(cast):
    rated(cast, 5)
    with writing():
        db.session.query(RatingTally).one().stars_4 = 1
    assert violations() == [f"product {cast.ids['tea']}: kept count (0, 0, 0, 1, 1), its ratings make (0, 0, 0, 0, 1)"]
