"""While somebody types: goods, sellers, communes and kinds that begin so, in few statements, the same for everybody."""

from urllib.parse import urlencode

import pytest

from shop.core.db import writing
from tests.cast import make_product
from tests.shop.storefront.counting import statements


def offered(browser, text, lang=""):
    answer = browser.client.get(f"{lang}/suggestions.json", query_string={"q": text}, base_url=browser.origin)
    assert answer.status_code == 200
    return answer.get_json()["suggestions"]


def texts(browser, text, lang=""):
    return [one["text"] for one in offered(browser, text, lang)]


@pytest.mark.parametrize("typed", ["che sh", "Chè Shan", "CHÈ SHAN TUYẾT bì", "cheshan", "tuyet"])
def test_names_of_goods_as_the_search_folds_them(browser, cast, typed):
    name = "Chè Shan tuyết Bình Lư"
    assert {"text": name, "kind": "", "url": f"/search?{urlencode({'q': name})}"} in offered(browser, typed)


def test_sellers_communes_and_kinds_lead_to_their_pages(browser, cast):
    seller = cast.cooperative()
    found = offered(browser, seller.name[:12])
    assert f"/producers/{seller.slug}-{seller.code}" in [one["url"] for one in found if one["kind"] == "Người bán"]
    (place,) = [one for one in offered(browser, "binh l") if one["kind"] == "Xã, phường"]
    assert (place["text"], place["url"]) == ("Bình Lư", f"/communes/{seller.commune_code}")
    assert {"text": "Chè, trà", "kind": "Loại hàng", "url": "/categories/tea"} in offered(browser, "che")
    assert "/hi/categories/tea" in [one["url"] for one in offered(browser, "चाय", "/hi")]


@pytest.mark.parametrize("typed", ["", "c", "?", "'\"*", "zzzz", "x" * 900, "AND OR NOT", "()"])
def test_what_begins_nothing_offers_nothing(browser, cast, typed):
    assert offered(browser, typed) == []


def test_only_what_is_public_is_offered(browser, cast):
    with writing():
        cast.product().move("pause")
    assert "Chè Shan tuyết Bình Lư" not in texts(browser, "che shan")


def test_a_name_stands_once_and_statements_do_not_grow(browser, cast):
    with statements() as few:
        offered(browser, "che")
    with writing():
        for number in range(30):
            make_product(cast.cooperative(), cast.member, f"Chè {number % 3}", category="tea", price=9_000, on_hand=1)
    with statements() as more:
        found = texts(browser, "che")
    assert len(found) == len(set(found))
    assert len(more) == len(few) == 2


def test_it_may_be_stored_for_a_minute_and_sets_no_cookie(browser, cast):
    answer = browser.client.get("/suggestions.json?q=che", base_url=browser.origin)
    assert answer.headers["Cache-Control"].startswith("public, max-age=")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["ETag"]


def test_the_field_says_where_suggestions_come_from(browser, cast):
    browser.get("/en/search?q=che")
    field = browser.one("input[type=search]")
    assert (field.get("data-on-focus"), field.get("data-url")) == ("suggest", "/en/suggestions.json")
