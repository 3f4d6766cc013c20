"""New goods as an Atom feed: what RFC 4287 asks of it, in three languages, only what is public."""

from datetime import datetime

import pytest
from lxml import etree

from products.models import RevisionText
from shop.core.db import db, writing
from tests.cast import make_product
from tests.shop.storefront.counting import statements

ORIGIN = "http://127.0.0.1:8000"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(browser, path="/new.atom"):
    answer = browser.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    assert "Set-Cookie" not in answer.headers
    return etree.fromstring(answer.data)


def texts(node, path):
    return [one if isinstance(one, str) else one.text for one in node.xpath(path, namespaces=ATOM)]


@pytest.mark.parametrize("root", ["", "/en", "/hi"])
def test_it_has_what_every_atom_feed_must_have(browser, cast, root):
    found = feed(browser, f"{root}/new.atom")
    assert texts(found, "a:id") == texts(found, "a:link[@rel='self']/@href") == [f"{ORIGIN}{root}/new.atom"]
    assert texts(found, "@xml:lang") == [root.strip("/") or "vi"]
    entries = found.xpath("a:entry", namespaces=ATOM)
    assert len(entries) == 2
    for node in (found, *entries):
        (updated,), (title,), (_id,) = (texts(node, f"a:{name}") for name in ("updated", "title", "id"))
        assert datetime.fromisoformat(updated).tzinfo is not None
        assert title
        assert texts(node, "a:author/a:name")[0]
        assert len(texts(node, "a:link[@rel='alternate']/@href")) == 1
    assert texts(found, "a:updated")[0] == max(texts(found, "a:entry/a:updated"))


def test_the_newest_come_first_and_lead_to_their_pages(browser, cast):
    with writing():
        make_product(cast.cooperative(), cast.member, "Chè <dây> & mật", category="tea", price=9_000, on_hand=1)
    found = feed(browser)
    assert texts(found, "a:entry/a:title")[0] == "Chè <dây> & mật"
    for url in texts(found, "a:entry/a:link[@rel='alternate']/@href"):
        assert browser.get(url.removeprefix(ORIGIN)).status_code == 200
        assert browser.one("link[rel=canonical]").get("href") == url
    assert all("/media/" in url for url in texts(found, "a:entry/a:link[@rel='enclosure']/@href"))
    assert "₫" not in browser.get("/new.atom").text


def test_a_reader_knows_goods_again_whatever_they_are_called(browser, cast):
    before = texts(feed(browser), "a:entry/a:id")
    with writing():
        cast.product().slug = "ten-moi"
    assert texts(feed(browser), "a:entry/a:id") == before
    assert browser.get(before[0].removeprefix(ORIGIN), follow=True).status_code == 200


def test_what_is_not_public_is_not_in(browser, cast):
    with writing():
        cast.product().move("pause")
        key = cast.product("honey").approved_revision_id
        db.session.add(RevisionText(revision_id=key, lang="en", name="Honey"))
    assert texts(feed(browser), "a:entry/a:title") == ["Mật ong Sin Suối Hồ"]
    english = feed(browser, "/en/new.atom")
    assert texts(english, "a:entry/a:title") == ["Honey"]
    assert texts(feed(browser, "/hi/new.atom"), "a:entry/a:title/@xml:lang") == ["vi"]


def test_an_empty_market_has_a_feed(browser, session):
    assert texts(feed(browser), "a:entry/a:id") == []


def test_thirty_entries_and_two_statements(browser, cast):
    with writing():
        for number in range(40):
            make_product(cast.cooperative(), cast.member, f"Chè {number}", category="tea", price=9_000, on_hand=1)
    with statements() as asked:
        found = feed(browser)
    assert len(texts(found, "a:entry/a:id")) == 30
    assert len(asked) <= 2


def test_the_first_page_names_it(browser, cast):
    for root in ("", "/en", "/hi"):
        browser.get(f"{root}/")
        assert browser.one("link[type='application/atom+xml']").get("href") == f"{root}/new.atom"
