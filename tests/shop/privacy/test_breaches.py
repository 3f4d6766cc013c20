"""The admin's register of breaches, with the clock of 72 hours."""

from datetime import timedelta

from shop.core import clock
from shop.core.db import db
from shop.privacy.models import Breach
from tests.browser import Browser

FORM = {"what": "Mất máy của cán bộ", "whom": "12 người mua", "measures": "Đã đăng xuất máy đó"}


def test_record_and_report(browser: Browser, cast) -> None:
    clock.set_for_tests(clock.now())
    browser.sign_in(cast.admin)
    assert browser.post("/breaches", **FORM).status_code == 302
    breach = db.session.query(Breach).one()
    assert (breach.what, breach.recorded_by_id) == (FORM["what"], cast.admin.id)
    browser.get("/breaches")
    assert browser.says("A05 was told")
    assert browser.post(f"/breaches/{breach.code}/told", who="agency").status_code == 302
    assert browser.post(f"/breaches/{breach.code}/told", who="agency").status_code == 409, "not twice"
    assert browser.post(f"/breaches/{breach.code}/told", who="people").status_code == 302
    row = db.session.query(Breach).one()
    assert row.reported_at == row.told_at == clock.now()


def test_the_72_hours_are_watched(browser: Browser, cast) -> None:
    clock.set_for_tests(clock.now())
    browser.sign_in(cast.admin)
    browser.post("/breaches", **FORM)
    clock.set_for_tests(clock.now() + timedelta(hours=73))
    browser.sign_in(cast.admin)
    browser.get("/breaches")
    assert browser.says("Not reported. The 72 hours are over.")


def test_empty_gets_sentences_and_others_may_not(browser: Browser, cast) -> None:
    browser.sign_in(cast.admin)
    browser.post("/breaches")
    assert browser.says("Write what happened.")
    assert browser.post("/breaches/khong-co/told", who="agency").status_code == 404
    for who in ("officer", "member", "buyer"):
        browser.sign_in(cast.user(who))
        assert browser.get("/breaches").status_code == 403
        assert browser.post("/breaches", **FORM).status_code == 403
