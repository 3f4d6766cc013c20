"""The seller answers an officer's proposal: one tap takes it, words decline it; the ladder of answering."""

import pytest
from sqlalchemy import select

from products import queries, services
from products.edits.models import RevisionEdit
from products.issues.services import Reason
from products.lifecycle import RevisionState
from products.models import Product
from products.review.models import Verdict
from products.suggestions.models import Answer, Suggestion
from products.suggestions.queries import open_for
from products.suggestions.services import suggest
from shop.core.db import db, writing
from shop.notices.models import Notice
from tests.products.review.sent import decided, sent_goods


@pytest.fixture
def goods(cast):
    with writing():
        product = sent_goods(cast, name="Mien dong")
        suggest(product, 1, cast.officer, "name", "Miến dong Bình Lư", "Dễ tìm hơn")
        return product.id


def the(key):
    return db.session.get_one(Product, key)


def address(key):
    code = db.session.scalars(select(Suggestion.code).order_by(Suggestion.id.desc())).first()
    return f"/my/products/{the(key).code}/suggestions/{code}"


def stands(key):
    revision = queries.open_revision(the(key))
    return revision.name, revision.state, revision.number


def told(kind):
    return [note.user_id for note in db.session.scalars(select(Notice).where(Notice.kind == kind))]


def test_one_tap_takes_it_and_sends_it_again(goods, browser, cast):
    browser.sign_in(cast.member)
    browser.get(f"/my/products/{the(goods).code}/preview")
    assert browser.says("The officer suggests")
    assert [one.text_content() for one in browser.all("#suggestions ins")] == ["Miến ", "Bình Lư"]
    assert browser.post(address(goods), answer="take").status_code == 302
    assert stands(goods) == ("Miến dong Bình Lư", RevisionState.SUBMITTED, 2)
    kept = db.session.scalars(select(Suggestion)).one()
    assert (kept.answer, kept.answered_by_id, kept.officer_id) == (Answer.TAKEN, cast.member.id, cast.officer.id)
    edit = db.session.scalars(select(RevisionEdit).order_by(RevisionEdit.id.desc())).first()
    assert (edit.actor_id, edit.changes["name"]) == (cast.member.id, ["Mien dong", "Miến dong Bình Lư"])
    assert told("suggestion_taken") == [cast.officer.id]


def test_both_names_stand_in_the_history(goods, browser, cast):
    browser.sign_in(cast.member)
    browser.post(address(goods), answer="take")
    browser.get(f"/my/products/{the(goods).code}/history")
    assert browser.says("Suggested other words: %(field)s", field="Tên hàng")
    assert cast.officer.name in browser.text
    assert cast.member.name in browser.text


def test_with_more_to_mend_it_waits_for_the_rest(goods, browser, cast):
    decided(cast, the(goods), Verdict.RETURN, issues=[Reason("category_wrong")])
    browser.sign_in(cast.member)
    browser.post(address(goods), answer="take")
    assert stands(goods) == ("Miến dong Bình Lư", RevisionState.DRAFT, 2)


def test_if_that_was_all_what_came_back_goes_to_the_officer(goods, browser, cast):
    decided(cast, the(goods), Verdict.RETURN, issues=[Reason("name_unclear")])
    browser.sign_in(cast.member)
    browser.post(address(goods), answer="take")
    assert stands(goods) == ("Miến dong Bình Lư", RevisionState.SUBMITTED, 2)


def test_declined_in_words(goods, browser, cast):
    browser.sign_in(cast.member)
    browser.post(address(goods), answer="decline", words="Ở đây gọi thế")
    kept = db.session.scalars(select(Suggestion)).one()
    assert (kept.answer, kept.words, kept.answered_by_id) == (Answer.DECLINED, "Ở đây gọi thế", cast.member.id)
    assert stands(goods) == ("Mien dong", RevisionState.SUBMITTED, 1)
    assert told("suggestion_declined") == [cast.officer.id]
    browser.sign_in(cast.officer)
    browser.get(f"/review/products/{the(goods).code}/1/decision")
    assert "Ở đây gọi thế" in browser.text
    assert browser.says("Declined")


def test_without_words_it_is_not_declined(goods, browser, cast):
    browser.sign_in(cast.member)
    browser.post(address(goods), answer="decline", words="  ")
    assert db.session.scalars(select(Suggestion)).one().answer is None


@pytest.mark.parametrize("second", ["take", "decline"])
def test_answered_once(goods, browser, cast, second):
    browser.sign_in(cast.member)
    where = address(goods)
    browser.post(where, answer="take")
    browser.post(where, answer=second, words="Không")
    assert db.session.scalars(select(Suggestion)).one().answer is Answer.TAKEN
    assert stands(goods)[2] == 2


def test_what_was_written_otherwise_meanwhile_stays(goods, browser, cast):
    with writing():
        services.take_back(the(goods), cast.member)
        services.save_draft(services.editable(the(goods), cast.member), {"name": "Miến dong nhà Máy"}, cast.member)
    assert open_for(queries.open_revision(the(goods))) == []
    browser.sign_in(cast.member)
    browser.post(address(goods), answer="take")
    assert stands(goods) == ("Miến dong nhà Máy", RevisionState.DRAFT, 2)


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("officer", 403), ("buyer", 403)])
def test_who_may_not(goods, browser, cast, who, status):
    browser.sign_in(cast.user(who))
    assert browser.post(address(goods), answer="take").status_code == status
    assert db.session.scalars(select(Suggestion)).one().answer is None


def test_of_other_goods_it_is_not_found(goods, browser, cast):
    browser.sign_in(cast.member)
    wrong = address(goods).replace(the(goods).code, cast.product().code)
    assert browser.post(wrong, answer="take").status_code == 404
