"""Signing in and up by phone and code."""

import re

from sqlalchemy import select

from shop.accounts.models import LoginName, User, UserSession
from shop.core.db import db
from shop.core.outbox import OutgoingSms
from tests.browser import Browser


def code_for(phone: str) -> str:
    """The code in the newest SMS to a number."""
    body = db.session.scalar(
        select(OutgoingSms.body).where(OutgoingSms.recipient == phone).order_by(OutgoingSms.id.desc()).limit(1)
    )
    assert body
    return re.findall(r"\d{6}", body)[0]


def test_a_new_person_signs_up_with_a_phone(browser: Browser) -> None:
    browser.post("/sign-in", phone="0987 654 321")
    assert browser.says("Enter the code")
    browser.post("/sign-in/code", phone="+84987654321", code=code_for("+84987654321"))
    proof = browser.one("input[name=proof]").get("value")
    answer = browser.post("/sign-in/person", proof=proof, name="Chẻo A Sán")
    assert answer.status_code == 302
    assert db.session.scalar(select(User.name).join(LoginName).where(LoginName.value == "+84987654321")) == "Chẻo A Sán"
    assert browser.get("/account").status_code == 200
    assert "Chẻo A Sán" in browser.one("#name").get("value")


def test_a_known_phone_goes_straight_in(browser: Browser, cast) -> None:
    browser.post("/sign-in", phone="0912000101")
    answer = browser.post("/sign-in/code", phone="+84912000101", code=code_for("+84912000101"), next="/account")
    assert answer.headers["Location"] == "/account"


def test_a_second_person_gets_a_numbered_name(browser: Browser, cast) -> None:
    browser.post("/sign-in", phone="0912000101")
    browser.post("/sign-in/code", phone="+84912000101", code=code_for("+84912000101"), other="1")
    assert cast.member.name in browser.text
    proof = browser.one("input[name=proof]").get("value")
    browser.post("/sign-in/person", proof=proof, person="new", name="Giàng A Páo")
    name = select(LoginName.value).join(User).where(User.name == "Giàng A Páo")
    assert db.session.scalar(name) == "+84912000101-2"


def test_a_code_works_once_and_five_tries_end_it(browser: Browser, cast) -> None:
    browser.post("/sign-in", phone="0912000101")
    code = code_for("+84912000101")
    wrong = "000000" if code != "000000" else "111111"
    for _turn in range(5):
        browser.post("/sign-in/code", phone="+84912000101", code=wrong)
        assert browser.says("This code is not right or too old. Check it, or ask for a new one.")
    assert browser.post("/sign-in/code", phone="+84912000101", code=code).status_code == 200
    browser.post("/sign-in", phone="0912000101")
    code = code_for("+84912000101")
    assert browser.post("/sign-in/code", phone="+84912000101", code=code).status_code == 302
    assert browser.post("/sign-in/code", phone="+84912000101", code=code).status_code == 200


def test_bad_numbers_and_codes_get_a_sentence(browser: Browser) -> None:
    browser.post("/sign-in", phone="")
    assert browser.says("Enter your phone number, for example 0912 345 678.")
    assert browser.post("/sign-in", phone="12").status_code == 200
    assert browser.one("#phone").get("value") == "12"
    browser.post("/sign-in/code", phone="+84912000101", code="")
    assert browser.says("Enter the 6 digits of the message.")


def test_sixth_code_in_an_hour_is_too_many(browser: Browser) -> None:
    for _turn in range(5):
        assert browser.post("/sign-in", phone="0987654321").status_code == 200
    answer = browser.post("/sign-in", phone="0987654321")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_next_stays_inside_the_site(browser: Browser, cast) -> None:
    for target in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        browser.sign_out()
        browser.post("/sign-in", phone="0912000101")
        answer = browser.post("/sign-in/code", phone="+84912000101", code=code_for("+84912000101"), next=target)
        assert answer.headers["Location"].startswith("/")
        assert "evil" not in answer.headers["Location"]
        assert answer.status_code == 302


def test_public_sign_in_page_sets_no_cookie(browser: Browser) -> None:
    assert not browser.get("/sign-in").headers.getlist("Set-Cookie")


def test_the_cookie_holds_a_random_id_only(browser: Browser, cast) -> None:
    browser.post("/sign-in", phone="0912000101")
    answer = browser.post("/sign-in/code", phone="+84912000101", code=code_for("+84912000101"))
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("session=")
    for part in ("HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert not db.session.scalar(select(UserSession).where(UserSession.token_digest.in_(cookie.split("=")[1:2])))


def test_signing_out_ends_the_session_at_once(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    token = browser.cookie("session")
    assert browser.get("/account").status_code == 200
    assert browser.post("/sign-out").status_code == 302
    browser.set_cookie("session", str(token))
    assert browser.get("/account").status_code == 302
