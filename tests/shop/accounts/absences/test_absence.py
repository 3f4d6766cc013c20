"""An officer is away: somebody else sees, decides and is told, for these days and not longer."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from cooperatives.models import MemberRole, Membership
from products.review import services as review
from products.review.models import Verdict
from shop.accounts.absences import services
from shop.accounts.models import OfficerAbsence, Role
from shop.accounts.queries import communes_of_officer, officers_of_commune
from shop.accounts.staff.services import withdraw
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.days import today
from shop.core.db import db, writing
from shop.core.errors import Conflict, Invalid, NotAllowed
from shop.notices.models import Notice
from tests.cast import BINH_LU, SIN_SUOI_HO, THAN_UYEN
from tests.products.review.sent import path_of, sent_edit

PAGE = "/staff/absences"
A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _noon():
    """A day has 24 hours around here: the clock stands at noon."""
    clock.set_for_tests(datetime(2026, 12, 1, 5, tzinfo=UTC))


def away(cast, first=0, last=2, actor=None):
    """The officer of Bình Lư is away from one day to another, counted from today; the one of Than Uyên stands in."""
    with writing():
        days = (today() + first * A_DAY, today() + last * A_DAY)
        return services.enter(cast.officer, cast.officer_elsewhere, *days, actor or cast.admin).code


def later(days):
    clock.set_for_tests(datetime(2026, 12, 1, 5, tzinfo=UTC) + days * A_DAY)


def test_the_stand_in_has_the_communes_for_these_days_only(cast):
    away(cast, first=1, last=2)
    expected = {
        0: [THAN_UYEN],
        1: [BINH_LU, SIN_SUOI_HO, THAN_UYEN],
        2: [BINH_LU, SIN_SUOI_HO, THAN_UYEN],
        3: [THAN_UYEN],
    }
    for days, communes in expected.items():
        later(days)
        assert communes_of_officer(cast.officer_elsewhere.id) == communes, days
        told = [cast.officer_elsewhere.id if 1 <= days <= 2 else cast.officer.id]
        assert [one.id for one in officers_of_commune(BINH_LU)] == told, days


def test_the_stand_in_is_told_and_decides(browser, cast):
    away(cast)
    with writing():
        sent_edit(cast, name="Chè mới")
    told = set(db.session.scalars(select(Notice.user_id).where(Notice.kind == "revision_submitted")))
    assert told == {cast.officer_elsewhere.id}
    browser.sign_in(cast.officer_elsewhere)
    browser.get("/review/products")
    assert len(browser.all(".queue li")) == 1
    assert "Nguyễn Thị Hoa" in browser.one(".notice").text_content()
    assert browser.post(path_of(cast.product()), verdict="approve").status_code == 302


def test_four_eyes_hold_for_the_stand_in(cast):
    away(cast)
    with writing():
        sent_edit(cast, name="Chè mới")
        person = cast.officer_elsewhere.id
        db.session.add(Membership(cooperative_id=cast.ids["cooperative"], user_id=person, role=MemberRole.MEMBER))
    with writing(), pytest.raises(NotAllowed):
        review.decide(cast.product(), 2, cast.officer_elsewhere, Verdict.APPROVE)


def test_the_admin_enters_and_ends_it(browser, cast):
    browser.sign_in(cast.admin)
    people = {"officer": cast.officer.id, "stand_in": cast.officer_elsewhere.id}
    assert browser.post(PAGE, first="2026-12-01", last="2026-12-04", **people).status_code == 302
    browser.get(PAGE)
    assert "Nguyễn Thị Hoa" in browser.one("main .card").text_content()
    code = db.session.scalars(select(OfficerAbsence.code)).one()
    assert browser.post(f"{PAGE}/{code}/end").status_code == 302
    assert communes_of_officer(cast.officer_elsewhere.id) == [THAN_UYEN]
    assert browser.post(f"{PAGE}/{code}/end").status_code == 409, "not twice"
    kept = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("absence"))).all()
    assert kept == ["absence_entered", "absence_ended"]


def test_an_officer_enters_only_his_own(browser, cast):
    browser.sign_in(cast.officer)
    days = {"first": "2026-12-01", "last": "2026-12-04"}
    wrong = {"officer": cast.officer_elsewhere.id, "stand_in": cast.officer.id}
    assert browser.post(PAGE, **days, **wrong).status_code == 200
    assert db.session.scalars(select(OfficerAbsence)).all() == []
    right = {"officer": cast.officer.id, "stand_in": cast.officer_elsewhere.id}
    assert browser.post(PAGE, **days, **right).status_code == 302
    browser.sign_in(cast.officer_elsewhere)
    browser.get(PAGE)
    assert len(browser.all("main .card")) == 1, "whoever stands in reads it"
    assert browser.all("main .card form") == []
    code = db.session.scalars(select(OfficerAbsence.code)).one()
    assert browser.post(f"{PAGE}/{code}/end").status_code == 404


@pytest.mark.parametrize(
    ("first", "last", "field"), [(2, 1, "last"), (-3, -1, "last"), (1, 1, "first"), (0, 9, "first")]
)
def test_days_that_cannot_be(cast, first, last, field):
    away(cast, first=1, last=3)
    with pytest.raises(Invalid) as problem:
        away(cast, first=first, last=last)
    assert problem.value.field == field


def test_people_that_cannot_be(cast):
    away(cast, first=1, last=3)
    for officer, stand_in in ((cast.officer, cast.officer), (cast.officer_elsewhere, cast.officer)):
        with writing(), pytest.raises(Invalid) as problem:
            services.enter(officer, stand_in, today(), today() + A_DAY, cast.admin)
        assert problem.value.field == "stand_in"


def test_once_it_is_ended_it_is_ended(cast):
    code = away(cast)
    with writing():
        absence = db.session.scalars(select(OfficerAbsence).where(OfficerAbsence.code == code)).one()
        services.finish(absence, cast.admin)
    with writing(), pytest.raises(Conflict):
        services.finish(db.session.merge(absence), cast.admin)


def test_a_stand_in_who_is_officer_no_more_stands_in_no_more(cast):
    away(cast)
    with writing():
        withdraw(cast.officer_elsewhere, Role.OFFICER, cast.admin)
    clock.set_for_tests(clock.now() + timedelta(seconds=1))
    assert [one.id for one in officers_of_commune(BINH_LU)] == [cast.officer.id]
    assert communes_of_officer(cast.officer_elsewhere.id) == []
