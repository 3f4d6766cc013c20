"""Pages of the public are the same for everybody, carry no cookie, and are asked for again by ETag."""

import pytest

from shop.core.db import db, writing

PAGES = ["/", "/en/", "/hi/", "/categories/tea", "/search?q=che", "/about", "/how-to-buy", "/how-to-sell", "/privacy",
         "/communes/03390", "/robots.txt", "/sitemap.xml", "/sitemaps/pages.xml", "/sitemaps/producers.xml",
         "/sitemaps/products-1.xml", "PRODUCT", "PRODUCER"]  # fmt: skip


@pytest.fixture
def address(cast):
    def of(page):
        product, seller = cast.product(), cast.cooperative()
        return {
            "PRODUCT": f"/products/{product.slug}-{product.code}",
            "PRODUCER": f"/producers/{seller.slug}-{seller.code}",
        }.get(page, page)

    return of


@pytest.mark.parametrize("page", PAGES)
def test_two_visitors_get_the_same_bytes_and_no_cookie(app, browser, cast, address, page):
    path = address(page)
    stranger = app.test_client()
    first = stranger.get(path, headers={"Accept-Language": "en", "User-Agent": "one"})
    browser.sign_in(cast.member)
    browser.set_cookie("cart", "somebody's")
    browser.set_cookie("has_cart", "1")
    browser.set_cookie("lang", "hi")
    second = browser.client.get(path, base_url=browser.origin)
    assert first.status_code == second.status_code == 200
    assert first.data == second.data
    for answer in (first, second):
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert answer.headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("accepted", ["identity", "br", "gzip"])
def test_who_has_the_page_gets_304(app, cast, address, accepted):
    client = app.test_client()
    for path in map(address, PAGES):
        tag = client.get(path, headers={"Accept-Encoding": accepted}).headers["ETag"]
        assert not tag.startswith("W/")
        again = client.get(path, headers={"Accept-Encoding": accepted, "If-None-Match": tag})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag), path
        other = client.get(path, headers={"Accept-Encoding": accepted, "If-None-Match": '"other"'})
        assert other.status_code == 200


def test_a_change_gives_a_new_etag(app, cast):
    client = app.test_client()
    path = f"/products/{cast.product().slug}-{cast.product().code}"
    before = client.get(path).headers["ETag"]
    with writing():
        cast.sku().held = 3
    db.session.remove()
    assert client.get(path, headers={"If-None-Match": before}).status_code == 200


def test_a_message_for_one_person_waits_for_a_page_of_his_own(app, cast, browser):
    """A page that everybody shares neither shows nor swallows what was said to one."""
    browser.post("/cart/lines", sku=cast.sku().code, quantity="1")
    home = browser.get("/")
    assert b"flashes" not in home.data
    browser.get("/cart")
    assert browser.all(".flashes")


@pytest.mark.parametrize(
    "path", ["/products/x-00000000", "/producers/x-00000000", "/categories/none", "/communes/00001"]
)
def test_what_is_not_here_is_not_stored(app, path):
    answer = app.test_client().get(path)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
