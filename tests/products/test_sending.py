"""Sending, taking back, going on sale, leaving the shelf."""

import pytest
from sqlalchemy import select

from cooperatives.lifecycle import CooperativeState
from products import approval, queries, services
from products.lifecycle import RevisionState, Shelf
from products.models import Product
from products.stock import checks
from products.stock import services as stock
from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.core.errors import Conflict, Invalid
from shop.notices.models import Notice
from tests.products.complete import draft_of


def is_public(product):
    return product.id in db.session.scalars(queries.public(Product.id)).all()


def approve(product, officer):
    revision = queries.open_revision(product)
    revision.move("approve")
    return approval.apply(revision, officer)


def test_submit_sends_to_the_officers_of_the_commune(cast):
    with writing():
        product = draft_of(cast)
        services.submit(product, cast.member)
    revision = queries.open_revision(product)
    assert revision.state is RevisionState.SUBMITTED
    assert revision.submitted_by_id == cast.member.id
    assert product.slug == "mien-dong-binh-lu"
    told = db.session.scalars(select(Notice).where(Notice.kind == "revision_submitted")).one()
    assert told.user_id == cast.officer.id
    assert told.url == f"/review/products/{product.code}/1/decision"
    assert not is_public(product)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " 🍯 "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"category": ""}, "category"),
        ({"price": "x"}, "price"),
        ({"price": ""}, "price"),
        ({"unit": ""}, "unit"),
        ({"pack_amount": ""}, "pack_amount"),
        ({"quantity": ""}, "quantity"),
        ({"summary": "x" * 301}, "summary"),
        ({"net_weight": "nặng"}, "net_weight"),
    ],
)
def test_submit_refuses_what_is_incomplete(cast, change, field):
    with writing():
        draft_of(cast, "key", **change)
    with pytest.raises(Invalid) as refused, writing():
        services.submit(draft_of(cast, "key", **change), cast.member)
    assert refused.value.field == field


@pytest.mark.parametrize("state", [state for state in CooperativeState if state is not CooperativeState.ACTIVE])
def test_sending_waits_for_the_admission(cast, state):
    with writing():
        cast.cooperative().state = state
        product = draft_of(cast)
    with pytest.raises(Conflict), writing():
        services.submit(db.session.get_one(Product, product.id), cast.member)
    assert queries.open_revision(product).state is RevisionState.DRAFT


def test_submit_twice_is_a_conflict(cast):
    with writing():
        product = draft_of(cast)
        services.submit(product, cast.member)
        with pytest.raises(Conflict):
            services.submit(product, cast.member)


def test_take_back_makes_it_a_draft_again(cast):
    with writing():
        product = draft_of(cast)
        with pytest.raises(Conflict):
            services.take_back(product, cast.member)
        services.submit(product, cast.member)
        services.take_back(product, cast.member)
    revision = queries.open_revision(product)
    assert (revision.state, revision.submitted_at) == (RevisionState.DRAFT, None)


def test_approval_opens_the_first_sku(cast):
    with writing():
        product = draft_of(cast)
        with pytest.raises(Conflict):
            approval.apply(queries.open_revision(product), cast.officer)
        services.submit(product, cast.member)
        done = approve(product, cast.officer)
    assert done.price_set
    sku = product.skus[0]
    assert (sku.price, sku.pack_amount, sku.pack_word, sku.on_hand) == (45_000, 500, "goi", 30)
    assert sku.code == f"{product.code}-1"
    assert is_public(product)
    assert [fault for check in checks.CHECKS for fault in check()] == []


def test_approval_of_an_edit_sets_its_price(cast):
    with writing():
        draft = services.start_edit(cast.product(), cast.member)
        services.save_draft(draft, {"name": "Chè mới", "price": "150k"}, cast.member)
        services.submit(cast.product(), cast.member)
    assert cast.product().approved.name == "Chè Shan tuyết Bình Lư"
    with writing():
        done = approve(cast.product(), cast.officer)
    assert done.price_set
    assert cast.sku().price == 150_000
    assert (cast.product().approved.name, cast.product().slug) == ("Chè mới", "che-moi")
    assert len(cast.product().skus) == 1


@pytest.mark.parametrize(("moved_to", "price_set"), [(130_000, False), (150_000, True)])
def test_a_price_that_moved_meanwhile_is_not_overwritten(cast, moved_to, price_set):
    with writing():
        draft = services.start_edit(cast.product(), cast.member)
        services.save_draft(draft, {"price": "150k"}, cast.member)
        services.submit(cast.product(), cast.member)
        stock.set_price(cast.sku(), moved_to, 120_000, cast.member, "changed")
        done = approve(cast.product(), cast.officer)
    assert done.price_set is price_set
    assert cast.sku().price == moved_to


def test_an_edit_without_a_new_price_leaves_the_price(cast):
    with writing():
        services.start_edit(cast.product(), cast.member)
        services.submit(cast.product(), cast.member)
        stock.set_price(cast.sku(), 99_000, 120_000, cast.member, "changed")
        assert approve(cast.product(), cast.officer).price_set
    assert cast.sku().price == 99_000


def test_off_the_shelf_and_back(cast):
    with writing():
        services.pause(cast.product(), cast.member)
    assert not is_public(cast.product())
    with pytest.raises(Conflict), writing():
        services.pause(cast.product(), cast.member)
    with writing():
        services.resume(cast.product(), cast.member)
    assert is_public(cast.product())


def test_withdrawn_goods_are_gone_for_good(cast):
    with writing():
        services.start_edit(cast.product(), cast.member)
        services.submit(cast.product(), cast.member)
        services.withdraw(cast.product(), cast.member)
    product = cast.product()
    assert product.shelf is Shelf.WITHDRAWN
    assert product.withdrawn_at is not None
    assert queries.open_revision(product).state is RevisionState.DRAFT, "no officer reads it any more"
    for verb in (services.pause, services.resume, services.withdraw, services.editable, services.submit):
        with pytest.raises(Conflict), writing():
            verb(cast.product(), cast.member)


def test_every_verb_is_kept(cast):
    with writing():
        product = draft_of(cast)
        services.submit(product, cast.member)
        services.take_back(product, cast.member)
    rows = select(AuditEntry.action).where(AuditEntry.subject_kind == "products", AuditEntry.subject_id == product.id)
    kept = list(db.session.scalars(rows.order_by(AuditEntry.number)))
    assert kept == ["draft_created", "draft_saved", "photos_changed", "submitted", "taken_back"]
