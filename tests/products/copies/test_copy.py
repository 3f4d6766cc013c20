"""New goods from earlier ones: words and facts come along, stock never, photos only when asked for."""

import pytest
from sqlalchemy import event, select

from products import approval, queries, services
from products.copies import services as copies
from products.lifecycle import RevisionState
from products.models import Product
from products.stock.services import set_price
from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.core.errors import Conflict
from tests.cast import make_product
from tests.products.complete import DETAILS, draft_of, handle

NEW = "/my/products/new"


@pytest.fixture
def noodles(cast):
    """Complete goods on sale, with every detail."""
    with writing():
        product = draft_of(cast, **DETAILS)
        revision = services.submit(product, cast.member)
        revision.move("approve")
        approval.apply(revision, cast.officer)
        return handle(product)


def copied(browser, product, **fields):
    browser.post(f"/my/products/{product.code}/copies", **({"key": "the key of the page"} | fields))
    assert browser.response.status_code == 302
    return db.session.scalars(select(Product).order_by(Product.id.desc())).first()


def test_words_and_facts_come_along(browser, cast, noodles):
    with writing():
        sold = db.session.get_one(Product, noodles.id).skus[0]
        set_price(sold, 52_000, 45_000, cast.member, "changed")
    browser.sign_in(cast.second_member)
    made = copied(browser, noodles)
    source, draft = db.session.get_one(Product, noodles.id).approved, queries.open_revision(made)
    assert made.id != noodles.id
    assert made.skus == []
    assert (draft.state, draft.number, draft.created_by_id) == (RevisionState.DRAFT, 1, cast.second_member.id)
    assert {words.lang: (words.name, words.summary, words.story) for words in draft.texts} == {
        words.lang: (words.name, words.summary, words.story) for words in source.texts
    }
    for column in (
        "category",
        "net_grams",
        "packed_grams",
        "height_cm",
        "least_packs",
        "weighed_within",
        "origin_commune",
        "pack_amount",
    ):
        assert getattr(draft, column) == getattr(source, column), column
    assert draft.facts["allergens"] == ["egg", "sesame"]
    assert draft.proposed_price == 52_000, "as it is sold now"
    assert (draft.base_price, draft.proposed_quantity, draft.photos) == (None, None, [])
    browser.get(browser.response.location)
    assert browser.says("Copied. Change what is different, then send it.")
    assert browser.one("#quantity").get("value") in {None, ""}
    assert browser.one("#name").get("value") == "Miến dong Bình Lư"


def test_photos_come_when_asked_for(browser, cast, noodles):
    browser.sign_in(cast.member)
    made = copied(browser, noodles, photos="1")
    source = db.session.get_one(Product, noodles.id).approved
    assert [photo.digest for photo in queries.open_revision(made).photos] == [photo.digest for photo in source.photos]


def test_the_source_stays_as_it_was_and_the_copy_is_kept_in_the_audit(browser, cast, noodles):
    browser.sign_in(cast.member)
    made = copied(browser, noodles)
    assert len(db.session.get_one(Product, noodles.id).approved.photos) == 1
    rows = select(AuditEntry.action, AuditEntry.facts).where(
        AuditEntry.subject_kind == "products", AuditEntry.subject_id == made.id
    )
    kept = {row.action: row.facts for row in db.session.execute(rows)}
    assert kept["copied"]["source"] == noodles.code


def test_a_draft_can_be_copied_too(browser, cast):
    with writing():
        draft = handle(draft_of(cast, price="1.250"))
    browser.sign_in(cast.member)
    made = queries.open_revision(copied(browser, draft))
    assert (made.name, made.proposed_price, made.facts.get("typed")) == ("Miến dong Bình Lư", None, None)


def test_pressed_twice_is_one_copy(browser, cast, noodles):
    browser.sign_in(cast.member)
    first = handle(copied(browser, noodles))
    with writing():
        draft = services.editable(db.session.get_one(Product, first.id), cast.member)
        services.save_draft(draft, {"name": "Miến khác"}, cast.member)
    again = copied(browser, noodles)
    assert again.id == first.id
    assert queries.open_revision(again).name == "Miến khác", "what was written meanwhile stays"


def test_it_is_offered_beside_the_empty_form_only(browser, cast, noodles):
    with writing():
        for number in range(7):
            make_product(cast.cooperative(), cast.member, f"Chè {number}", category="tea", price=1000, on_hand=1)
    browser.sign_in(cast.member)
    browser.get(NEW)
    offered = browser.all("button[formaction]")
    assert [one.cssselect("[lang=vi]")[0].text for one in offered] == [f"Chè {number}" for number in range(6, 0, -1)]
    address = offered[0].get("formaction")
    form = {field.get("name"): field.get("value") for field in browser.all("form input[name=key]")}
    assert browser.post(address, **form).status_code == 302
    browser.get(browser.response.location)
    assert browser.all("button[formaction]") == []


def test_a_new_seller_is_offered_nothing(browser, cast):
    with writing():
        cast.product("honey").approved.texts[0].name = ""
    browser.sign_in(cast.stranger)
    browser.get(NEW)
    assert not browser.all("button[formaction]")
    assert not browser.says("Copy from earlier goods")


def test_the_offer_costs_one_query(browser, cast, noodles):
    browser.sign_in(cast.member)
    browser.get(NEW)
    seen = []
    engine = db.session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    browser.get(NEW)
    assert len([one for one in seen if "max(product_revisions.id)" in one]) == 1


def test_only_its_own_people(browser, cast, noodles):
    address = f"/my/products/{noodles.code}/copies"
    assert browser.post(address).status_code == 401
    browser.sign_in(cast.stranger)
    assert browser.post(address).status_code == 404
    browser.sign_in(cast.buyer)
    assert browser.post(address).status_code == 403
    browser.sign_in(cast.member)
    assert browser.post(address, token=False).status_code == 403
    assert browser.post("/my/products/NOTTHERE/copies").status_code == 404
    assert browser.get(address).status_code == 405


def test_a_key_of_another_seller_is_404(browser, cast, noodles):
    with writing():
        services.create_draft(cast.cooperative("other_cooperative"), cast.stranger, "taken")
    browser.sign_in(cast.member)
    assert browser.post(f"/my/products/{noodles.code}/copies", key="taken").status_code == 404


def test_nothing_is_no_source(browser, cast):
    with writing():
        empty = handle(services.create_draft(cast.cooperative(), cast.member, "empty"))
    with pytest.raises(Conflict), writing():
        copies.copy(db.session.get_one(Product, empty.id), cast.member, "other", photos=False)
    browser.sign_in(cast.member)
    browser.post(f"/my/products/{empty.code}/copies", follow=True)
    assert browser.says("There is nothing to copy yet.")
