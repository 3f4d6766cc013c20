"""What an open phone in another's hand must not do asks once more who it is; what was typed is kept."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from shop.accounts.factor.codes import present_code
from shop.accounts.models import RoleGrant
from shop.accounts.passwords import hashed
from shop.core import clock
from shop.core.db import db, writing
from tests.browser import Browser
from tests.shop.accounts.factor.app import enrolled
from tests.shop.accounts.test_sign_in import code_for

GOOD = "chè ngon uống sớm"
WRONG = "This is not right, or it was used already. Try once more."
SENSITIVE = {
    *("privacy.export", "privacy.download", "privacy.erasure", "desk_closing.closing"),
    *("accounts_own.email", "accounts_own.email_link"),
    *("accounts_own.phone", "accounts_own.phone_code", "accounts_own.password", "cooperatives.management"),
    *("accounts_staff.index", "accounts_staff.withdrawal", "accounts_staff.factor_reset", "accounts_factor.set_up"),
}
WITH_A_SECOND = {
    *("accounts_factor.recovery_codes", "accounts_factor.removal"),
    *("cooperative_bank.account", "cooperative_bank.approval", "cooperative_bank.decision", "notifiers.connect"),
    *("passing.account", "desk_refunding.refund"),
}


def stale(browser: Browser, person, minutes: int = 11) -> None:
    """Sign in, and let so much time go by."""
    clock.set_for_tests(clock.now())
    browser.sign_in(person)
    clock.set_for_tests(clock.now() + timedelta(minutes=minutes))


def kept(browser: Browser) -> dict[str, str]:
    """The fields of the page's form as the browser would send them."""
    return {field.get("name"): field.get("value") for field in browser.all("main form.form input[type=hidden]")}


def test_these_views_ask(app: Flask) -> None:
    marks = {name: getattr(view, "needs_proof", None) for name, view in app.view_functions.items()}
    assert {name for name, mark in marks.items() if mark == "plain"} == SENSITIVE
    assert {name for name, mark in marks.items() if mark == "strong"} == WITH_A_SECOND


def test_ten_minutes_need_no_second_proof(browser: Browser, cast) -> None:
    stale(browser, cast.member, minutes=10)
    assert browser.get("/account/phone").status_code == 200


def test_by_a_code_to_the_own_phone(browser: Browser, cast) -> None:
    stale(browser, cast.member)
    assert browser.get("/account/phone").headers["Location"] == "/confirm?next=/account/phone"
    browser.get("/confirm?next=/account/phone")
    browser.post("/confirm?next=/account/phone", proof_do="send")
    before = browser.cookie("session")
    answer = browser.post("/confirm?next=/account/phone", proof_do="check", proof=code_for("+84912000101"))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/phone")
    assert browser.cookie("session") != before, "a new id with the proof"
    assert browser.get("/account/phone").status_code == 200


def test_by_password_and_a_wrong_one(browser: Browser, cast) -> None:
    made = hashed(GOOD)
    with writing():
        cast.member.password_hash = made
    stale(browser, cast.member)
    browser.post("/confirm?next=/account/phone", proof="không phải câu này")
    assert browser.says(WRONG)
    assert browser.post("/confirm?next=/account/phone", proof=GOOD).status_code == 302
    assert browser.get("/account/phone").status_code == 200


def test_a_password_is_no_second_factor(browser: Browser, cast) -> None:
    made = hashed(GOOD)
    with writing():
        cast.member.password_hash = made
    stale(browser, cast.member)
    browser.post("/confirm?next=/desk&strong=1", proof=GOOD)
    assert browser.says(WRONG) or browser.says("Send me the code")
    with writing():
        cast.member.phone = None
    browser.get("/confirm?next=/desk&strong=1")
    assert browser.says("This needs a second proof. Set up a code app, or add a phone number.")


def test_by_the_code_app_where_there_is_one(browser: Browser, cast) -> None:
    secret = enrolled(cast.admin)
    stale(browser, cast.admin)
    answer = browser.post("/staff/withdrawals", login="0912000104", role="officer")
    assert answer.status_code == 200
    assert browser.says("What you typed is kept. Show once more that it is you.")
    fields = kept(browser)
    assert {"login": "0912000104", "role": "officer", "proof_kept": "1"}.items() <= fields.items()
    sent = browser.one("main form.form").get("action")
    answer = browser.post(sent, **(fields | {"proof": present_code(secret)}))
    assert (answer.status_code, answer.headers["Location"]) == (307, "/staff/withdrawals")
    assert db.session.scalar(select(RoleGrant.valid_to).where(RoleGrant.user_id == cast.officer.id)) is None
    assert browser.post("/staff/withdrawals", **fields).status_code == 302
    assert db.session.scalar(select(RoleGrant.valid_to).where(RoleGrant.user_id == cast.officer.id)) is not None


def test_typed_passwords_are_not_written_back(browser: Browser, cast) -> None:
    stale(browser, cast.member)
    browser.post("/account/password", password="một câu khác hẳn")
    assert "một câu khác hẳn" not in browser.response.get_data(as_text=True)
    assert "password" not in kept(browser)


def test_guesses_are_limited(browser: Browser, cast) -> None:
    stale(browser, cast.member)
    browser.post("/confirm?next=/desk", proof_do="send")
    right = code_for("+84912000101")
    for _ in range(10):
        assert browser.post("/confirm?next=/desk", proof="000000" if right != "000000" else "1").status_code == 200
    assert browser.post("/confirm?next=/desk", proof=right).status_code == 429


def test_empty_gets_a_sentence_and_next_stays_inside(browser: Browser, cast) -> None:
    stale(browser, cast.member)
    browser.post("/confirm?next=/desk", proof="")
    assert browser.says("Enter the code or the password.")
    browser.post("/confirm?next=https://evil.example", proof_do="send")
    answer = browser.post("/confirm?next=https://evil.example", proof=code_for("+84912000101"))
    assert answer.headers["Location"] == "/desk"


@pytest.mark.parametrize("who", ["officer", "admin"])
def test_a_text_message_opens_nothing_to_those_who_decide(browser: Browser, cast, who: str) -> None:
    """Who owes the code app cannot go round it by the page that also takes messages."""
    browser.sign_in(cast.user(who), factor=False)
    browser.post("/confirm?next=/desk", proof_do="send")
    assert browser.post("/confirm?next=/desk", proof=code_for(str(cast.user(who).phone))).status_code == 302
    assert browser.get("/desk").headers["Location"].startswith("/second-factor")


def test_a_visitor_has_nothing_to_confirm(browser: Browser) -> None:
    assert browser.get("/confirm").headers["Location"].startswith("/sign-in")
    assert browser.post("/confirm", proof="1").status_code == 401
