"""Ten seconds in which a decision can be undone: the ladder of undoing, and what nobody notices until then."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from products import queries
from products.lifecycle import RevisionState
from products.models import Product
from products.review.checks import CHECKS
from products.review.models import UNDO, Verdict, Withdrawal
from shop.accounts.models import OfficerCommune
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.notices.models import Notice
from tests.cast import BINH_LU
from tests.products.review.sent import decisions_on, path_of, sent_edit, sent_goods, taken, ten_seconds_pass

ANSWERS = {
    Verdict.APPROVE: {"verdict": "approve"},
    Verdict.RETURN: {"verdict": "return", "reasons": "photo_dark"},
    Verdict.REJECT: {"verdict": "reject", "note": "Hàng cấm bán"},
}
LINES = {
    Verdict.APPROVE: "Approved: %(product)s",
    Verdict.RETURN: "Returned: %(product)s",
    Verdict.REJECT: "Not accepted: %(product)s",
}


@pytest.fixture
def goods(cast):
    with writing():
        product = sent_goods(cast)
    return product.id


@pytest.fixture
def desk(browser, cast):
    browser.sign_in(cast.officer)
    return browser


@pytest.fixture
def second(cast):
    """The officer of another commune answers for this one too."""
    with writing():
        db.session.add(
            OfficerCommune(user_id=cast.officer_elsewhere.id, commune_code=BINH_LU, valid_from=clock.after(days=-1))
        )
    return cast.officer_elsewhere


def the(key):
    return db.session.get_one(Product, key)


def undo_path(key):
    return f"{path_of(the(key))}/withdrawal"


def told_sellers(cast):
    members = [cast.member.id, cast.second_member.id]
    kinds = ["revision_approved", "revision_returned", "revision_rejected"]
    return db.session.scalars(select(Notice.id).where(Notice.user_id.in_(members), Notice.kind.in_(kinds))).all()


@pytest.mark.parametrize("verdict", Verdict)
def test_until_then_nothing_moves_and_undone_it_never_did(goods, desk, cast, verdict):
    path = path_of(the(goods))
    desk.post(path, **ANSWERS[verdict])
    name = queries.last_revision(the(goods)).name
    for page in ("/review/products", path):
        desk.get(page)
        assert desk.says(LINES[verdict], product=name)
        assert desk.one(".undo").get("action") == undo_path(goods)
    assert (queries.last_revision(the(goods)).state, told_sellers(cast)) == (RevisionState.SUBMITTED, [])
    desk.get("/review/products")
    assert not desk.all(".queue h2 a")

    answer = desk.post(undo_path(goods))

    assert (answer.status_code, answer.location) == (302, path)
    assert ten_seconds_pass() == 0
    assert (queries.last_revision(the(goods)).state, told_sellers(cast)) == (RevisionState.SUBMITTED, [])
    kept = decisions_on(goods)[0]
    assert (kept.withdrawn_why, kept.withdrawn_by_id, kept.carried_out_at) == (
        Withdrawal.UNDONE,
        cast.officer.id,
        None,
    )
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "decision_undone")).one()
    assert (entry.actor_id, entry.facts) == (cast.officer.id, {"revision": 1, "verdict": verdict.value})
    desk.get(path)
    assert desk.says("Undone")
    desk.get("/review/products")
    assert not desk.all(".undo")
    assert [one.get("href") for one in desk.all(".queue h2 a")] == [path]


def test_undone_it_can_be_decided_anew(goods, desk):
    desk.post(path_of(the(goods)), verdict="approve")
    desk.post(undo_path(goods))
    assert desk.post(path_of(the(goods)), verdict="return", reasons="photo_dark").status_code == 302
    ten_seconds_pass()
    assert queries.last_revision(the(goods)).state is RevisionState.RETURNED
    assert [one.verdict for one in decisions_on(goods)] == [Verdict.APPROVE, Verdict.RETURN]
    assert [fault for check in CHECKS for fault in check()] == []


def test_a_visitor_and_the_wrong_role_undo_nothing(goods, browser, cast):
    taken(cast, the(goods), Verdict.APPROVE)
    assert browser.post(undo_path(goods)).status_code == 401
    for who in ("member", "helper", "admin"):
        browser.sign_in(cast.user(who))
        assert browser.post(undo_path(goods)).status_code == 403
    assert ten_seconds_pass() == 1


def test_another_officer_undoes_nothing_and_is_told_who_decided(goods, browser, cast, second):
    taken(cast, the(goods), Verdict.APPROVE)
    browser.sign_in(second)
    browser.get("/review/products")
    assert not browser.all(".queue h2 a")
    assert browser.get(path_of(the(goods))).status_code == 200
    assert browser.says("%(name)s approved this already.", name="Nguyễn Thị Hoa")
    assert not browser.all(".decision-bar, .undo")
    assert browser.post(undo_path(goods)).status_code == 404
    assert browser.post(path_of(the(goods)), verdict="approve").status_code == 409
    assert browser.says("%(name)s approved this already.", name="Nguyễn Thị Hoa")
    assert ten_seconds_pass() == 1


def test_an_officer_of_another_commune_finds_nothing(goods, browser, cast):
    taken(cast, the(goods), Verdict.APPROVE)
    browser.sign_in(cast.officer_elsewhere)
    assert browser.post(undo_path(goods)).status_code == 404


@pytest.mark.parametrize("late", [timedelta(), timedelta(hours=1)])
def test_what_took_effect_is_not_undone(goods, desk, late):
    """Not even where the sweep has not come by yet: the time is over, not the work."""
    desk.post(path_of(the(goods)), verdict="approve")
    clock.pass_for_tests(UNDO + late)
    assert desk.post(undo_path(goods)).status_code == 409
    assert ten_seconds_pass() == 1
    assert desk.post(undo_path(goods)).status_code == 409
    assert queries.last_revision(the(goods)).state is RevisionState.APPROVED


def test_until_the_last_moment_it_is(goods, desk):
    clock.set_for_tests(clock.now())
    desk.post(path_of(the(goods)), verdict="approve")
    clock.pass_for_tests(UNDO - timedelta(milliseconds=1))
    assert desk.post(undo_path(goods)).status_code == 302


def test_twice_is_once(goods, desk):
    desk.post(path_of(the(goods)), verdict="approve")
    assert [desk.post(undo_path(goods)).status_code for _time in "12"] == [302, 404]
    assert len(decisions_on(goods)) == 1


@pytest.mark.parametrize("number", [0, 2, 99_999])
def test_nothing_was_decided(goods, desk, number):
    assert desk.post(f"/review/products/{the(goods).code}/{number}/decision/withdrawal").status_code == 404
    assert desk.post("/review/products/ZZZZZZZZ/1/decision/withdrawal").status_code == 404


def test_a_page_of_the_desk_does_not_wait_for_the_sweep(cast, desk):
    with writing():
        sent_edit(cast, name="Chè mới")
    tea = cast.product().id
    desk.post(path_of(the(tea)), verdict="approve")
    clock.pass_for_tests(UNDO)
    assert the(tea).approved.name == "Chè Shan tuyết Bình Lư"
    desk.get("/review/products")
    assert the(tea).approved.name == "Chè mới"
    assert not desk.all(".undo")
