"""New goods: the form keeps what is typed whatever is wrong with it, and never makes two of one."""

import pytest
from sqlalchemy import func, select

from cooperatives.models import MemberRole, Membership
from products import queries
from products.fields import LABELS
from products.models import Product, ProductRevision
from products.photos import services as photos
from shop.core.db import db, writing
from tests.cast import make_photo
from tests.products.complete import PHOTO, VALUES

NEW = "/my/products/new"
HARD = [
    *(
        "",
        " ",
        "\x00",
        "x" * 10_000,
        "🍯",
        "<script>alert(1)</script>",
        "'; DROP TABLE products; --",
        "NaN",
        "-1",
        "1e400",
    ),
    *(
        "９９９９９９９９９９９９９９９９",
        "e\u0301\u0323",
        "\u202e",
        "null",
        "{{ 7 * 7 }}",
        "../../etc/passwd",
        "1.250",
    ),
]


def key(browser):
    browser.get(NEW)
    return {
        name: browser.one(f"main input[name={name}]").get("value") or ""
        for name in ("draft_key", "page", "version", "price_ok")
    }


def drafts():
    return db.session.scalars(select(Product).where(Product.approved_revision_id.is_(None))).all()


def test_pressing_next_keeps_the_text_then_asks_for_photos(browser, cast):
    browser.sign_in(cast.member)
    browser.post(NEW, **key(browser), **VALUES, do="next")
    product = drafts()[0]
    assert browser.response.location == f"/my/products/{product.code}/photos"
    revision = queries.open_revision(product)
    assert (revision.name, revision.proposed_price, revision.type_code) == ("Miến dong Bình Lư", 45_000, "LC-119")
    browser.get(browser.response.location)
    assert browser.says("The text is kept. Now add at least one photo.")
    assert browser.one("input[type=file]").get("multiple") is None, "one photo a post"


def test_the_page_without_scripts_sends_no_file_with_the_text(browser, cast):
    browser.sign_in(cast.member)
    browser.get(NEW)
    files = browser.all("main input[type=file]")
    assert {field.get("name") for field in files} == {None}
    assert all(field.xpath("ancestor::*[@hidden]") for field in files)
    assert [button.get("value") for button in browser.all("main button[name=do]")] == [
        "save",
        "next",
        "preview",
        "save",
    ]


def test_an_empty_form_becomes_an_empty_draft_and_says_what_is_missing(browser, cast):
    browser.sign_in(cast.member)
    browser.post(NEW, **key(browser), do="send")
    assert browser.response.status_code == 422
    missing = [link.get("href") for link in browser.all(".error-summary a")]
    assert missing == ["#photos", "#name", "#category-0", "#price", "#unit-0", "#quantity"]
    assert len(drafts()) == 1


@pytest.mark.parametrize("text", HARD)
def test_nothing_typed_breaks_the_form_or_is_lost(browser, cast, text):
    browser.sign_in(cast.member)
    fields = [name for name in LABELS if name != "photos"]
    browser.post(
        NEW, **(key(browser) | dict.fromkeys(fields, text) | {"do": "send", "price_meant": text, "version": text})
    )
    assert browser.response.status_code == 422
    page = {field.get("name"): field.get("value") for field in browser.all("main input[type=text]")}
    kept = "".join(sign for sign in text.strip() if sign != "\x00").replace("e\u0301\u0323", "ẹ\u0301")
    assert page["name"] == kept
    assert page["price"] == page["quantity"] == page["name_en"] == kept
    assert {(field.text or "").strip() for field in browser.all("main textarea")} == {kept}
    browser.get(f"/my/products/{drafts()[0].code}/edit")
    assert browser.one("#name").get("value") == kept
    assert browser.one("#price").get("value") == kept


def test_the_same_form_twice_is_one_product(browser, cast):
    browser.sign_in(cast.member)
    fields = key(browser) | VALUES
    first = browser.post(NEW, **fields, do="next").location
    assert browser.post(NEW, **fields, do="next").location == first
    assert len(drafts()) == 1


def test_an_old_page_does_not_overwrite_what_came_later(browser, cast):
    browser.sign_in(cast.member)
    fields = key(browser) | VALUES
    browser.post(NEW, **fields, do="save")
    edit = browser.response.location
    browser.get(edit)
    later = {name: browser.one(f"main input[name={name}]").get("value") for name in ("draft_key", "page", "version")}
    browser.post(edit, **(later | VALUES | {"name": "Miến dong mới"}), do="save")
    browser.post(NEW, **(fields | {"name": "Miến dong cũ"}), do="save")
    assert browser.response.status_code == 409
    assert browser.one("#name").get("value") == "Miến dong cũ", "what was typed is still there"
    assert queries.open_revision(drafts()[0]).name == "Miến dong mới"


def test_several_cooperatives_choose_whose_goods_they_are(browser, cast):
    with writing():
        other = cast.ids["other_cooperative"]
        db.session.add(Membership(cooperative_id=other, user_id=cast.member.id, role=MemberRole.MEMBER))
        code = cast.cooperative("other_cooperative").code
    browser.sign_in(cast.member)
    browser.get(NEW)
    assert len(browser.all("main li a")) == 2
    browser.get(f"{NEW}?for={code}")
    browser.post(browser.all("main form")[-1].get("action"), draft_key="k", page="k", name="Lê", do="save")
    assert drafts()[0].cooperative_id == other
    assert browser.get(f"{NEW}?for=NOTMINE1").status_code == 200
    assert browser.all("main form") == []


def test_1250_is_asked_back(browser, cast):
    browser.sign_in(cast.member)
    fields = key(browser) | VALUES | {"price": "1.250"}
    browser.post(NEW, **fields, do="next")
    offered = [field.get("value") for field in browser.all("input[name=price_meant]")]
    assert offered == ["1250", "1250000"]
    assert browser.one("#price").get("value") == "1.250"
    browser.post(NEW, **fields, price_meant="1250000", do="save")
    assert queries.open_revision(drafts()[0]).proposed_price == 1_250_000


@pytest.mark.parametrize(("price", "sentence"), [("900k", "higher"), ("900", "lower")])
def test_an_unusual_price_is_a_question_not_an_error(browser, cast, price, sentence):
    browser.sign_in(cast.member)
    fields = key(browser) | VALUES | {"price": price}
    browser.post(NEW, **fields, do="save")
    with writing():
        make_photo(cast.cooperative(), cast.member, PHOTO)
        photos.add(db.session.get_one(Product, drafts()[0].id), PHOTO, cast.member)
    browser.post(NEW, **fields, do="send")
    assert browser.response.status_code == 422
    assert browser.says(f"This price is {sentence} than usual. If it is right, choose Continue.")
    confirmed = browser.one("input[name=price_ok]").get("value")
    browser.post(NEW, **(fields | {"price_ok": confirmed}), do="send", follow=True)
    assert browser.says("Sent for review. Usually answered in 2 working days.")


def test_guesses_stand_first(browser, cast):
    browser.sign_in(cast.member)
    browser.post(NEW, **(key(browser) | {"name": "Mật ong rừng", "do": "send"}))
    first = [field.get("value") for field in browser.all("#category [data-part=first] input")]
    assert first[0] == "honey"
    assert len(first) <= 3
    assert len(browser.all("#category input")) == 14
    units = [field.get("value") for field in browser.all("#unit [data-part=first] input")]
    assert units == ["chai", "lo", "lit", "kg"]


def test_our_script_gets_json(browser, cast):
    browser.sign_in(cast.member)
    fields = key(browser) | {"name": "Chè", "do": "save", "csrf_token": browser.form_token()}
    headers = {"X-Draft-Key": fields["draft_key"], "Origin": browser.origin, "Accept": "application/json"}
    answer = browser.client.post(NEW, base_url=browser.origin, data=fields, headers=headers)
    code = drafts()[0].code
    assert answer.json == {
        "code": code, "edit": f"/my/products/{code}/edit", "photos": f"/my/products/{code}/photos",
        "version": queries.open_revision(drafts()[0]).version,
    }  # fmt: skip


def test_the_form_reads_along(browser, cast):
    browser.sign_in(cast.member)
    answer = browser.get("/my/products/reading.json?name=mien+dong&price=70k&unit=goi").json
    assert answer["categories"][0] == "processed"
    assert answer["echo"].startswith("bảy mươi nghìn đồng")
    each = "/my/products/reading.json?price=45k&unit=goi&pack_amount="
    assert browser.get(f"{each}500+g").json["echo"].endswith("một gói · 90.000\u00a0₫ một kg")
    assert "·" not in browser.get(f"{each}1+kg").json["echo"], "the pack is the kilogram"
    assert "·" not in browser.get(f"{each}nhiều").json["echo"]
    assert "· 450.000" in browser.get("/my/products/reading.json?price=45k&unit=lang").json["echo"]
    for text in HARD:
        asked = {"name": text, "price": text, "unit": text, "pack_amount": text}
        assert browser.get("/my/products/reading.json", query_string=asked).status_code in {200, 400}


def test_a_key_of_another_cooperative_is_404(browser, cast):
    browser.sign_in(cast.stranger)
    browser.post(NEW, draft_key="the key", name="Lê", do="save")
    browser.sign_in(cast.member)
    assert browser.post(NEW, draft_key="the key", name="Chè", do="save").status_code == 404
    assert (
        db.session.scalar(select(func.count(ProductRevision.id)).where(ProductRevision.product_id == drafts()[0].id))
        == 1
    )


@pytest.mark.parametrize("path", [NEW, "/my/products", "/my/products/reading.json"])
def test_only_members(browser, cast, path):
    assert browser.get(path).status_code == 302
    browser.sign_in(cast.buyer)
    assert browser.get(path).status_code == 403
    assert browser.post(NEW, name="Chè").status_code == 403


def test_a_post_without_token_does_nothing(browser, cast):
    browser.sign_in(cast.member)
    assert browser.post(NEW, token=False, name="Chè", do="save").status_code == 403
    assert drafts() == []
