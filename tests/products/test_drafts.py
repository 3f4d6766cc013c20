"""Writing a draft: nothing typed is lost, nothing of others is overwritten, nothing live is touched."""

import pytest
from sqlalchemy import func, select

from products import policies, queries, services
from products.lifecycle import RevisionState
from products.models import Product, ProductRevision
from products.services import ChangedMeanwhile
from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.core.errors import Conflict, NotFound
from tests.products.complete import VALUES, draft_of


def the_draft(product):
    return queries.open_revision(product)


def save(product, cast, seen=None, page="", **values):
    with writing():
        product = db.session.get_one(Product, product.id)
        revision = services.editable(product, cast.member, seen=seen, page=page)
        return services.save_draft(revision, values, cast.member, page=page)


@pytest.fixture
def product(cast):
    with writing():
        return services.create_draft(cast.cooperative(), cast.member, "key")


def test_create_makes_an_empty_draft_that_nobody_sees(cast, product):
    revision = the_draft(product)
    assert (revision.number, revision.state, revision.name) == (1, RevisionState.DRAFT, "")
    assert product.approved_revision_id is None
    assert len(product.code) == 8
    assert product.id not in db.session.scalars(queries.public(Product.id)).all()


def test_the_same_key_is_the_same_product(cast, product):
    with writing():
        assert services.create_draft(cast.cooperative(), cast.second_member, "key").id == product.id
    assert db.session.scalar(select(func.count()).where(Product.draft_key == "key")) == 1


def test_a_key_of_others_is_refused(cast, product):
    with pytest.raises(NotFound), writing():
        services.create_draft(cast.cooperative("other_cooperative"), cast.stranger, "key")


def test_what_was_typed_becomes_columns(cast, product):
    save(
        product,
        cast,
        **VALUES,
        summary="Sợi dai.",
        season=[9, 10],
        shelf_life="6 tháng",
        storage="Nơi khô",
        name_en="Noodles",
    )
    revision = the_draft(product)
    assert (revision.name, revision.category, revision.type_code) == ("Miến dong Bình Lư", "processed", "LC-119")
    assert (revision.proposed_price, revision.pack_word, revision.pack_amount) == (45_000, "goi", 500)
    assert (revision.proposed_quantity, revision.ship_class, revision.season_months) == (30, "dry", 0b1100000000)
    assert (revision.shelf_life_days, revision.facts["storage"]) == (180, {"vi": "Nơi khô"})
    assert revision.text("en").name == "Noodles"
    assert revision.text("hi") is None


def test_what_cannot_be_read_is_kept_as_typed(cast, product):
    save(
        product,
        cast,
        price="1.250",
        quantity="nhiều lắm",
        unit="goi",
        pack_amount="nửa cân",
        shelf_life="lâu",
        name="x" * 10_000,
    )
    revision = the_draft(product)
    assert policies.typed_texts(revision) == {
        "price": "1.250", "quantity": "nhiều lắm", "pack_amount": "nửa cân", "shelf_life": "lâu",
    }  # fmt: skip
    assert len(revision.name) == 10_000
    said = {problem.field for problem in policies.problems(revision, sold_already=False)}
    assert said == {"photos", "name", "category", "price", "quantity", "pack_amount", "shelf_life"}
    save(product, cast, price="1.250", price_meant="1250000", quantity="５")
    revision = the_draft(product)
    assert (revision.proposed_price, revision.proposed_quantity) == (1_250_000, 5)
    assert set(policies.typed_texts(revision)) == {"pack_amount", "shelf_life"}


@pytest.mark.parametrize("text", ["", "0", "-5", "NaN", "1e9", "9" * 300, "٣", "🍯", "0 đồng"])
def test_a_price_is_a_price_or_stays_text(cast, product, text):
    save(product, cast, price=text)
    revision = the_draft(product)
    assert revision.proposed_price == (3 if text == "٣" else None)
    assert policies.typed_texts(revision) == ({} if text in {"", "٣"} else {"price": text})


def test_a_unit_of_fixed_amount_says_it_itself(cast, product):
    save(product, cast, unit="kg", pack_amount="")
    assert the_draft(product).pack_amount == 1000
    save(product, cast, unit="kg", pack_amount="5 kg")
    assert policies.typed_texts(the_draft(product)) == {"pack_amount": "5 kg"}
    save(product, cast, unit="bao", pack_amount="5 kg")
    assert the_draft(product).pack_amount == 5000
    assert policies.typed_texts(the_draft(product)) == {}
    save(product, cast, unit="nonsense", category="nonsense", ship_class="nonsense")
    revision = the_draft(product)
    assert (revision.pack_word, revision.category, revision.ship_class) == ("", "", "dry")


def test_how_goods_travel_is_chosen_or_known(cast, product):
    save(product, cast, name="Cải mèo", category="vegetable")
    assert the_draft(product).ship_class == "fresh"
    save(product, cast, ship_class="chilled")
    assert the_draft(product).ship_class == "chilled"
    save(product, cast, name="Rượu mơ", category="beverage", ship_class="")
    assert the_draft(product).ship_class == "fragile"
    assert the_draft(product).type_code == "LC-130"


def test_fields_that_are_not_given_stay(cast, product):
    save(product, cast, **VALUES, summary="Sợi dai.")
    save(product, cast, price="50000")
    revision = the_draft(product)
    assert (revision.proposed_price, revision.text("vi").summary, revision.category) == (
        50_000,
        "Sợi dai.",
        "processed",
    )
    save(product, cast, name_hi="सेवई")
    save(product, cast, name_hi="")
    assert the_draft(product).text("hi") is None


def test_another_page_overwrites_nothing(cast, product):
    seen = the_draft(product).version
    save(product, cast, seen=seen, page="first", name="Của Máy")
    with pytest.raises(ChangedMeanwhile):
        save(product, cast, seen=seen, page="second", name="Của Tâm")
    assert the_draft(product).name == "Của Máy"
    save(product, cast, seen=the_draft(product).version, page="second", name="Của Tâm")
    assert the_draft(product).name == "Của Tâm"


def test_a_page_never_collides_with_itself(cast, product):
    for text in ("Chè", "Chè Shan", "Chè Shan"):
        save(product, cast, seen=0, page="first", name=text)
    assert the_draft(product).name == "Chè Shan"
    with pytest.raises(ChangedMeanwhile):
        save(product, cast, seen=0, page="", name="Miến")


def test_words_alone_make_a_new_version(cast, product):
    before = the_draft(product).version
    save(product, cast, name="Chè")
    assert the_draft(product).version > before


def test_an_edit_of_live_goods_lies_beside_them(cast):
    tea = cast.product()
    with writing():
        draft = services.start_edit(cast.product(), cast.member)
    assert (draft.number, draft.base_price, draft.proposed_price) == (2, 120_000, 120_000)
    assert draft.name == tea.approved.name
    assert [photo.digest for photo in draft.photos] == [photo.digest for photo in tea.approved.photos]
    save(tea, cast, name="Chè đổi tên", price="150k", unit="chai", quantity="999")
    shown = db.session.scalars(queries.public(ProductRevision).where(Product.id == tea.id)).one()
    assert shown.name == "Chè Shan tuyết Bình Lư"
    assert cast.sku().price == 120_000
    draft = the_draft(tea)
    assert (draft.name, draft.proposed_price, draft.pack_word) == ("Chè đổi tên", 150_000, "goi")
    with pytest.raises(Conflict), writing():
        services.start_edit(cast.product(), cast.member)


def test_what_an_officer_reads_cannot_be_edited(cast):
    with writing():
        product = draft_of(cast)
        revision = services.submit(product, cast.member)
        with pytest.raises(Conflict):
            services.editable(product, cast.member)
        with pytest.raises(Conflict):
            services.save_draft(revision, {"name": "anders"}, cast.member)


def test_a_returned_revision_opens_again_by_writing(cast):
    with writing():
        product = draft_of(cast)
        services.submit(product, cast.member).move("return")
    seen = the_draft(product).version
    save(product, cast, seen=seen, page="p", name="Miến dong thật")
    assert the_draft(product).state is RevisionState.DRAFT
    assert the_draft(product).number == 2, "other words, another number"


def test_every_save_that_changes_something_is_kept(cast, product):
    save(product, cast, name="Chè", price="5k")
    save(product, cast, name="Chè", price="5k")
    rows = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "draft_saved")).all()
    assert [row.facts["fields"] for row in rows] == [["name", "price"]]
