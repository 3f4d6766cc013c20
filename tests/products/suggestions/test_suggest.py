"""An officer proposes an edit: the ladder of proposing; nothing changes by itself."""

import pytest
from sqlalchemy import select

from products import queries, services
from products.lifecycle import RevisionState
from products.models import Product
from products.review.models import Verdict
from products.suggestions.models import Suggestion
from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.notices.models import Notice
from tests.products.review.sent import sent_edit, sent_goods, taken


@pytest.fixture
def goods(cast):
    with writing():
        return sent_goods(cast, name="Mien dong").id


def address(key, number=1):
    return f"/review/products/{db.session.get_one(Product, key).code}/{number}/suggestions"


def kept():
    rows = db.session.scalars(select(Suggestion).order_by(Suggestion.id))
    return [(one.field, one.old, one.new, one.note, one.answer) for one in rows]


def test_it_is_kept_told_and_changes_nothing(goods, browser, cast):
    browser.sign_in(cast.officer)
    answer = browser.post(address(goods), field="name", new="Miến dong Bình Lư", note="Có dấu dễ tìm hơn")
    assert answer.status_code == 302
    assert kept() == [("name", "Mien dong", "Miến dong Bình Lư", "Có dấu dễ tìm hơn", None)]
    revision = queries.open_revision(db.session.get_one(Product, goods))
    assert (revision.name, revision.state, revision.number) == ("Mien dong", RevisionState.SUBMITTED, 1)
    told = db.session.scalars(select(Notice).where(Notice.kind == "suggestion_made")).all()
    assert {note.user_id for note in told} == {cast.member.id, cast.second_member.id}
    assert told[0].url.endswith("/preview#suggestions")
    assert "suggestion_made" in db.session.scalars(select(AuditEntry.action)).all()
    browser.get(answer.location)
    assert browser.says("Waits for the seller")


def test_the_form_is_filled_with_what_stands_there(goods, browser, cast):
    browser.sign_in(cast.officer)
    page = address(goods).replace("suggestions", "decision")
    browser.get(f"{page}?suggest=name")
    assert browser.one("#suggestion-new").get("value") == "Mien dong"
    browser.get(f"{page}?suggest=category")
    assert browser.one("#suggestion-new option[selected]").get("value") == "processed"
    browser.get(f"{page}?suggest=photos")
    assert browser.all("#suggestion-new") == []


def test_the_same_field_again_replaces_what_is_open(goods, browser, cast):
    browser.sign_in(cast.officer)
    for new in ("Miến dong", "Miến dong đỏ"):
        browser.post(address(goods), field="name", new=new)
    assert [row[2] for row in kept()] == ["Miến dong đỏ"]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"field": "name", "new": "Mien dong"}, 422),
        ({"field": "name", "new": "1"}, 422),
        ({"field": "name", "new": "dài " * 40}, 422),
        ({"field": "price", "new": "rẻ"}, 422),
        ({"field": "category", "new": "gold"}, 422),
        ({"field": "unit", "new": "gold"}, 422),
        ({"field": "story", "new": "Ngon", "note": "vì " * 400}, 422),
        ({"field": "quantity", "new": "5"}, 404),
        ({"field": "photos", "new": "5"}, 404),
        ({}, 404),
    ],
)
def test_bad_input_is_refused_with_what_was_typed(goods, browser, cast, fields, status):
    browser.sign_in(cast.officer)
    answer = browser.post(address(goods), **fields)
    assert answer.status_code == status
    assert kept() == []
    if status == 422 and fields["field"] not in {"category", "unit"}:
        box = browser.one("#suggestion-new")
        assert fields["new"].strip() == (box.get("value") or box.text or "").strip()


def test_goods_that_are_sold_keep_their_unit(cast, browser):
    with writing():
        sent_edit(cast, name="Chè mới")
    browser.sign_in(cast.officer)
    assert browser.post(address(cast.ids["tea"], 2), field="unit", new="hop").status_code == 404
    assert browser.post(address(cast.ids["tea"], 2), field="name", new="Chè Shan mới").status_code == 302


@pytest.mark.parametrize(("who", "status"), [("member", 403), ("officer_elsewhere", 404), ("admin", 403)])
def test_who_may_not(goods, browser, cast, who, status):
    browser.sign_in(cast.user(who))
    assert browser.post(address(goods), field="name", new="Miến").status_code == status
    assert kept() == []


def test_not_by_one_of_the_cooperative(goods, browser, cast):
    with writing():
        db.session.get_one(Product, goods).cooperative_id = cast.ids["cooperative"]
        queries.open_revision(db.session.get_one(Product, goods)).submitted_by_id = cast.officer.id
    browser.sign_in(cast.officer)
    assert browser.post(address(goods), field="name", new="Miến").status_code == 403
    assert kept() == []


def test_not_on_what_does_not_wait(goods, browser, cast):
    with writing():
        services.take_back(db.session.get_one(Product, goods), cast.member)
    browser.sign_in(cast.officer)
    assert browser.post(address(goods), field="name", new="Miến").status_code == 302
    assert kept() == []


def test_not_once_somebody_has_decided(goods, browser, cast):
    taken(cast, db.session.get_one(Product, goods), Verdict.APPROVE)
    browser.sign_in(cast.officer)
    assert browser.post(address(goods), field="name", new="Miến").status_code == 409
    assert kept() == []
