"""The page of a product: what it says, what can be done, and what is answered when it is not here."""

import json

import pytest

from cooperatives.lifecycle import CooperativeState
from products.lifecycle import RevisionState
from products.models import ProductRevision, RevisionText, Sku
from products.search import services as search
from shop.core.db import db, writing
from tests.cast import make_product
from tests.shop.storefront.counting import statements


@pytest.fixture
def path(cast):
    product = cast.product()
    return f"/products/{product.slug}-{product.code}"


def data(browser):
    return json.loads(browser.all("script[type='application/ld+json']")[0].text)


def test_the_page_says_what_a_distance_sale_must_say(browser, cast, path):
    """Law 19/2023, article 37: seller, place, phone, register; measure, price, sending, returns."""
    with writing():
        cast.cooperative().registration_number = "6200-123"
        cast.product().approved.shelf_life_days = 180
    browser.get(path)
    assert browser.one("h1").text_content() == "Chè Shan tuyết Bình Lư"
    for words in ("120.000 ₫", "gói 200 g", "600.000 ₫ một kg", "Còn 10 gói", "Hợp tác xã Chè Bình Lư", "Xã Bình Lư",
                  "0912 000 101", "6200-123", "180 ngày", "Hà Nội", "Trong tỉnh"):  # fmt: skip
        assert words in browser.text, words
    assert browser.says("If something is wrong")
    assert browser.one("form.buy").get("action") == "/cart/lines"


def test_the_cart_form_works_from_the_page(browser, cast, path):
    browser.get(path)
    form = browser.one("form.buy")
    fields = {node.get("name"): node.get("value") for node in form.cssselect("input")}
    assert fields == {"sku": cast.sku().code, "quantity": "1"}
    assert browser.post(form.get("action"), follow=True, **fields).status_code == 200
    assert "Chè Shan tuyết Bình Lư" in browser.text


def test_structured_data(browser, cast, path):
    browser.get(path)
    offer = data(browser)["offers"][0]
    assert (offer["price"], offer["priceCurrency"]) == (120_000, "VND")
    assert offer["availability"].endswith("/InStock")
    assert data(browser)["url"] == f"http://127.0.0.1:8000{path}"
    assert data(browser)["image"][0].startswith("http://127.0.0.1:8000/media/")


def test_text_in_structured_data_ends_no_script(browser, cast, path):
    with writing():
        cast.product().approved.text("vi").summary = "</script><script>alert(1)</script>"
    browser.get(path)
    assert b"<script>alert" not in browser.response.data
    assert data(browser)["description"].startswith("</script>")


def test_sold_out_has_no_cart_button(browser, cast, path):
    with writing():
        cast.sku().held = cast.sku().on_hand
    browser.get(path)
    assert not browser.all("form.buy")
    assert browser.says("Out of stock for now")
    assert browser.one("a[href='tel:+84912000101']") is not None
    assert data(browser)["offers"][0]["availability"].endswith("/OutOfStock")


@pytest.mark.parametrize(("ship_class", "type_code"), [("live", None), ("service", None), ("fragile", "LC-130")])
def test_what_is_not_sent_by_parcel_is_ordered_by_telephone(browser, cast, path, ship_class, type_code):
    with writing():
        revision = cast.product().approved
        revision.ship_class, revision.type_code = ship_class, type_code
    browser.get(path)
    assert not browser.all("form.buy")
    assert browser.one(".button.primary").get("href") == "tel:+84912000101"
    assert data(browser)["offers"][0]["availability"].endswith("/InStoreOnly")


def test_several_packs_are_a_choice(browser, cast, path):
    with writing():
        product = cast.product()
        db.session.add(
            Sku(
                code="SECOND",
                product_id=product.id,
                position=1,
                pack_amount=1000,
                pack_word="goi",
                price=550_000,
                on_hand=2,
            )
        )
    browser.get(path)
    assert [node.get("value") for node in browser.all("form.buy input[type=radio]")] == [cast.sku().code, "SECOND"]


@pytest.mark.parametrize("slug", ["wrong", "x", "san-pham-cu"])
def test_a_wrong_slug_leads_to_the_right_one(browser, cast, path, slug):
    code = path.rsplit("-", 1)[1]
    answer = browser.get(f"/products/{slug}-{code}")
    assert (answer.status_code, answer.headers["Location"]) == (301, path)
    assert browser.get(f"/en/products/{slug}-{code.lower()}").headers["Location"] == f"/en{path}"


def test_unknown_and_unseen_products_are_alike(browser, cast):
    with writing():
        draft = make_product(
            cast.cooperative(),
            cast.member,
            "Bí mật",
            category="tea",
            price=1_000,
            on_hand=1,
            state=RevisionState.SUBMITTED,
        )
        code = draft.code
    assert browser.get("/products/x-ZZZZZZZZ").status_code == 404
    assert browser.get(f"/products/san-pham-{code}").status_code == 404
    assert "Bí mật" not in browser.text
    assert not browser.all("link[rel=canonical], link[rel=alternate]"), "what is not here has no true address"
    assert browser.get("/products/x").status_code == 404


def test_withdrawn_goods_are_gone_and_similar_ones_shown(browser, cast, path):
    with writing():
        make_product(cast.cooperative(), cast.member, "Chè dây", category="tea", price=9_000, on_hand=1)
        cast.product().move("withdraw")
        db.session.flush()
        search.refresh([cast.ids["tea"]])
    assert browser.get(path).status_code == 410
    assert browser.says("These goods are no longer sold")
    assert [node.text_content() for node in browser.all(".card-name a")] == ["Chè dây"]
    assert "Chè Shan tuyết" not in browser.text


def test_paused_goods_are_not_here_for_now(browser, cast, path):
    with writing():
        cast.product().move("pause")
    assert browser.get(path).status_code == 404
    assert browser.says("These goods are not sold just now")


def test_a_suspended_seller_takes_the_page_away(browser, cast, path):
    with writing():
        cast.cooperative().state = CooperativeState.SUSPENDED
    assert browser.get(path).status_code == 404
    assert "Hợp tác xã Chè Bình Lư" not in browser.text


def test_own_words_where_written_and_vietnamese_marked_where_not(browser, cast, path):
    with writing():
        key = cast.product().approved_revision_id
        db.session.add(RevisionText(revision_id=key, lang="en", name="Shan tea of Bình Lư"))
    browser.get(f"/en{path}")
    assert browser.one("h1").text_content() == "Shan tea of Bình Lư"
    assert browser.one("h1").get("lang") is None
    assert browser.all("p.text[lang=vi]"), "the summary was not translated"
    browser.get(f"/hi{path}")
    assert browser.one("h1").get("lang") == "vi"


def test_a_draft_edit_never_shows(browser, cast, path):
    with writing():
        draft = ProductRevision(product_id=cast.ids["tea"], number=2, category="tea", created_by_id=cast.ids["member"])
        draft.proposed_price, draft.pack_amount, draft.pack_word = 1, 200, "goi"
        draft.texts.append(RevisionText(lang="vi", name="Bản nháp"))
        db.session.add(draft)
    browser.get(path)
    assert "Bản nháp" not in browser.text
    assert "120.000 ₫" in browser.text


def test_five_statements_whatever_the_seller_has(browser, cast, path):
    with statements() as few:
        browser.get(path)
    with writing():
        for number in range(24):
            make_product(cast.cooperative(), cast.member, f"Chè {number}", category="tea", price=9_000, on_hand=1)
    with statements() as more:
        browser.get(path)
    assert len(browser.all(".card")) == 4
    assert len(more) == len(few) <= 5
