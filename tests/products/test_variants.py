"""Other packs of the same goods: asked beside the first, reviewed with it, sold each at its own price."""

import pytest
from sqlalchemy.exc import IntegrityError

from products import approval, policies, queries, services
from products.differences import changes
from products.models import Product, RevisionPack
from products.stock import checks
from shop.cart import queries as carts
from shop.cart.models import Cart
from shop.core.db import db, writing
from shop.core.i18n import use_language
from tests.products.complete import VALUES, draft_of, handle

KILO = {"more1_unit": "goi", "more1_amount": "1 kg", "more1_price": "85k", "more1_quantity": "12"}
CRATE = {"more3_unit": "yen", "more3_amount": "", "more3_price": "800.000", "more3_quantity": "0"}


@pytest.fixture
def draft(cast):
    with writing():
        return handle(draft_of(cast, **KILO, **CRATE))


@pytest.fixture
def sold(cast, draft):
    with writing():
        approve(cast, db.session.get_one(Product, draft.id))
    return draft


def approve(cast, product):
    revision = services.submit(product, cast.member)
    revision.move("approve")
    return approval.apply(revision, cast.officer)


def revision_of(product):
    return queries.open_revision(db.session.get_one(Product, product.id))


def save(product, cast, **values):
    with writing():
        found = db.session.get_one(Product, product.id)
        return services.save_draft(services.editable(found, cast.member), values, cast.member)


def skus(product):
    found = db.session.get_one(Product, product.id).skus
    return [(sku.code[-2:], sku.pack_word, sku.pack_amount, sku.price, sku.on_hand) for sku in found]


def problems(product):
    found = db.session.get_one(Product, product.id)
    return [one.field for one in policies.problems(queries.open_revision(found), sold_already=bool(found.skus))]


def test_packs_become_rows(cast, draft):
    rows = [(row.number, row.pack_word, row.pack_amount, row.price, row.quantity) for row in revision_of(draft).packs]
    assert rows == [(1, "goi", 1000, 85_000, 12), (3, "yen", 10_000, 800_000, 0)]
    assert problems(draft) == []
    assert save(draft, cast, more1_price="90k") == ["more1_price"]
    assert save(draft, cast, more1_unit="", more1_amount="", more1_price="", more1_quantity="")
    assert [row.number for row in revision_of(draft).packs] == [3]


def test_one_field_at_a_time_as_phones_send_them(cast, draft):
    save(draft, cast, more2_price="1.250")
    assert revision_of(draft).facts["typed"] == {"more2_price": "1.250"}
    save(draft, cast, more2_unit="chai")
    save(draft, cast, more2_amount="750")
    save(draft, cast, more2_price="60k")
    save(draft, cast, more2_quantity="3")
    row = revision_of(draft).packs[1]
    assert (row.pack_word, row.pack_amount, row.price, row.quantity) == ("chai", 750, 60_000, 3)
    save(draft, cast, more3_unit="goi")
    assert revision_of(draft).packs[2].pack_amount is None, "a gói is no yến"


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"more1_price": ""}, ["more1_price"]),
        ({"more1_price": "nhiều"}, ["more1_price"]),
        ({"more1_price": "1.250"}, ["more1_price"]),
        ({"more1_price": "-5"}, ["more1_price"]),
        ({"more1_unit": ""}, ["more1_unit"]),
        ({"more1_unit": "nonsense"}, ["more1_unit"]),
        ({"more1_amount": ""}, ["more1_amount"]),
        ({"more1_amount": "NaN"}, ["more1_amount"]),
        ({"more1_amount": "500 g"}, ["more1_unit"]),
        ({"more3_amount": "5 kg"}, ["more3_amount"]),
        ({"more1_quantity": "½"}, ["more1_quantity"]),
        ({"more2_unit": "goi"}, ["more2_amount", "more2_price", "more2_quantity"]),
        ({"more2_unit": "goi", "more2_amount": "1kg", "more2_price": "1000", "more2_quantity": "1"}, ["more2_unit"]),
    ],
)
def test_a_pack_is_whole_and_there_once(cast, draft, values, fields):
    save(draft, cast, **values)
    assert problems(draft) == fields


def test_the_form_keeps_them_and_says_what_is_missing(browser, cast, draft):
    browser.sign_in(cast.member)
    path = f"/my/products/{draft.code}/edit"
    browser.get(path)
    assert browser.one("#more1_price").get("value") == "85000"
    assert browser.one("#more1_unit option[selected]").get("value") == "goi"
    hidden = {"version": browser.one("input[name=version]").get("value"), "page": "p"}
    browser.post(path, **(VALUES | KILO | hidden | {"more1_price": "nhiều", "more3_unit": ""}), do="send")
    assert browser.response.status_code == 422
    assert browser.one("#more1_price").get("value") == "nhiều"
    assert browser.one("#more1_price-error").text_content().strip()
    assert browser.one("#more1_price").xpath("ancestor::details[@id='packs' and @open]")


def test_approval_sells_each_pack(browser, cast, sold):
    assert skus(sold) == [
        ("-1", "goi", 500, 45_000, 30), ("-2", "goi", 1000, 85_000, 12), ("-3", "yen", 10_000, 800_000, 0),
    ]  # fmt: skip
    assert [fault for check in checks.CHECKS for fault in check()] == []
    slug = db.session.get_one(Product, sold.id).slug
    browser.get(f"/products/{slug}-{sold.code}")
    offered = [field.get("value")[-2:] for field in browser.all("input[name=sku]")]
    assert offered == ["-1", "-2"], "of the third there is none"
    assert "85.000" in browser.text
    assert browser.says("%(money)s a kilogram", money="90.000 ₫")
    browser.post("/cart/lines", sku=f"{sold.code}-2", quantity="2")
    browser.get("/cart")
    assert "170.000" in browser.text


def test_the_officer_sees_all_packs_before(browser, cast, draft):
    browser.sign_in(cast.member)
    browser.get(f"/my/products/{draft.code}/preview")
    assert "gói 500 g: 45.000 ₫; gói 1 kg: 85.000 ₫; yến: 800.000 ₫" in browser.text


def test_a_pack_is_added_later_and_reviewed(cast, sold):
    with writing():
        product = db.session.get_one(Product, sold.id)
        edit = services.start_edit(product, cast.member)
        assert edit.packs == [], "what is sold is no proposal any more"
        more = {"more1_unit": "goi", "more1_amount": "250 g", "more1_price": "25k", "more1_quantity": "5"}
        services.save_draft(edit, more, cast.member)
    product = db.session.get_one(Product, sold.id)
    with use_language("en"):
        found = [(one.field, one.new) for one in changes(product.approved, revision_of(sold))]
    assert found == [("more1_unit", "pack 250\u00a0g"), ("more1_price", "₫25,000"), ("more1_quantity", "5")]
    with writing():
        approve(cast, db.session.get_one(Product, sold.id))
    assert skus(sold)[3:] == [("-4", "goi", 250, 25_000, 5)]


def test_a_pack_that_is_sold_already_is_not_added_again(cast, sold):
    with writing():
        services.start_edit(db.session.get_one(Product, sold.id), cast.member)
    save(sold, cast, **KILO)
    assert problems(sold) == ["more1_unit"]


@pytest.mark.parametrize(("page", "field", "value"), [("price", "price", "90k"), ("stock", "on_hand", "7")])
def test_each_pack_has_its_own_price_and_number(browser, cast, sold, page, field, value):
    browser.sign_in(cast.member)
    browser.get(f"/my/products/{sold.code}/edit")
    address = f"/my/products/{sold.code}/{page}?sku={sold.code}-2"
    assert address in [link.get("href") for link in browser.all("#packs a")]
    browser.get(address)
    form = next(one for one in browser.all("main form") if one.get("action", "").startswith("/my/products"))
    expected = browser.one("input[name=expected]").get("value")
    browser.post(form.get("action"), expected=expected, **{field: value}, price_ok="90000")
    assert browser.response.status_code == 302
    assert skus(sold)[1] == (("-2", "goi", 1000, 90_000, 12) if page == "price" else ("-2", "goi", 1000, 85_000, 7))
    assert skus(sold)[0] == ("-1", "goi", 500, 45_000, 30)
    assert browser.get(f"/my/products/{sold.code}/{page}?sku=OTHER-1").status_code == 404


def test_what_was_weighed_was_the_first_pack(browser, cast, sold):
    with writing():
        revision = db.session.get_one(Product, sold.id).approved
        revision.net_grams, revision.packed_grams = 500, 600
    for number in (1, 2):
        browser.post("/cart/lines", sku=f"{sold.code}-{number}", quantity="1")
    lines = carts.view(db.session.query(Cart).one(), "vi").lines
    assert [line.pack_grams for line in lines] == [600, 1200]


def test_a_copy_proposes_the_packs_that_are_sold(browser, cast, sold):
    browser.sign_in(cast.member)
    browser.post(f"/my/products/{sold.code}/copies", key="copy")
    made = queries.by_draft_key("copy")
    rows = [(row.number, row.pack_amount, row.price, row.quantity) for row in queries.open_revision(made).packs]
    assert rows == [(1, 1000, 85_000, None), (2, 10_000, 800_000, None)]


@pytest.mark.parametrize("wrong", [{"number": 4}, {"price": 0}, {"pack_amount": 0}, {"quantity": -1}])
def test_the_database_refuses_nonsense(cast, draft, wrong):
    values = {"number": 2, "pack_word": "goi", "pack_amount": 1, "price": 1, "quantity": 1} | wrong
    with pytest.raises(IntegrityError), writing() as session:
        session.add(RevisionPack(revision_id=revision_of(draft).id, **values))
