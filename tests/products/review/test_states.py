"""Every state with every verdict: only what waits can be decided, and only once."""

from itertools import product as pairs

import pytest
from sqlalchemy import func, select

from cooperatives.lifecycle import CooperativeState
from cooperatives.standing import services as market_standing
from products import queries, services
from products.issues.services import Reason
from products.lifecycle import REVISION, RevisionState
from products.models import Product
from products.review import services as review
from products.review.checks import CHECKS
from products.review.models import Decision, Verdict
from products.review.queries import history
from shop.core.db import db, writing
from shop.core.errors import Conflict, Invalid
from tests.cast import make_product
from tests.products.review.sent import decided, path_of, sent_goods


def standing():
    return db.session.scalar(select(func.count(Decision.id)).where(Decision.withdrawn_at.is_(None)))


@pytest.mark.parametrize(("state", "verdict"), list(pairs(RevisionState, Verdict)))
def test_state_and_verdict(cast, state, verdict):
    with writing():
        key = make_product(
            cast.cooperative(), cast.member, "Chè", category="tea", price=1000, on_hand=1, state=state
        ).id
        before = standing()
    if REVISION.allows(state, verdict.value):
        decided(cast, db.session.get_one(Product, key), verdict, "Một lời")
        after, more = verdict.outcome, 1
    else:
        with pytest.raises(review.Overtaken):
            decided(cast, db.session.get_one(Product, key), verdict, "Một lời")
        after, more = state, 0
    assert queries.last_revision(db.session.get_one(Product, key)).state is after
    assert standing() == before + more


@pytest.mark.parametrize(("first", "second"), list(pairs(Verdict, Verdict)))
def test_the_second_officer_is_told_who_was_first(cast, first, second):
    with writing():
        product = sent_goods(cast)
    decided(cast, product, first, "Một lời")
    before = standing()
    with pytest.raises(review.Overtaken) as late:
        decided(cast, product, second, "Một lời")
    assert cast.officer.name in str(late.value.sentence)
    assert (late.value.newest, standing()) == (None, before)


@pytest.mark.parametrize("verdict", Verdict)
def test_words_and_reasons(cast, verdict):
    with writing():
        product = sent_goods(cast)
    if verdict is not Verdict.APPROVE:
        with pytest.raises(Invalid):
            decided(cast, product, verdict)
    if verdict is Verdict.RETURN:
        with pytest.raises(Invalid):
            decided(cast, product, verdict, issues=[Reason("no_such_rule")])
        with pytest.raises(Invalid):
            decided(cast, product, verdict, issues=[Reason("photo_dark", "no_such_field")])
    assert queries.last_revision(product).state is RevisionState.SUBMITTED


def test_suspended_sellers_wait(cast, browser):
    with writing():
        product = sent_goods(cast)
        key, path = product.id, path_of(product)
        market_standing.suspend(cast.cooperative(), cast.admin, "Kiểm tra")
    with pytest.raises(Conflict):
        decided(cast, product, Verdict.APPROVE)
    browser.sign_in(cast.officer)
    browser.get(path)
    assert browser.says("This seller is suspended. The goods wait until they are back.")
    assert not browser.all(".decision-bar")
    assert browser.post(path, verdict="approve").status_code == 409
    product = db.session.get_one(Product, key)
    with writing():
        market_standing.restore(cast.cooperative(), cast.admin)
    assert cast.cooperative().state is CooperativeState.ACTIVE
    decided(cast, product, Verdict.APPROVE)
    assert queries.last_revision(product).state is RevisionState.APPROVED


def test_earlier_approvals_stay_in_the_history(cast):
    with writing():
        product = sent_goods(cast)
    decided(cast, product, Verdict.APPROVE)
    first = db.session.get_one(Product, product.id).approved_revision_id
    with writing():
        again = db.session.get_one(Product, product.id)
        services.save_draft(services.start_edit(again, cast.member), {"name": "Miến dong ngon"}, cast.member)
        services.submit(again, cast.member)
    decided(cast, product, Verdict.APPROVE)
    now = db.session.get_one(Product, product.id)
    assert now.approved_revision_id != first
    assert db.session.get(type(now.approved), first).state is RevisionState.APPROVED
    assert [(one.number, one.verdict) for one in history(now)] == [(2, Verdict.APPROVE), (1, Verdict.APPROVE)]
    assert [fault for check in CHECKS for fault in check()] == []
