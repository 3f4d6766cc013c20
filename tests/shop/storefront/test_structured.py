"""What machines read of a page is what the page says and what the database holds; an extractor by others reads it."""

from typing import Any

import extruct
import pytest

from cooperatives.certificates.models import Certificate
from products.models import Product, Sku
from shop.core.db import db, writing
from shop.core.formats import show_date, show_money, show_tenths
from shop.core.i18n import use_language
from tests.cooperatives.certificates.sending import verified
from tests.shop.ratings.bought import rated
from tests.shop.storefront.assorted import EVERYTHING, Kind, assorted, kinds

ORIGIN = "http://127.0.0.1:8000"


def told(browser) -> dict[str, Any]:
    """{type: what the page tells of it}, as the extractor finds it."""
    found = extruct.extract(browser.response.text, syntaxes=["json-ld"], errors="strict")["json-ld"]
    assert all(one["@context"] == "https://schema.org" for one in found)
    kinds_of = [one["@type"] for one in found]
    assert len(kinds_of) == len(set(kinds_of))
    return {one["@type"]: one for one in found}


def test_the_kinds_are_mixed():
    """Each value of each trait is among the hundred, beside each value of every other."""
    hundred = kinds(100)
    assert len(set(hundred)) == 100
    for one in range(len(Kind._fields)):
        for other in range(one):
            pairs = {(kind[one], kind[other]) for kind in hundred}
            assert pairs == {(kind[one], kind[other]) for kind in EVERYTHING}


def test_a_hundred_goods_say_the_same_to_machines_people_and_in_the_tables(browser, cast):
    for key, kind in assorted(cast, 100).items():
        goods = db.session.get_one(Product, key)
        path = f"/products/{goods.slug}-{goods.code}"
        assert browser.get(path).status_code == 200
        data = told(browser)["Product"]
        said_once(browser, path, data)
        with use_language("vi"):
            offers(browser, key, kind, data)
            papers(browser, kind, data)
            stars(browser, kind, data)


def said_once(browser, path: str, data: dict[str, Any]) -> None:
    assert data["name"] == browser.one("h1").text_content()
    assert data["description"] == browser.one(".product-head p.text").text_content()
    assert data["url"] == ORIGIN + path == browser.one("link[rel=canonical]").get("href")
    assert data["brand"]["name"] == browser.one(".product-head .seller-name").text_content()
    shown = {node.get("src") for node in browser.all(".gallery img")}
    assert {one.removeprefix(ORIGIN).rsplit("-", 1)[0] for one in data["image"]} == {
        one.rsplit("-", 1)[0] for one in shown
    }
    steps = told(browser)["BreadcrumbList"]["itemListElement"]
    crumbs = browser.one("nav.crumbs a")
    assert [(one["position"], one["name"], one["item"]) for one in steps] == [
        (1, crumbs.text_content().strip(), ORIGIN + crumbs.get("href")),
        (2, data["name"], ORIGIN + path),
    ]


def offers(browser, key: int, kind: Kind, data: dict[str, Any]) -> None:
    """Each pack in the table is one offer; its price, sale and stock are those of the row and of the page."""
    goods = db.session.get_one(Product, key)
    rows = db.session.query(Sku).filter_by(product_id=key, retired_at=None).order_by(Sku.position).all()
    least = goods.approved.least_packs or 1
    assert [one["sku"] for one in data["offers"]] == [row.code for row in rows]
    choices = {node.get("value") for node in browser.all("form.buy [name=sku]")}
    for offer, row in zip(data["offers"], rows, strict=True):
        free = row.on_hand - row.held
        state = "InStoreOnly" if kind.stock == "by telephone" else "OutOfStock"
        if kind.stock not in {"by telephone", "season over"} and free >= least:
            state = "InStock"
        assert offer["availability"] == f"https://schema.org/{state}", kind
        assert (state == "InStock") == (row.code in choices), "what is told to be in can be put into the cart"
        assert (offer["price"], offer["priceCurrency"], offer["url"]) == (row.price, "VND", data["url"])
        assert offer["eligibleQuantity"] == {"@type": "QuantitativeValue", "value": row.pack_amount, "unitCode": "GRM"}
        assert offer["seller"]["name"] == data["brand"]["name"]
        assert show_money(row.price) in browser.response.text
        assert ("priceValidUntil" in offer) == ("priceSpecification" in offer) == (row.usual_price is not None)
    first = data["offers"][0]
    assert browser.one(".price.big strong").text_content() == show_money(first["price"])
    struck = browser.all(".price.big s")
    assert bool(struck) == kind.sale == ("priceSpecification" in first)
    if kind.sale:
        usual = first["priceSpecification"]
        assert usual["priceType"] == "https://schema.org/StrikethroughPrice"
        assert show_money(usual["price"]) in struck[0].text_content()
        assert first["priceValidUntil"] == rows[0].sale_until.isoformat()
        assert f"{rows[0].sale_until.day}/{rows[0].sale_until.month}" in browser.one(".price .until").text_content()
    says = {"by telephone": "Order by telephone", "season over": "The season is over"}.get(kind.stock)
    if says is None and not choices:
        says = "Out of stock for now"
    assert says is None or browser.says(says)


def papers(browser, kind: Kind, data: dict[str, Any]) -> None:
    shown = browser.all("#papers li")
    assert len(shown) == len(data.get("hasCertification", [])) == int(kind.paper)
    if kind.paper:
        paper, row = data["hasCertification"][0], db.session.query(Certificate).one()
        assert paper["certificationIdentification"] == row.number == "VG-2026-17"
        assert (paper["expires"], paper["issuedBy"]["name"]) == (row.expires_on.isoformat(), row.issuer)
        for words in (paper["name"], row.number, row.issuer, show_date(row.expires_on)):
            assert words in shown[0].text_content()
        assert paper["url"] == ORIGIN + shown[0].cssselect("a")[0].get("href")


def stars(browser, kind: Kind, data: dict[str, Any]) -> None:
    """From three ratings on there is an average; it is the same number for both, and of the table."""
    total, average = sum(kind.stars), browser.all(".stars-average")
    assert ("aggregateRating" in data) == bool(average) == (total >= 3)
    if average:
        sum_of_stars = sum(stars * many for stars, many in enumerate(kind.stars, start=1))
        aggregate = data["aggregateRating"]
        assert aggregate["ratingCount"] == total
        assert abs(aggregate["ratingValue"] - sum_of_stars / total) <= 0.05
        words = average[0].text_content()
        assert show_tenths(round(aggregate["ratingValue"] * 10)) in words
        assert str(total) in words


@pytest.mark.parametrize("root", ["", "/en", "/hi"])
def test_the_first_page_says_who_the_market_is(browser, session, root):
    browser.get(f"{root}/")
    market = told(browser)["Organization"]
    assert market["name"] == "Chợ Phiên"
    assert market["telephone"] in browser.one("footer").text_content()
    assert browser.client.get(market["logo"].removeprefix(ORIGIN)).status_code == 200


def test_a_seller_is_told_as_its_page_tells_it(browser, cast):
    verified(cast, "safety", goods=())
    for number in (5, 4, 4):
        rated(cast, number)
    with writing():
        cast.cooperative().registration_number = "6200-123"
    seller = cast.cooperative()
    browser.get(f"/producers/{seller.slug}-{seller.code}")
    found = told(browser)["Organization"]
    assert found["name"] == browser.one("h1").text_content() == cast.cooperative().name
    assert found["url"] == browser.one("link[rel=canonical]").get("href")
    assert f"tel:{found['telephone']}" == browser.one("main .button").get("href")
    assert found["address"]["addressLocality"] in browser.text
    assert found["identifier"] in browser.text
    assert found["hasCertification"][0]["name"] in browser.one("#papers").text_content()
    assert found["aggregateRating"]["ratingCount"] == 3
    assert "4,3 trên 5 sao" in browser.one(".stars-average").text_content()


def test_a_seller_without_papers_and_ratings_has_none_told(browser, cast):
    seller = cast.cooperative()
    browser.get(f"/producers/{seller.slug}-{seller.code}")
    assert {"hasCertification", "aggregateRating", "identifier"}.isdisjoint(told(browser)["Organization"])
