"""The admin's page of what is asked."""

from cooperatives.requirements.models import RequirementSetting
from cooperatives.requirements.rows import SHIPPED
from shop.audit.models import AuditEntry
from shop.core.db import db
from tests.browser import Browser

PAGE = "/staff/requirements/land_paper"


def test_switched_on_from_another_day(browser: Browser, cast) -> None:
    browser.sign_in(cast.admin)
    browser.get("/staff/requirements")
    assert all(row.titles["vi"] in browser.text for row in SHIPPED.values())
    browser.get(PAGE)
    assert SHIPPED["land_paper"].law in browser.text
    assert browser.one("#days").get("value") == "60"
    answer = browser.post(PAGE, is_on="y", start="days", days="90", suspends="y")
    assert answer.status_code == 302
    kept = db.session.query(RequirementSetting).one()
    assert (kept.is_on, kept.start, kept.days, kept.suspends) == (True, "days", 90, True)
    entry = db.session.query(AuditEntry).filter_by(action="requirement_changed").one()
    assert (entry.actor_id, entry.facts["requirement"]) == (cast.admin.id, "land_paper")
    browser.post(PAGE, start="first_order", days="0")
    kept = db.session.query(RequirementSetting).one()
    assert (kept.is_on, kept.suspends) == (False, False)


def test_beyond_two_years_is_refused(browser: Browser, cast) -> None:
    browser.sign_in(cast.admin)
    for days in ("731", "-1", "1000000"):
        browser.post(PAGE, is_on="y", start="days", days=days)
        assert browser.says("Enter 0 to 730 days.")
    browser.post(PAGE, is_on="y", start="whenever", days="1")
    assert db.session.query(RequirementSetting).count() == 0


def test_only_the_admin(browser: Browser, cast) -> None:
    for name in ("officer", "member", "helper", "buyer"):
        browser.sign_in(cast.user(name))
        for path in ("/staff/requirements", PAGE):
            assert browser.get(path).status_code == 403
        assert browser.post(PAGE, is_on="y", start="days", days="1").status_code == 403


def test_there_is_no_other(browser: Browser, cast) -> None:
    browser.sign_in(cast.admin)
    assert browser.get("/staff/requirements/khong-co").status_code == 404
