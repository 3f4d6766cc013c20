"""One address for each page: its other languages, its further pages, and the names it had before."""

import pytest

from products import approval
from shop.core.db import db, writing
from tests.cast import make_product

ORIGIN = "http://127.0.0.1:8000"


def hreflangs(browser) -> dict[str, str]:
    return {node.get("hreflang"): node.get("href") for node in browser.all("link[rel=alternate][hreflang]")}


@pytest.mark.parametrize("what", ["/", "/categories/tea", "/communes/03390", "/ranking", "product", "producer"])
def test_languages_name_each_other_and_themselves(browser, cast, what):
    """A page that the others name must name them back, or search engines heed none of it."""
    goods, seller = cast.product(), cast.cooperative()
    path = {
        "product": f"/products/{goods.slug}-{goods.code}",
        "producer": f"/producers/{seller.slug}-{seller.code}",
    }.get(what, what)
    browser.get(path)
    told = hreflangs(browser)
    assert told == {"vi": ORIGIN + path, "en": f"{ORIGIN}/en{path}", "hi": f"{ORIGIN}/hi{path}"}
    for lang, url in told.items():
        browser.get(url.removeprefix(ORIGIN))
        assert hreflangs(browser) == told
        assert browser.one("link[rel=canonical]").get("href") == url
        assert browser.document.get("lang") == lang


def test_a_further_page_has_its_own_languages(browser, cast):
    with writing():
        for number in range(30):
            make_product(cast.cooperative(), cast.member, f"Chè {number}", category="tea", price=9_000, on_hand=1)
    browser.get("/categories/tea?page=2&other=1")
    assert browser.one("link[rel=canonical]").get("href") == f"{ORIGIN}/categories/tea?page=2"
    assert hreflangs(browser)["en"] == f"{ORIGIN}/en/categories/tea?page=2"


def rename(cast, name: str) -> None:
    """As an approval does it, in its transaction."""
    with writing():
        goods = cast.product()
        goods.approved.text("vi").name = name
        approval.apply(goods.approved, cast.officer)
        db.session.flush()


def test_renamed_there_and_back_every_old_address_leads_on(browser, cast):
    """The code in the address finds the goods whatever stands before it, so no list of former names can be wrong."""
    seen = {f"/products/{cast.product().slug}-{cast.product().code}"}
    for name in ("Chè Shan một", "Chè Shan hai", "Chè Shan một", "Chè Shan ba", "Chè Shan hai"):
        rename(cast, name)
        now = f"/products/{cast.product().slug}-{cast.product().code}"
        seen.add(now)
        assert browser.get(now).status_code == 200
        for old in seen - {now}:
            answer = browser.get(old)
            assert (answer.status_code, answer.headers["Location"]) == (301, now), "one step, never a chain"
            assert answer.headers["Cache-Control"] == "no-store", "kept by a browser, two of them would be a circle"


def test_a_renamed_seller_too(browser, cast):
    first, code = cast.cooperative().slug, cast.cooperative().code
    for slug in ("ten-moi", first, "ten-moi"):
        with writing():
            cast.cooperative().slug = slug
        for other in {"ten-moi", first} - {slug}:
            answer = browser.get(f"/producers/{other}-{code}")
            assert (answer.status_code, answer.headers["Location"]) == (301, f"/producers/{slug}-{code}")
            assert answer.headers["Cache-Control"] == "no-store"
