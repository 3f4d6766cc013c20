"""Events of safety are in the log, each once: who by number, never a name, a number to call or what was typed."""

import json
from collections.abc import Iterator

import pytest
import structlog
from structlog.testing import LogCapture

from shop.accounts.passwords import hashed
from shop.core.db import writing
from tests.browser import Browser
from tests.shop.accounts.factor.app import asked, enrolled
from tests.shop.accounts.test_sign_in import code_for

GOOD, BAD = "chè ngon uống sớm", "không phải câu này"


@pytest.fixture
def logged() -> Iterator[LogCapture]:
    before, kept = structlog.get_config(), LogCapture()
    structlog.configure(processors=[kept], wrapper_class=structlog.make_filtering_bound_logger(20))
    yield kept
    structlog.configure(**before)


def events(logged: LogCapture) -> list[tuple[str, bool, str]]:
    found = [one for one in logged.entries if one["event"] == "safety"]
    levels = {one["ok"]: one["log_level"] for one in found}
    assert set(levels.items()) <= {(True, "info"), (False, "warning")}
    return [(one["event_name"], one["ok"], one.get("how") or one.get("what") or "") for one in found]


def test_signing_in_by_password(browser: Browser, cast, logged: LogCapture) -> None:
    made = hashed(GOOD)
    with writing():
        cast.member.password_hash = made
    for password in (BAD, GOOD):
        browser.post("/sign-in/password", login="0912000101", password=password)
    browser.post("/sign-out")
    assert events(logged) == [("sign_in", False, "password"), ("sign_in", True, ""), ("sign_out", True, "")]
    users = {one["user"] for one in logged.entries if one["event"] == "safety"}
    assert users == {cast.member.id}
    text = json.dumps(logged.entries, default=str, ensure_ascii=False)
    for secret in (GOOD, BAD, "0912000101", "+84912000101", cast.member.name):
        assert secret not in text


def test_a_wrong_code_a_wrong_factor_and_a_wrong_proof(browser: Browser, cast, logged: LogCapture) -> None:
    browser.post("/sign-in", phone="0912000101")
    wrong = "000000" if code_for("+84912000101") != "000000" else "111111"
    browser.post("/sign-in/code", phone="+84912000101", code=wrong)
    browser.sign_in(cast.member)
    browser.post("/confirm?next=/desk", proof="1")
    enrolled(cast.officer)
    asked(browser, cast.officer)
    browser.post("/second-factor", code="000000")
    expected = [("sign_in", False, "code"), ("proof", False, "phone"), ("second_factor", False, "")]
    assert events(logged) == expected


def test_refused_forged_and_over_the_limit(browser: Browser, cast, logged: LogCapture) -> None:
    browser.sign_in(cast.member)
    browser.get("/staff")
    browser.post("/account", token=False, name="X", language="vi")
    browser.client.post("/account", base_url=browser.origin, headers={"Origin": "https://elsewhere.example"})
    assert events(logged) == [("refused", False, ""), ("forged", False, "token"), ("forged", False, "origin")]
    browser.sign_out()
    for _ in range(6):
        browser.post("/reset", email="a@example.com")
    assert events(logged)[3:] == [("limit", False, "link-to-86400")]
