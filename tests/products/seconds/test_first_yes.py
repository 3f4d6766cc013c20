"""Goods that need two officers: the first yes is kept, the second decides; one alone may still return or reject."""

import pytest
from sqlalchemy import select

from cooperatives.models import MemberRole, Membership
from products import queries, services
from products.lifecycle import RevisionState
from products.models import Product
from products.queue.models import Claim
from products.review.models import Decision, Verdict
from products.risk import (
    RISKY_CATEGORIES,
    RISKY_SHIP_CLASSES,
    SECOND_CATEGORIES,
    SECOND_SHIP_CLASSES,
    is_risky,
    needs_second,
)
from products.seconds.checks import CHECKS
from products.seconds.models import FirstLook
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import Conflict, NotAllowed
from shop.notices.models import Notice
from tests.products.review.sent import decisions_on, path_of, sent_goods, ten_seconds_pass
from tests.products.seconds.risky import approve, approve_by_two, risky_goods, second_officer


def the(key):
    return db.session.get_one(Product, key)


def looks(key):
    rows = select(FirstLook).join(FirstLook.revision).where(FirstLook.revision.has(product_id=key))
    return db.session.scalars(rows.order_by(FirstLook.id)).all()


def state(key):
    return queries.last_revision(the(key)).state


@pytest.fixture
def goods(cast):
    return risky_goods(cast)


@pytest.fixture
def second(cast):
    second_officer(cast)


@pytest.fixture
def desk(browser, cast):
    browser.sign_in(cast.officer)
    return browser


def test_what_needs_two_is_risky():
    """Else one button could approve many of them, and none would have its second officer."""
    assert SECOND_CATEGORIES <= RISKY_CATEGORIES
    assert SECOND_SHIP_CLASSES <= RISKY_SHIP_CLASSES
    assert needs_second("medicinal", "dry")
    assert needs_second("tea", "live")
    assert not needs_second("tea", "dry")
    assert is_risky("tea", "live")


def test_the_first_yes_is_kept_and_nothing_moves(goods, second, desk, cast):
    path = path_of(the(goods))
    desk.get(path)
    assert desk.says("Such goods need the yes of two officers. Yours is the first.")
    answer = desk.post(path, verdict="approve")
    assert (answer.status_code, answer.location) == (302, path.replace("/decision", "/next"))
    look = looks(goods)[0]
    assert (look.number, look.officer_id, look.withdrawn_at) == (1, cast.officer.id, None)
    assert decisions_on(goods) == []
    assert ten_seconds_pass() == 0
    assert state(goods) is RevisionState.SUBMITTED
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "first_look")).one()
    assert (entry.actor_id, entry.facts) == (cast.officer.id, {"revision": 1})
    claim = db.session.scalars(select(Claim)).one()
    assert claim.ended_at is not None, "another officer may begin at once"
    assert db.session.scalars(select(Notice.id).where(Notice.user_id == cast.member.id)).all() == []


def test_another_officers_yes_decides_and_says_who_was_first(goods, second, browser, cast):
    approve(goods, cast.officer)
    browser.sign_in(cast.officer_elsewhere)
    path = path_of(the(goods))
    browser.get(path)
    assert cast.officer.name in browser.one(".notice.info").text_content()
    assert browser.post(path, verdict="approve").status_code == 302
    assert ten_seconds_pass() == 1
    assert state(goods) is RevisionState.APPROVED
    assert [(one.officer_id, one.verdict) for one in decisions_on(goods)] == [
        (cast.officer_elsewhere.id, Verdict.APPROVE)
    ]
    browser.get(path)
    history = browser.one("section[aria-labelledby=history-title]").text_content()
    assert cast.officer.name in history
    assert cast.officer_elsewhere.name in history
    assert [fault for check in CHECKS for fault in check()] == []


def test_the_same_officer_twice_is_told(goods, second, desk, cast):
    path = path_of(the(goods))
    desk.post(path, verdict="approve")
    answer = desk.post(path, verdict="approve")
    assert answer.status_code == 409
    assert desk.says("You have said yes already. The second yes is another officer's.")
    with pytest.raises(Conflict):
        approve(goods, cast.officer)
    assert len(looks(goods)) == 1
    assert decisions_on(goods) == []


def test_who_said_yes_sees_no_second_button_and_claims_nothing(goods, second, desk):
    path = path_of(the(goods))
    desk.post(path, verdict="approve")
    desk.get(path)
    assert desk.says("You said yes. Another officer must say yes too, then they are approved.")
    assert not desk.all("button[value=approve]")
    assert desk.all("button[value=return]"), "one may still return it alone"
    assert db.session.scalars(select(Claim)).all() == []


@pytest.mark.parametrize("verdict", [Verdict.RETURN, Verdict.REJECT])
@pytest.mark.parametrize("looked", [False, True])
def test_one_officer_returns_and_rejects(goods, second, cast, verdict, looked):
    if looked:
        approve(goods, cast.officer)
    approve(goods, cast.officer, verdict, "Chưa có giấy phép")
    ten_seconds_pass()
    assert state(goods) is verdict.outcome
    assert [fault for check in CHECKS for fault in check()] == []


def test_other_goods_need_one(cast):
    with writing():
        key = sent_goods(cast).id
    assert isinstance(approve(key, cast.officer), Decision)


def test_a_new_version_makes_the_yes_void(goods, second, cast):
    approve(goods, cast.officer)
    with writing():
        services.take_back(the(goods), cast.member)
        services.save_draft(services.editable(the(goods), cast.member), {"price": "90k"}, cast.member)
        services.submit(the(goods), cast.member)
    assert isinstance(approve(goods, cast.officer_elsewhere), FirstLook), "nobody has looked at the new version yet"
    assert [(one.number, one.officer_id) for one in looks(goods)] == [
        (1, cast.officer.id),
        (2, cast.officer_elsewhere.id),
    ]
    assert [fault for check in CHECKS for fault in check()] == []


def test_who_joins_the_seller_meanwhile_was_nobody(goods, second, cast):
    approve(goods, cast.officer)
    with writing():
        row = {"cooperative_id": cast.cooperative().id, "user_id": cast.officer.id, "role": MemberRole.MEMBER}
        db.session.add(Membership(**row))
    assert isinstance(approve(goods, cast.officer_elsewhere), FirstLook)
    first, standing = looks(goods)
    assert (first.withdrawn_by_id, standing.withdrawn_at, standing.officer_id) == (
        None,
        None,
        cast.officer_elsewhere.id,
    )
    assert first.withdrawn_at is not None


def test_undoing_the_decision_leaves_the_first_yes(goods, second, browser, cast):
    approve(goods, cast.officer)
    approve(goods, cast.officer_elsewhere)
    browser.sign_in(cast.officer_elsewhere)
    assert browser.post(f"{path_of(the(goods))}/withdrawal").status_code == 302
    assert isinstance(approve(goods, cast.officer_elsewhere), Decision)


@pytest.mark.parametrize("who", ["buyer", "member", "helper", "admin"])
def test_nobody_else_says_yes(goods, browser, cast, who):
    browser.sign_in(cast.user(who))
    assert browser.post(path_of(the(goods)), verdict="approve").status_code == 403
    assert looks(goods) == []


def test_a_visitor_and_a_stranger(goods, browser, cast):
    assert browser.post(path_of(the(goods)), verdict="approve").status_code == 401
    browser.sign_in(cast.officer_elsewhere)
    assert browser.post(path_of(the(goods)), verdict="approve").status_code == 404
    assert looks(goods) == []


def test_nobody_says_yes_to_the_work_of_his_own(goods, cast):
    with writing():
        row = {"cooperative_id": cast.cooperative().id, "user_id": cast.officer.id, "role": MemberRole.MEMBER}
        db.session.add(Membership(**row, joined_at=clock.after(days=-9), left_at=clock.after(days=-8)))
    with pytest.raises(NotAllowed):
        approve(goods, cast.officer)
    assert looks(goods) == []


def test_two_of_them_put_risky_goods_on_sale(goods, cast):
    approve_by_two(cast, goods)
    assert state(goods) is RevisionState.APPROVED
    assert the(goods).skus
