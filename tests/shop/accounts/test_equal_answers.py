"""Nobody learns from us who has an account: the same words, status and work for known and unknown names."""

import statistics
import time

import pytest
from sqlalchemy import event

from shop.accounts.passwords import hashed
from shop.core import clock
from shop.core.db import db, writing
from tests.browser import Browser
from tests.shop.accounts.test_password import GOOD, signed_up

KNOWN, UNKNOWN = "minh.anh@example.com", "nobody.hanoi@example.com"


def asked(browser: Browser, path: str, name: str) -> tuple[int, str, int]:
    """Status, words and number of statements of an answer about `name`, the name itself left out."""
    field = {"/sign-in/password": "login", "/sign-in": "phone"}.get(path, "email")
    extra = {"password": "không phải câu này"} if field == "login" else {}
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            statements.append(statement)

    engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        answer = browser.post(path, **{field: name}, **extra)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return answer.status_code, browser.text.replace(name, ""), len(statements)


@pytest.mark.parametrize("path", ["/sign-up", "/reset", "/sign-in/password"])
def test_the_answer_is_the_same(browser: Browser, path: str) -> None:
    signed_up(browser)
    browser.sign_out()
    known, unknown = asked(browser, path, KNOWN), asked(browser, path, UNKNOWN)
    assert known[:2] == unknown[:2]


def test_a_code_goes_to_any_number_with_the_same_words(browser: Browser, cast) -> None:
    known, unknown = asked(browser, "/sign-in", "0912 000 101"), asked(browser, "/sign-in", "0987 654 321")
    assert known == unknown


def test_an_invitation_says_nothing_of_the_number(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    pages = []
    for phone in ("0912 000 106", "0987 654 321"):
        path = f"/cooperatives/{cast.cooperative().code}/invitations"
        answer = browser.post(path, phone=phone, role="member", follow=True)
        said = browser.says("Invited. The person signs in with that number and joins.")
        pages.append((answer.status_code, said))
    assert pages == [(200, True)] * 2


def test_an_unknown_name_takes_as_long(browser: Browser, cast) -> None:
    """One argon2id hash either way: the middle of the times of both lies close, whoever else uses the machine."""
    made = hashed(GOOD)
    with writing():
        cast.member.password_hash = made
    times: dict[str, list[float]] = {"0912000101": [], "0987654321": []}
    for turn in range(15):
        clock.set_for_tests(clock.after(seconds=301))  # past the limits
        for login, found in times.items():
            began = time.perf_counter()
            assert browser.post("/sign-in/password", login=login, password=f"không {turn}").status_code == 200
            found.append(time.perf_counter() - began)
    known, unknown = (statistics.median(found) for found in times.values())
    assert 0.6 < known / unknown < 1.67, f"{known:.3f} s and {unknown:.3f} s"
