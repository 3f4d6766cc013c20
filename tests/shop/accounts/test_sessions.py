"""How long a session lives, under which id, and what ends it from the very next request."""

from datetime import timedelta

import pytest

from shop.accounts import sessions
from shop.accounts.models import OfficerCommune, User, UserSession
from shop.accounts.staff import services as staff
from shop.core import clock
from shop.core.codes import secret_token
from shop.core.db import db, writing
from shop.core.errors import Conflict
from tests.browser import Browser
from tests.shop.accounts.test_sign_in import code_for

PATH = "/account"


def later(**parts: float) -> None:
    clock.set_for_tests(clock.now() + timedelta(**parts))


def inside(browser: Browser) -> bool:
    return browser.get(PATH).status_code == 200


@pytest.mark.parametrize(
    ("life", "idle", "at_most"),
    [
        (sessions.STAFF, timedelta(minutes=30), timedelta(hours=12)),
        (sessions.SHARED_PHONE, timedelta(hours=1), timedelta(hours=1)),
        (sessions.BUYER, timedelta(days=30), timedelta(days=30)),
        (sessions.PRODUCER, timedelta(days=90), timedelta(days=90)),
    ],
)
def test_idle_and_absolute_life(
    browser: Browser, cast, life: sessions.Life, idle: timedelta, at_most: timedelta
) -> None:
    assert life == (idle, at_most)
    clock.set_for_tests(clock.now())
    browser.sign_in(cast.buyer, life)
    began = clock.now()
    while clock.now() + idle * 0.9 < began + at_most:
        clock.set_for_tests(clock.now() + idle * 0.9)
        assert inside(browser), "used in time, it goes on"
    clock.set_for_tests(began + at_most)
    assert not inside(browser), "and ends all the same"
    browser.sign_in(cast.buyer, life)
    clock.set_for_tests(clock.now() + idle)
    assert not inside(browser), "left alone, it ends"


def test_officers_and_admins_live_shortest_however_they_sign_in(browser: Browser, cast) -> None:
    for who in ("officer", "admin"):
        phone = str(cast.user(who).phone)
        browser.post("/sign-in", phone=phone)
        browser.post("/sign-in/code", phone=phone, code=code_for(phone))
        row = db.session.query(UserSession).filter_by(user_id=cast.ids[who]).one()
        assert row.idle_seconds == 30 * 60
        assert row.expires_at - row.created_at <= timedelta(hours=12, seconds=1)


def test_signing_in_gives_a_new_id(browser: Browser, cast) -> None:
    """Whoever planted a cookie before holds nothing afterwards."""
    planted = secret_token()
    browser.set_cookie("session", planted)
    browser.post("/sign-in", phone="0912000101")
    browser.post("/sign-in/code", phone="+84912000101", code=code_for("+84912000101"))
    given = str(browser.cookie("session"))
    assert given != planted
    assert len(given) >= 22, "128 random bits in base64"
    assert sessions.live(planted) is None


def test_a_disabled_person_is_out_at_once(browser: Browser, cast) -> None:
    browser.sign_in(cast.buyer)
    assert inside(browser)
    with writing():
        cast.buyer.disabled_at = clock.now()
    assert not inside(browser)


def test_a_lost_role_counts_from_the_next_request(browser: Browser, cast) -> None:
    browser.sign_in(cast.officer)
    assert browser.get("/review/cooperatives").status_code == 200
    with writing():
        staff.withdraw(db.session.get_one(User, cast.ids["officer"]), "officer", cast.admin)
    assert browser.get("/review/cooperatives").status_code == 302, "the session has ended"
    browser.sign_in(cast.officer)
    assert browser.get("/review/cooperatives").status_code == 403


def test_other_communes_count_from_the_next_request(browser: Browser, cast) -> None:
    path = f"/review/cooperatives/{cast.cooperative().code}/bank-account"
    browser.sign_in(cast.officer)
    assert browser.get(path).status_code == 200
    with writing():
        rows = db.session.query(OfficerCommune).filter_by(user_id=cast.ids["officer"])
        rows.update({"valid_to": clock.now()})
    assert browser.get(path).status_code == 404


def test_a_new_password_ends_all_others(browser: Browser, app, cast) -> None:
    other = Browser(app)
    other.sign_in(cast.buyer)
    browser.sign_in(cast.buyer)
    browser.post("/account/password", password="một câu khác hẳn")
    assert inside(browser)
    assert not inside(other)


def test_a_session_that_ended_gets_no_new_id(session, cast) -> None:
    with writing():
        token = sessions.start(cast.buyer, sessions.BUYER, shared_device=False, agent="", address="")
    row = sessions.live(token)
    assert row
    key = row.id
    with writing():
        sessions.end(cast.ids["buyer"])
    with pytest.raises(Conflict), writing():
        sessions.prove(key, second_factor=True)
