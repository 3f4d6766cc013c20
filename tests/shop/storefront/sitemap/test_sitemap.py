"""Crawlers find every public page, and no other."""

from lxml import etree

from products.search import services as search
from shop.core.db import writing
from shop.storefront.sitemap import queries

ORIGIN = "http://127.0.0.1:8000"


def addresses(app, path):
    answer = app.test_client().get(path)
    assert answer.status_code == 200
    return [node.text for node in etree.fromstring(answer.data).iter("{*}loc")]


def everything(app):
    return [place for part in addresses(app, "/sitemap.xml") for place in addresses(app, part.removeprefix(ORIGIN))]


def test_every_public_page_is_in_and_answers(app, cast):
    found = everything(app)
    product, seller = cast.product(), cast.cooperative()
    assert f"{ORIGIN}/products/{product.slug}-{product.code}" in found
    assert f"{ORIGIN}/producers/{seller.slug}-{seller.code}" in found
    assert f"{ORIGIN}/communes/03390" in found
    assert f"{ORIGIN}/categories/tea" in found
    assert len(found) == len(set(found))
    client = app.test_client()
    assert {client.get(place.removeprefix(ORIGIN)).status_code for place in found} == {200}


def test_withdrawn_goods_are_not_in(app, cast):
    code = cast.product().code
    with writing():
        cast.product().move("withdraw")
        search.refresh([cast.ids["tea"]])
    assert not [place for place in everything(app) if code in place]


def test_products_fill_as_many_files_as_they_need(app, cast, monkeypatch):
    monkeypatch.setattr(queries, "PER_FILE", 1)
    parts = addresses(app, "/sitemap.xml")
    assert [part.rsplit("/", 1)[1] for part in parts] == [
        "pages.xml",
        "producers.xml",
        "products-1.xml",
        "products-2.xml",
    ]
    assert len(addresses(app, "/sitemaps/products-2.xml")) == 1


def test_files_that_are_none(app, session):
    for name in ("products-0", "products-9", "products-x", "products-", "other", "products-99999999"):
        assert app.test_client().get(f"/sitemaps/{name}.xml").status_code == 404


def test_an_empty_market_has_a_sitemap(app, session):
    assert len(everything(app)) > 15


def test_robots_closes_what_is_somebodys_own(app, session):
    text = app.test_client().get("/robots.txt").get_data(as_text=True)
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in text
    for path in ("/cart", "/checkout", "/desk", "/my/", "/purchases/", "/search"):
        assert f"Disallow: {path}\n" in text
