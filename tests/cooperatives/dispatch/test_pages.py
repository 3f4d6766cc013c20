"""A member's page of the calendar: rules and closed days, the whole ladder."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cooperatives.dispatch import checks, queries, services
from cooperatives.dispatch.calendar import Rules
from cooperatives.dispatch.models import ClosedDays, DispatchRules
from shop.audit.models import AuditEntry
from shop.core.days import today
from shop.core.db import db, writing

RULES = {"days": ["1", "4"], "cutoff": "11", "prepare": "2"}


def day(ahead):
    return today() + timedelta(days=ahead)


@pytest.fixture
def page(cast):
    return f"/cooperatives/{cast.cooperative().code}"


def standing():
    return db.session.scalars(select(ClosedDays).where(ClosedDays.cancelled_at.is_(None))).all()


def close(browser, page, first, last, **more):
    return browser.post(f"{page}/closed-days", first=str(first), last=str(last), **more)


def test_any_member_sets_when_parcels_leave(browser, cast, page):
    browser.sign_in(cast.second_member)
    browser.get(f"{page}/dispatch")
    assert len(browser.all("#rules input[type=checkbox][checked]")) == 6, "Monday to Saturday where nothing was said"
    assert browser.post(f"{page}/dispatch", **RULES).status_code == 302
    assert queries.calendar_of(cast.cooperative().id).rules == Rules(0b0010010, 11, 2)
    browser.get(f"{page}/dispatch")
    assert {one.get("value") for one in browser.all("#rules input[type=checkbox][checked]")} == {"1", "4"}
    told = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "dispatch_rules_set")).one()
    assert (told.actor_id, told.facts["after"]["cutoff"]) == (cast.second_member.id, 11)
    browser.post(f"{page}/dispatch", **RULES | {"prepare": "0"})
    assert db.session.scalars(select(DispatchRules)).one().prepare_days == 0


def test_closed_days_stand_until_they_are_opened_again(browser, cast, page):
    browser.sign_in(cast.member)
    assert close(browser, page, day(0), day(6), note="Tết Nguyên đán").status_code == 302
    browser.get(f"{page}/dispatch")
    assert "Tết Nguyên đán" in browser.text
    assert "Nghỉ đến" in browser.text
    code = standing()[0].code
    again = f"{page}/closed-days/{code}/cancellation"
    assert [browser.post(again).status_code for _ in range(2)] == [302, 409]
    kept = db.session.scalars(select(ClosedDays)).one()
    assert (kept.cancelled_at is not None, kept.note) == (True, "Tết Nguyên đán")
    assert close(browser, page, day(0), day(6)).status_code == 302, "days that were opened may be closed again"
    actions = {"closed_days_set", "closed_days_cancelled"}
    assert actions <= set(db.session.scalars(select(AuditEntry.action)))


@pytest.mark.parametrize(
    ("first", "last", "field", "sentence"),
    [
        (-1, 3, "first", "This day has passed. Choose today or a later day."),
        (5, 3, "last", "The last day comes before the first. Choose a later one."),
        (5, 900, "last", "This is more than a year ahead. Look at the year again."),
    ],
)
def test_days_that_cannot_be(browser, cast, page, first, last, field, sentence):
    browser.sign_in(cast.member)
    assert close(browser, page, day(first), day(last), note="Ma chay").status_code == 422
    assert browser.says(sentence)
    assert browser.one(f"#{field}").get("aria-invalid") == "true"
    assert browser.one("#first").get("value") == str(day(first))
    assert browser.one("#note").get("value") == "Ma chay"
    assert not standing()


@pytest.mark.parametrize("typed", ["", "mai", "31/2/2027", "0000-00-00", "x" * 5000])
def test_what_is_no_day_is_said_and_kept(browser, cast, page, typed):
    browser.sign_in(cast.member)
    assert close(browser, page, typed, day(3)).status_code == 422
    assert browser.one("#first").get("aria-invalid") == "true"
    assert browser.one("#first").get("value") == typed
    assert not standing()


def test_more_than_ninety_days_are_asked_back(browser, cast, page):
    browser.sign_in(cast.member)
    assert close(browser, page, day(1), day(100)).status_code == 422
    assert browser.says("That is %(days)s days. Press the button again if you mean it.", days=100)
    meant = browser.one("[name=long_ok]").get("value")
    assert close(browser, page, day(1), day(110), long_ok=meant).status_code == 422, "a yes to other days is no yes"
    assert close(browser, page, day(1), day(100), long_ok=meant).status_code == 302


def test_no_day_is_closed_twice(browser, cast, page):
    browser.sign_in(cast.member)
    close(browser, page, day(3), day(6))
    for first, last in ((3, 6), (1, 3), (6, 9), (4, 5), (1, 9)):
        assert close(browser, page, day(first), day(last)).status_code == 422, (first, last)
    assert close(browser, page, day(7), day(9)).status_code == 302
    assert len(standing()) == 2
    assert list(checks.closed_days_are_apart()) == []
    with writing():
        standing()[0].last_day = day(8)
    assert len(list(checks.closed_days_are_apart())) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"days": None}, {"days": ["9"]}, {"days": ["x"]}, {"cutoff": "25"}, {"cutoff": ""}, {"prepare": "6"}],
)
def test_rules_that_cannot_be(browser, cast, page, wrong):
    browser.sign_in(cast.member)
    assert browser.post(f"{page}/dispatch", **RULES | wrong).status_code == 422
    assert browser.all(".error-summary")
    assert db.session.scalars(select(DispatchRules)).first() is None


def test_strangers_find_nothing(browser, cast, page):
    with writing():
        code = services.close(cast.cooperative(), day(1), day(2), "", cast.member).code
    for name in ("stranger", "buyer", "officer", "admin"):
        browser.sign_in(cast.user(name))
        assert browser.get(f"{page}/dispatch").status_code == 404
        assert browser.post(f"{page}/dispatch", **RULES).status_code == 404
        assert close(browser, page, day(4), day(5)).status_code == 404
        assert browser.post(f"{page}/closed-days/{code}/cancellation").status_code == 404
    browser.sign_in(cast.stranger)
    other = f"/cooperatives/{cast.cooperative('other_cooperative').code}"
    assert browser.post(f"{other}/closed-days/{code}/cancellation").status_code == 404
    assert len(standing()) == 1


def test_a_visitor_signs_in_first(browser, cast, page):
    assert browser.get(f"{page}/dispatch").status_code == 302
    assert close(browser, page, day(1), day(2)).status_code == 401
    assert not standing()


def test_closed_days_that_are_over_are_not_read(cast):
    with writing():
        services.close(cast.cooperative(), day(0), day(1), "", cast.member)
        kept = db.session.scalars(select(ClosedDays)).one()
        kept.first_day, kept.last_day = date(2025, 1, 1), date(2025, 1, 9)
    assert queries.calendar_of(cast.cooperative().id).closures == ()
