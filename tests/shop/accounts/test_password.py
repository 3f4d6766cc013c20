"""E-mail and password: sign-up by link, reset, change."""

import re

from sqlalchemy import select

from shop.accounts import passwords
from shop.accounts.models import LoginKind, LoginName, User
from shop.core.db import db, writing
from shop.core.outbox import OutgoingMail
from tests.browser import Browser

GOOD = "chè ngon uống sớm"


def link_to(email: str) -> str:
    body = db.session.scalar(
        select(OutgoingMail.body).where(OutgoingMail.recipient == email).order_by(OutgoingMail.id.desc()).limit(1)
    )
    assert body
    return re.findall(r"http://127\.0\.0\.1:8000(/\S+)", body)[0]


def signed_up(browser: Browser, email: str = "minh.anh@example.com") -> None:
    browser.post("/sign-up", email=email)
    browser.post(link_to(email), name="Trần Minh Anh", password=GOOD, follow=True)


def test_sign_up_by_mail_then_sign_in(browser: Browser) -> None:
    signed_up(browser)
    answer = browser.post("/sign-in/password", login="Minh.Anh@Example.com", password=GOOD)
    assert answer.status_code == 302
    assert browser.get("/account").status_code == 200


def test_known_and_unknown_addresses_get_the_same_answer(browser: Browser) -> None:
    signed_up(browser)
    browser.post("/reset", email="minh.anh@example.com")
    known = browser.text
    browser.post("/reset", email="nobody@example.com")
    assert browser.text == known


def test_wrong_password_and_unknown_name_look_alike(browser: Browser) -> None:
    signed_up(browser)
    pages = []
    for login in ("minh.anh@example.com", "nobody@example.com"):
        browser.post("/sign-in/password", login=login, password="not this one")
        assert browser.response.status_code == 200
        pages.append(browser.text.replace(login, ""))
    assert pages[0] == pages[1]


def test_a_link_works_once(browser: Browser) -> None:
    browser.post("/sign-up", email="a@example.com")
    link = link_to("a@example.com")
    assert browser.post(link, name="A", password=GOOD).status_code == 302
    assert browser.get(link).status_code == 410


def test_reset_ends_other_sessions(browser: Browser) -> None:
    signed_up(browser)
    browser.post("/sign-in/password", login="minh.anh@example.com", password=GOOD)
    browser.post("/reset", email="minh.anh@example.com")
    browser.post(link_to("minh.anh@example.com"), password="một câu khác hẳn")
    assert browser.get("/account").status_code == 302
    assert (
        browser.post("/sign-in/password", login="minh.anh@example.com", password="một câu khác hẳn").status_code == 302
    )


def test_weak_passwords_get_a_sentence(browser: Browser) -> None:
    browser.post("/sign-up", email="a@example.com")
    link = link_to("a@example.com")
    browser.post(link, name="A", password="ngắn")
    assert browser.says("Use 8 characters or more.")
    browser.post(link, name="A", password="matkhau123")
    assert browser.says("Many people use this password. Choose another one.")
    browser.post(link, name="A", password="a@example.com")
    assert browser.says("Leave out your name, your number and the name of the market.")


def test_eleventh_try_waits(browser: Browser) -> None:
    signed_up(browser)
    for _turn in range(10):
        browser.post("/sign-in/password", login="minh.anh@example.com", password="wrong wrong")
    assert browser.post("/sign-in/password", login="minh.anh@example.com", password=GOOD).status_code == 429


def test_argon2id_with_the_figures_we_promise() -> None:
    assert passwords.hashed("abc").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not passwords.matches(None, "abc")


def test_change_needs_the_present_one(browser: Browser, cast) -> None:
    stored = passwords.hashed(GOOD)
    with writing():
        cast.buyer.password_hash = stored
    browser.sign_in(cast.buyer)
    browser.post("/account/password", present="wrong", password="một câu khác hẳn")
    assert browser.says("The present password is not right.")
    assert browser.post("/account/password", present=GOOD, password="một câu khác hẳn").status_code == 302
    assert passwords.matches(cast.buyer.password_hash, "một câu khác hẳn")


def test_an_email_belongs_to_one_person(browser: Browser) -> None:
    signed_up(browser)
    signed_up(browser)
    names = select(LoginName).where(LoginName.kind == LoginKind.EMAIL)
    assert len(db.session.scalars(names).all()) == 1
    assert db.session.scalar(select(User.email).where(User.email.is_not(None))) == "minh.anh@example.com"
