"""Adding or changing one's e-mail: by a link that only the asker may use, told to the old address."""

from datetime import timedelta

from sqlalchemy import select

from shop.accounts.models import LoginKind, LoginName
from shop.core import clock
from shop.core.db import db, writing
from shop.core.outbox import OutgoingMail
from tests.browser import Browser
from tests.shop.accounts.test_password import link_to

NEW = "may.giang@example.com"


def asked(browser: Browser, person, email: str = NEW) -> str:
    browser.sign_in(person)
    assert browser.post("/account/email", email=email).status_code == 200
    return link_to(email)


def test_added_by_a_link(browser: Browser, cast) -> None:
    link = asked(browser, cast.member)
    assert cast.member.email is None, "not before the link is used"
    browser.get(link)
    assert browser.says("Sign in with %(address)s from now on?", address=NEW)
    assert browser.post(link).status_code == 302
    assert cast.member.email == NEW
    names = {name.kind: name.value for name in cast.member.login_names}
    assert names == {LoginKind.PHONE: "+84912000101", LoginKind.EMAIL: NEW}
    browser.get("/notices")
    assert browser.says("Your e-mail was changed")
    assert browser.get(link).status_code == 410, "not twice"


def test_the_old_address_hears_of_it(browser: Browser, cast) -> None:
    with writing():
        cast.member.email = "cu@example.com"
        db.session.add(LoginName(user_id=cast.ids["member"], kind=LoginKind.EMAIL, value="cu@example.com"))
    link = asked(browser, cast.member)
    browser.post(link)
    told = select(OutgoingMail.event).where(OutgoingMail.recipient == "cu@example.com")
    assert [event.split(":")[0] for event in db.session.scalars(told)] == ["email_changed"]
    assert [name.value for name in cast.member.login_names if name.kind is LoginKind.EMAIL] == [NEW]


def test_nobody_else_uses_the_link(browser: Browser, cast) -> None:
    link = asked(browser, cast.member)
    browser.sign_in(cast.stranger)
    assert browser.get(link).status_code == 410
    assert browser.post(link).status_code == 410
    browser.sign_out()
    assert browser.get(link).headers["Location"].startswith("/sign-in")
    assert browser.get(link.replace("/account/email/", "/reset/")).status_code == 410, "for nothing else"
    assert cast.member.email is None


def test_an_address_of_somebody_else_is_answered_alike_and_stays_theirs(browser: Browser, cast) -> None:
    with writing():
        db.session.add(LoginName(user_id=cast.ids["stranger"], kind=LoginKind.EMAIL, value=NEW))
    link = asked(browser, cast.member)
    known = browser.one("main").text_content()
    asked(browser, cast.second_member, "nobody@example.com")
    assert browser.one("main").text_content() == known.replace(NEW, "nobody@example.com")
    browser.sign_in(cast.member)
    assert browser.post(link).status_code == 409
    assert cast.member.email is None


def test_two_a_day(browser: Browser, cast) -> None:
    clock.set_for_tests(clock.now())
    asked(browser, cast.member, "a@example.com")
    asked(browser, cast.member, "b@example.com")
    assert browser.post("/account/email", email="c@example.com").status_code == 429
    clock.set_for_tests(clock.now() + timedelta(days=1, seconds=1))
    asked(browser, cast.member, "c@example.com")


def test_bad_input_and_visitors(browser: Browser, cast) -> None:
    assert browser.get("/account/email").headers["Location"].startswith("/sign-in")
    browser.sign_in(cast.member)
    browser.post("/account/email", email="không phải")
    assert browser.says("Enter an e-mail address like name@example.com.")
