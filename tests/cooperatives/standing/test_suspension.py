"""An officer takes a seller off the market and brings it back; every product is then as it was."""

import pytest
from sqlalchemy import select

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative, MemberRole, Membership
from cooperatives.standing import services
from products.lifecycle import RevisionState, Shelf
from products.models import Product
from products.queries import last_revision
from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.core.errors import Conflict, NotAllowed
from shop.notices.models import Notice
from tests.cast import make_product

WHY = "Nhiều đơn chưa giao"


def address(cast, step):
    return f"/review/sellers/{cast.cooperative().code}/{step}"


def state(cast):
    return db.session.get_one(Cooperative, cast.ids["cooperative"]).state


def page_of(cast, name="tea"):
    return f"/products/{cast.product(name).slug}-{cast.product(name).code}"


@pytest.mark.parametrize("who", ["officer", "admin"])
def test_off_the_market_and_back(browser, cast, who):
    with writing():
        paused = make_product(cast.cooperative(), cast.member, "Chè vàng", category="tea", price=9000, on_hand=3)
        paused.shelf, key = Shelf.PAUSED, paused.id
        waiting = make_product(
            cast.cooperative(), cast.member, "Chè đen", category="tea", price=9000, on_hand=3,
            state=RevisionState.SUBMITTED,
        ).id  # fmt: skip
    public = page_of(cast)
    browser.sign_in(cast.user(who))
    assert browser.post(address(cast, "suspension"), note=WHY).status_code == 302
    assert state(cast) is CooperativeState.SUSPENDED
    browser.sign_out()
    assert browser.get(public).status_code == 404
    browser.sign_in(cast.user(who))
    assert browser.post(address(cast, "restoration")).status_code == 302
    assert state(cast) is CooperativeState.ACTIVE
    assert db.session.get_one(Product, key).shelf is Shelf.PAUSED
    assert last_revision(db.session.get_one(Product, waiting)).state is RevisionState.SUBMITTED
    assert browser.get(public).status_code == 200


def test_its_people_are_told_why_and_it_is_kept(browser, cast):
    browser.sign_in(cast.officer)
    browser.post(address(cast, "suspension"), note=WHY)
    told = db.session.scalars(select(Notice).where(Notice.kind == "cooperative_suspended")).all()
    assert {one.user_id for one in told} == {cast.ids["member"], cast.ids["second_member"]}
    kept = db.session.scalar(select(AuditEntry).where(AuditEntry.action == "cooperative_suspended"))
    assert (kept.actor_id, kept.facts["note"]) == (cast.ids["officer"], WHY)
    browser.sign_in(cast.member)
    browser.get(f"/cooperatives/{cast.cooperative().code}/history")
    assert browser.says("Taken off the market: %(note)s", note=WHY)


def test_needs_a_reason(browser, cast):
    browser.sign_in(cast.officer)
    assert browser.post(address(cast, "suspension"), note=" ").status_code == 422
    assert browser.says("Say why, so that they can put it right.")
    assert state(cast) is CooperativeState.ACTIVE


def test_not_twice(browser, cast):
    browser.sign_in(cast.officer)
    assert browser.post(address(cast, "restoration")).status_code == 409
    browser.post(address(cast, "suspension"), note=WHY)
    assert browser.post(address(cast, "suspension"), note=WHY).status_code == 409
    assert len(db.session.scalars(select(AuditEntry).where(AuditEntry.action == "cooperative_suspended")).all()) == 1


def test_another_officer_finds_nothing(browser, cast):
    browser.sign_in(cast.officer_elsewhere)
    assert browser.post(address(cast, "suspension"), note=WHY).status_code == 404
    assert state(cast) is CooperativeState.ACTIVE


@pytest.mark.parametrize("left", [False, True])
def test_not_ones_own_seller(cast, left):
    with writing():
        own = Membership(cooperative_id=cast.ids["cooperative"], user_id=cast.ids["officer"], role=MemberRole.MEMBER)
        own.left_at = cast.cooperative().created_at if left else None
        db.session.add(own)
    with pytest.raises(NotAllowed), writing():
        services.suspend(cast.cooperative(), cast.officer, WHY)
    assert state(cast) is CooperativeState.ACTIVE


def test_an_application_cannot_be_suspended(cast):
    with writing():
        cast.cooperative().state = CooperativeState.SUBMITTED
    with pytest.raises(Conflict), writing():
        services.suspend(cast.cooperative(), cast.officer, WHY)
