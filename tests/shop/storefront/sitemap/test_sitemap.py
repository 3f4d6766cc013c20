"""Crawlers find every public page, and no other."""

from datetime import timedelta

from lxml import etree

from products.search import services as search
from shop.core.days import today
from shop.core.db import writing
from shop.storefront.sitemap import queries
from tests.shelves import give_files

ORIGIN = "http://127.0.0.1:8000"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def addresses(app, path):
    answer = app.test_client().get(path)
    assert answer.status_code == 200
    return [node.text for node in etree.fromstring(answer.data).iter(LOC)]


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


def test_pages_have_their_day_and_goods_their_photo(app, cast):
    """https://www.sitemaps.org/protocol.html and Google's image extension."""
    give_files(app)
    for name in ("products-1", "producers"):
        tree = etree.fromstring(app.test_client().get(f"/sitemaps/{name}.xml").data)
        days = [node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}lastmod")]
        assert len(days) == 2
        assert set(days) <= {f"{today() - timedelta(days=ago):%Y-%m-%d}" for ago in range(2)}
    tree = etree.fromstring(app.test_client().get("/sitemaps/products-1.xml").data)
    pictures = [node.text for node in tree.iter("{http://www.google.com/schemas/sitemap-image/1.1}loc")]
    assert len(pictures) == 2
    assert {app.test_client().get(one.removeprefix(ORIGIN)).status_code for one in pictures} == {200}


def test_no_file_holds_more_than_the_protocol_allows():
    assert queries.PER_FILE <= 50_000


def test_an_empty_market_has_a_sitemap(app, session):
    assert len(everything(app)) > 15


def test_robots_closes_what_is_somebodys_own(app, session):
    text = app.test_client().get("/robots.txt").get_data(as_text=True)
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in text
    for path in ("/cart", "/checkout", "/desk", "/my/", "/purchases/", "/search"):
        assert f"Disallow: {path}\n" in text
