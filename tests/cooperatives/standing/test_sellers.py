"""The list of sellers, and what reading one leaves behind."""

from datetime import timedelta

from sqlalchemy import func, select

from shop.audit.models import AuditEntry
from shop.audit.services import READ
from shop.core import clock
from shop.core.db import db


def readings():
    return db.session.scalar(select(func.count(AuditEntry.id)).where(AuditEntry.action == READ))


def test_an_officer_sees_those_of_his_communes(browser, cast):
    browser.sign_in(cast.officer)
    browser.get("/review/sellers")
    assert cast.cooperative().name in browser.text and cast.cooperative("other_cooperative").name in browser.text
    browser.sign_in(cast.officer_elsewhere)
    browser.get("/review/sellers")
    assert browser.says("No seller found")


def test_the_admin_sees_all_and_finds_without_marks(browser, cast):
    browser.sign_in(cast.admin)
    browser.get("/review/sellers?q=che binh lu")
    assert cast.cooperative().name in browser.text and cast.cooperative("other_cooperative").name not in browser.text
    browser.get("/review/sellers?q=sin suoi ho")
    assert cast.cooperative("other_cooperative").name in browser.text
    browser.get("/review/sellers?suspended=1")
    assert browser.says("No seller found")


def test_a_reading_is_kept_once_in_ten_minutes(browser, cast):
    browser.sign_in(cast.officer)
    address, before = f"/review/sellers/{cast.cooperative().code}", readings()
    browser.get(address)
    browser.get(address)
    assert readings() == before + 1
    row = db.session.scalar(select(AuditEntry).where(AuditEntry.action == READ).order_by(AuditEntry.id.desc()))
    assert (row.actor_id, row.facts) == (cast.ids["officer"], {"fields": ["contact", "members"]})
    clock.set_for_tests(clock.now() + timedelta(minutes=11))
    browser.get(address)
    assert readings() == before + 2


def test_the_seller_sees_who_read(browser, cast):
    browser.sign_in(cast.officer)
    browser.get(f"/review/sellers/{cast.cooperative().code}")
    browser.sign_in(cast.member)
    browser.get(f"/cooperatives/{cast.cooperative().code}/history")
    assert browser.says("Personal data was read: %(fields)s", fields="liên hệ, thành viên")
    assert cast.officer.name in browser.text


def test_another_sellers_history_is_not_there(browser, cast):
    browser.sign_in(cast.stranger)
    assert browser.get(f"/cooperatives/{cast.cooperative().code}/history").status_code == 404
