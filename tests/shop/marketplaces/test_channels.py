"""The page that tells a seller what stands on other channels and what is missing."""

import pytest

from cooperatives.photos.models import Photo
from products.lifecycle import RevisionState, Shelf
from shop.core.db import db, writing
from shop.core.i18n import ngettext, use_language
from shop.marketplaces import checks, readiness
from shop.marketplaces.queries import Goods
from tests.cast import make_product

PATH = "/my/channels"
GOOD = Goods(
    sku_code="7K2M9QXA-1",
    price=120_000,
    usual_price=None,
    sale_from=None,
    sale_until=None,
    free=3,
    pack_amount=200,
    pack_word="goi",
    product_code="7K2M9QXA",
    slug="che",
    category="tea",
    ship_class="dry",
    type_code=None,
    net_grams=None,
    packed_grams=None,
    first_word="goi",
    first_amount=200,
    seller="Hợp tác xã Chè Bình Lư",
    name="Chè Shan tuyết",
    summary="Hái tay.",
    story="",
    photo="0" * 64,
    photo_width=1600,
    photo_height=1200,
)


@pytest.mark.parametrize(
    ("change", "fields", "listed"),
    [
        ({}, [], True),
        ({"name": "C"}, ["name"], False),
        ({"name": "x" * 151}, ["name"], False),
        ({"name": "x" * 150}, [], True),
        ({"summary": ""}, ["summary"], False),
        ({"summary": "", "story": "Chuyện"}, [], True),
        ({"price": 0}, ["price"], False),
        ({"photo": None}, ["photos"], False),
        ({"photo_height": 99}, ["photos"], False),
        ({"photo_height": 499}, ["photos"], True),
        ({"pack_word": "con"}, ["net_weight"], True),
        ({"pack_word": "con", "net_grams": 900}, [], True),
        ({"name": "", "summary": "", "photo": None}, ["name", "summary", "photos"], False),
        ({"ship_class": "live"}, [], False),
    ],
)
def test_what_a_row_lacks(change, fields, listed):
    row = GOOD._replace(**change)
    assert [problem.field for problem in readiness.validate(row)] == fields
    assert readiness.is_listed(row) is listed


def test_each_problem_leads_to_its_field():
    row = GOOD._replace(name="", summary="", photo=None, price=0, pack_word="con")
    links = {problem.field: problem.link for problem in readiness.validate(row)}
    form = "/my/products/7K2M9QXA/edit"
    assert links == {
        "name": f"{form}#name",
        "summary": f"{form}#summary",
        "price": "/my/products",
        "photos": f"{form}#photos",
        "net_weight": f"{form}#net_weight",
    }


def test_a_member_sees_what_is_shown(cast, browser):
    browser.sign_in(cast.member)
    assert browser.get(PATH).status_code == 200
    assert "Chè Shan tuyết Bình Lư" in browser.text
    assert browser.says("Shown")
    assert "Mật ong" not in browser.text
    assert f"{browser.origin}/feeds/google.xml" in {link.get("href") for link in browser.all("main a")}


def test_what_is_missing_comes_first_and_leads_to_the_form(cast, browser):
    with writing():
        product = make_product(cast.cooperative(), cast.member, "Chè đen", category="tea", price=90_000, on_hand=1)
        product.approved.text("vi").summary = ""
        code = product.code
    browser.sign_in(cast.member)
    browser.get(PATH)
    first = browser.all("main li.card")[0]
    assert "Chè đen" in first.text_content()
    (link,) = first.cssselect("a")
    assert link.get("href") == f"/my/products/{code}/edit#summary"
    assert browser.get(link.get("href").partition("#")[0]).status_code == 200
    assert browser.all("#summary")


def test_the_page_and_the_feed_agree(cast, browser):
    more = {"category": "tea", "price": 1, "on_hand": 1}
    with writing():
        ours, member = cast.cooperative(), cast.member
        make_product(ours, member, "Rượu", **more).approved.ship_class = "live"
        make_product(ours, member, "Chè đen", **more).shelf = Shelf.PAUSED
        make_product(ours, member, "Chè lam", state=RevisionState.DRAFT, **more)
    browser.sign_in(cast.member)
    browser.get(PATH)
    assert browser.says("By telephone only")
    with use_language("vi"):
        assert ngettext("%(num)s product is a draft, in review or paused.",
                        "%(num)s products are drafts, in review or paused.", 2) in browser.text  # fmt: skip
    shown = [one for one in browser.all("main li.card") if "Rượu" not in one.text_content()]
    feed = browser.get("/feeds/google.xml").data.decode()
    assert len(shown) == feed.count("Hợp tác xã Chè Bình Lư") == 1


def test_a_long_list_has_pages(cast, browser):
    with writing():
        for number in range(30):
            make_product(cast.cooperative(), cast.member, f"Chè {number}", category="tea", price=1, on_hand=1)
    browser.sign_in(cast.member)
    browser.get(PATH)
    assert len(browser.all("main li.card")) == 24
    browser.get(f"{PATH}?page=2")
    assert len(browser.all("main li.card")) == 7
    assert browser.get(f"{PATH}?page=99").status_code == 200


def test_the_number_of_queries_does_not_grow(cast, browser, statements):
    def asked():
        del statements[:]
        browser.get(PATH)
        return len(statements)

    browser.sign_in(cast.member)
    browser.get(PATH)
    few = asked()
    with writing():
        for number in range(20):
            make_product(cast.cooperative(), cast.member, f"Chè {number}", category="tea", price=1, on_hand=1)
    assert asked() == few


def test_whose_goods(cast, browser):
    assert browser.get(PATH).status_code == 302
    browser.sign_in(cast.buyer)
    assert browser.get(PATH).status_code == 403
    browser.sign_in(cast.stranger)
    browser.get(PATH)
    assert "Chè Shan" not in browser.text and "Mật ong" in browser.text


def test_a_hidden_picture_of_public_goods_is_found(cast):
    assert list(checks.pictures_of_public_goods_are_public()) == []
    with writing():
        digest = cast.product().approved.photos[0].digest
        db.session.get_one(Photo, digest).public_since = None
    assert len(list(checks.pictures_of_public_goods_are_public())) == 1
