"""The feeds: what is public and nothing else, in the form that Google and Meta read."""

import csv
import gzip
import io
import re

import pytest
from lxml import etree

from cooperatives.lifecycle import CooperativeState
from cooperatives.photos.models import Photo
from products.catalogue import TYPES
from products.lifecycle import RevisionState, Shelf
from products.models import Product, ProductRevision, RevisionText, Sku
from products.queries import public
from products.stock.services import hold
from shop.core.db import db, writing
from shop.marketplaces.feeds import GOOGLE
from tests.cast import make_product

GOOGLE_PATH, META_PATH = "/feeds/google.xml", "/feeds/meta.csv"
ALCOHOL = next(code for code, known in TYPES.items() if known.document_rule == "alcohol")


def items(browser):
    """The items of Google's feed by id, each a dict of its attributes."""
    answer = browser.get(GOOGLE_PATH)
    assert answer.status_code == 200
    root = etree.fromstring(answer.data)
    assert root.tag == "rss" and root.get("version") == "2.0"
    found = [{part.tag.removeprefix(f"{{{GOOGLE}}}"): part.text for part in one} for one in root.iter("item")]
    return {one["id"]: one for one in found}


def lines(browser):
    """The lines of Meta's feed by id."""
    answer = browser.get(META_PATH)
    assert answer.status_code == 200
    return {row["id"]: row for row in csv.DictReader(io.StringIO(answer.data.decode(), newline=""))}


def revision(cast, name="tea"):
    return cast.product(name).approved


def test_google_gets_every_attribute_from_the_database(cast, browser):
    tea = items(browser)[cast.sku().code]
    product = cast.product()
    assert tea == {
        "id": cast.sku().code,
        "title": "Chè Shan tuyết Bình Lư",
        "description": "Chè Shan tuyết Bình Lư, hái tay và sao tại bản.",
        "link": f"{browser.origin}/products/{product.slug}-{product.code}",
        "image_link": tea["image_link"],
        "availability": "in_stock",
        "price": "120000 VND",
        "brand": "Hợp tác xã Chè Bình Lư",
        "identifier_exists": "no",
        "condition": "new",
        "item_group_id": product.code,
        "product_type": tea["product_type"],
        "unit_pricing_measure": "200 g",
        "unit_pricing_base_measure": "100 g",
        "shipping_weight": "220 g",
    }
    assert re.fullmatch(rf"{re.escape(browser.origin)}/media/[0-9a-f]{{32}}-960\.jpg", tea["image_link"])


def test_meta_gets_its_own_words(cast, browser):
    google, tea = items(browser)[cast.sku().code], lines(browser)[cast.sku().code]
    assert (tea["availability"], tea["condition"], tea["quantity_to_sell_on_facebook"]) == ("in stock", "new", "10")
    same = ("title", "description", "link", "image_link", "price", "brand", "item_group_id")
    assert [tea[name] for name in same] == [google[name] for name in same]


def test_both_say_when_it_is_sold_out(cast, browser):
    with writing():
        hold({cast.sku().id: 10}, "LC00000000")
    assert items(browser)[cast.sku().code]["availability"] == "out_of_stock"
    assert lines(browser)[cast.sku().code]["availability"] == "out of stock"
    assert lines(browser)[cast.sku().code]["quantity_to_sell_on_facebook"] == "0"


def test_every_pack_is_an_item_of_one_group(cast, browser):
    with writing():
        product = cast.product()
        db.session.add(Sku(code=f"{product.code}-2", product_id=product.id, pack_amount=1000, pack_word="goi", price=1))
    code = cast.product().code
    found = items(browser)
    assert {found[f"{code}-{number}"]["item_group_id"] for number in (1, 2)} == {code}
    assert found[f"{code}-2"]["unit_pricing_base_measure"] == "1 kg"


@pytest.mark.parametrize("shelf", [Shelf.PAUSED, Shelf.WITHDRAWN])
def test_what_left_the_shelf_leaves_the_feeds(cast, browser, shelf):
    with writing():
        cast.product().shelf = shelf
    assert set(items(browser)) == set(lines(browser)) == {cast.sku("honey").code}


def test_a_suspended_seller_leaves_the_feeds(cast, browser):
    with writing():
        cast.cooperative().state = CooperativeState.SUSPENDED
    assert set(items(browser)) == {cast.sku("honey").code}


@pytest.mark.parametrize("state", [RevisionState.DRAFT, RevisionState.SUBMITTED, RevisionState.RETURNED])
def test_an_edit_never_shows_before_approval(cast, browser, state):
    with writing():
        edit = ProductRevision(
            product_id=cast.product().id, number=2, state=state, category="tea", created_by_id=cast.member.id,
            proposed_price=1, pack_amount=200, pack_word="goi",
        )  # fmt: skip
        edit.texts.append(RevisionText(lang="vi", name="Chưa duyệt", summary="Chưa duyệt"))
        db.session.add(edit)
    assert items(browser)[cast.sku().code]["title"] == "Chè Shan tuyết Bình Lư"
    assert "Chưa duyệt" not in browser.get(META_PATH).data.decode()


def test_goods_that_were_never_approved_are_not_there(cast, browser):
    with writing():
        make_product(cast.cooperative(), cast.member, "Chưa duyệt", category="tea", price=1, on_hand=1,
                     state=RevisionState.SUBMITTED)  # fmt: skip
    assert set(items(browser)) == {cast.sku().code, cast.sku("honey").code}


@pytest.mark.parametrize("facts", [{"type_code": ALCOHOL}, {"ship_class": "live"}, {"ship_class": "service"}])
def test_what_may_not_simply_be_sold_stays_out(cast, browser, facts):
    with writing():
        for name, value in facts.items():
            setattr(revision(cast), name, value)
    assert set(items(browser)) == set(lines(browser)) == {cast.sku("honey").code}


def test_what_lacks_something_needed_stays_out(cast, browser):
    with writing():
        revision(cast).text("vi").summary = ""
    assert set(items(browser)) == set(lines(browser)) == {cast.sku("honey").code}


def test_a_picture_that_is_not_public_is_never_named(cast, browser):
    with writing():
        for photo in revision(cast).photos:
            db.session.get_one(Photo, photo.digest).public_since = None
    assert set(items(browser)) == {cast.sku("honey").code}


def test_odd_texts_break_neither_file(cast, browser):
    with writing():
        words = revision(cast).text("vi")
        words.name, words.summary = '=HYPERLINK("x")<b>&', 'a\x0bb\x00c, "q"\r\nz ]]> \ufffe'.replace("\x00", "")
    assert items(browser)[cast.sku().code]["title"] == '=HYPERLINK("x")<b>&'
    tea = lines(browser)[cast.sku().code]
    assert tea["title"] == '\'=HYPERLINK("x")<b>&'
    assert tea["description"].startswith("a")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_a_formula(cast, browser, start):
    with writing():
        revision(cast).text("vi").name = f"{start}1+1 gói chè"
    assert lines(browser)[cast.sku().code]["title"][0] == "'"


def test_every_public_pack_is_in_both_feeds_and_no_other(cast, browser):
    with writing():
        for number in range(30):
            make_product(cast.cooperative(), cast.member, f"Chè số {number}", category="tea", price=1000 + number,
                         on_hand=number % 3)  # fmt: skip
    rows = db.session.execute(public(Sku.code, Sku.price).join(Sku, Sku.product_id == Product.id)).all()
    known = {code: f"{price} VND" for code, price in rows}
    assert len(known) == 32
    assert {code: one["price"] for code, one in items(browser).items()} == known
    assert {code: one["price"] for code, one in lines(browser).items()} == known


@pytest.mark.parametrize("path", [GOOGLE_PATH, META_PATH])
def test_the_file_may_be_shared_and_is_not_sent_twice(cast, browser, path):
    first = browser.get(path)
    assert first.headers["Cache-Control"] == "public, max-age=900"
    assert "Set-Cookie" not in first.headers
    assert int(first.headers["Content-Length"]) == len(first.data)
    again = browser.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    with writing():
        cast.product().shelf = Shelf.PAUSED
    assert browser.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("path", [GOOGLE_PATH, META_PATH])
def test_it_travels_packed(cast, browser, path):
    plain, packed = browser.get(path), browser.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] == plain.headers["ETag"]


def test_another_person_sees_the_same(cast, browser):
    before = browser.get(GOOGLE_PATH)
    browser.sign_in(cast.member)
    assert browser.get(GOOGLE_PATH).data == before.data


def test_one_query_however_many_goods(cast, browser, statements):
    def asked():
        del statements[:]
        browser.get(GOOGLE_PATH)
        return len([one for one in statements if one.startswith("SELECT")])

    few = asked()
    with writing():
        for number in range(10):
            make_product(cast.cooperative(), cast.member, f"Chè số {number}", category="tea", price=1, on_hand=1)
    assert asked() == few == 1
