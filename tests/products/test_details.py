"""The details that sell: kept with the six answers, counted, shown to buyers, compared for the officer."""

import pytest
from sqlalchemy.exc import IntegrityError

from products import approval, policies, queries, services
from products.allergens import chosen
from products.catalogue import TYPES
from products.details import SCORED, score
from products.differences import changes
from products.fields import GROUPS, OPTIONAL
from products.models import Product
from shop.core.db import db, writing
from shop.core.errors import Invalid
from shop.core.i18n import use_language
from tests.products.complete import DETAILS, draft_of, handle


@pytest.fixture
def draft(cast):
    with writing():
        return handle(draft_of(cast, **DETAILS))


def revision_of(product):
    return queries.open_revision(db.session.get_one(Product, product.id))


def problems(product):
    return [problem.field for problem in policies.problems(revision_of(product), sold_already=False)]


def save(product, cast, **values):
    with writing():
        product = db.session.get_one(Product, product.id)
        services.save_draft(services.editable(product, cast.member), values, cast.member)


def test_every_detail_is_asked_once():
    assert sorted(field for group in GROUPS for field in group.fields) == sorted(OPTIONAL)
    assert {field for fields in SCORED for field in fields} <= set(OPTIONAL)


def test_details_become_columns(cast, draft):
    revision = revision_of(draft)
    assert (revision.net_grams, revision.packed_grams) == (500, 650)
    assert (revision.length_cm, revision.width_cm, revision.height_cm) == (30, 20, 8)
    assert (revision.least_packs, revision.step_packs, revision.origin_commune) == (5, 5, "03394")
    assert revision.weighed_within == 10
    assert revision.facts["allergens"] == ["egg", "sesame"]
    assert revision.facts["ingredients"] == {"vi": "Củ dong, nước"}
    assert revision.text("hi").story == "पहाड़ों से"
    assert problems(draft) == []


def test_the_score_counts_what_is_given(cast, draft):
    assert score(revision_of(draft)) == (len(SCORED), len(SCORED))
    save(draft, cast, width="", storage="", allergens=[])
    assert score(revision_of(draft)).given == len(SCORED) - 3
    assert score(None).given == 0


def test_the_form_says_the_score_and_opens_the_group_with_a_fault(browser, cast, draft):
    save(draft, cast, width="rộng")
    browser.sign_in(cast.member)
    browser.get(f"/my/products/{draft.code}/edit")
    assert browser.says("%(given)s of %(all)s details are there", given=11, all=12)
    fields = {"version": browser.one("input[name=version]").get("value"), **DETAILS, "width": "rộng", "name": "Miến"}
    browser.post(f"/my/products/{draft.code}/edit", **fields, do="send")
    assert browser.response.status_code == 422
    opened = [part for part in browser.all("details.part[open]") if part.cssselect("#width")]
    assert len(opened) == 1
    assert browser.one("#width").get("value") == "rộng"


def test_buyers_see_what_they_need(browser, cast, draft):
    browser.sign_in(cast.member)
    browser.get(f"/my/products/{draft.code}/preview")
    for words in (
        "30 × 20 × 8 cm",
        "Trứng, Vừng",
        "Củ dong, nước",
        "Ngâm nước 10 phút",
        "Để xa tầm tay",
        "Sin Suối Hồ",
    ):
        assert words in browser.text
    assert browser.says("Order %(least)s packs, then %(step)s more each time.", least=5, step=5)
    assert browser.says("%(money)s a kilogram", money="90.000 ₫")


def test_goods_come_from_where_the_seller_is_unless_he_says_otherwise(browser, cast, draft):
    save(draft, cast, origin="")
    assert revision_of(draft).origin_commune is None
    save(draft, cast, origin="99999")
    assert revision_of(draft).origin_commune is None
    browser.sign_in(cast.member)
    browser.get(f"/my/products/{draft.code}/preview")
    places = [row.cssselect("dd")[0].text for row in browser.all("dl.facts > div") if "Nguồn gốc" in row.text_content()]
    assert "Bình Lư" in places[0]


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"width": ""}, ["width"]),
        ({"width": "", "height": ""}, ["width", "height"]),
        ({"width": "", "height": "", "length": ""}, []),
        ({"width": "rộng"}, ["width"]),
        ({"packed_weight": "499 g"}, ["packed_weight"]),
        ({"packed_weight": "500 g"}, []),
        ({"name_en": ""}, ["name_en"]),
        ({"name_en": "", "summary_en": "", "story_en": ""}, []),
        ({"ingredients": "x" * 1001}, ["ingredients"]),
    ],
)
def test_halves_are_asked_for_at_sending(cast, draft, values, fields):
    save(draft, cast, **values)
    assert problems(draft) == fields
    if fields:
        with pytest.raises(Invalid) as refused, writing():
            services.submit(db.session.get_one(Product, draft.id), cast.member)
        assert refused.value.field == fields[0]


def test_words_wait_for_their_name(cast, draft):
    save(draft, cast, name_en="", summary_en="Chewy")
    assert revision_of(draft).text("en").summary == "Chewy"
    save(draft, cast, summary_en="", story_en="")
    assert revision_of(draft).text("en") is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("length_cm", 0), ("packed_grams", 0), ("net_grams", -1), ("least_packs", 0), ("least_packs", 1000),
        ("step_packs", 0), ("alcohol_permille", 1001), ("alcohol_permille", -1),
        ("weighed_within", 20), ("origin_commune", "00000"),
    ],
)  # fmt: skip
def test_the_database_refuses_nonsense(cast, draft, column, value):
    with pytest.raises(IntegrityError), writing():
        setattr(revision_of(draft), column, value)


def test_an_edit_keeps_the_details_and_the_officer_sees_what_changes(cast, draft):
    with writing():
        product = db.session.get_one(Product, draft.id)
        live = services.submit(product, cast.member)
        live.move("approve")
        approval.apply(live, cast.officer)
        edit = services.start_edit(product, cast.member)
        services.save_draft(edit, {"width": "25", "allergens": [], "alcohol": "5", "origin": ""}, cast.member)
    product = db.session.get_one(Product, draft.id)
    with use_language("en"):
        found = {one.field: (one.old, one.new) for one in changes(product.approved, queries.open_revision(product))}
    assert found == {
        "origin": ("Xã Sin Suối Hồ", ""), "width": ("20 cm", "25 cm"),
        "allergens": ("Egg, Sesame", ""), "alcohol": ("", "5%"),
    }  # fmt: skip


def test_none_of_these_stands_alone():
    assert chosen(["none"]) == ["none"]
    assert chosen(["none", "egg"]) == ["egg"]
    assert chosen(["nonsense"]) == chosen([]) == []


@pytest.mark.parametrize(
    ("name", "category", "alcohol", "orderable"),
    [
        ("Rượu sâm", "medicinal", "", False),
        ("Men rượu lá", "processed", "", True),
        ("Nước táo mèo lên men", "beverage", "", True),
        ("Nước táo mèo lên men", "beverage", "4,5", False),
        ("Nước táo mèo", "beverage", "0", True),
        ("Bia đá khắc chữ", "craft", "", True),
    ],
)
def test_alcohol_is_known_by_its_name_or_because_the_seller_says_so(cast, draft, name, category, alcohol, orderable):
    save(draft, cast, name=name, category=category, alcohol=alcohol, ship_class="")
    known = TYPES.get(revision_of(draft).type_code or "")
    assert (known is None or known.document_rule != "alcohol") is orderable
