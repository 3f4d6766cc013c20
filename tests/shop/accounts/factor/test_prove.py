"""The code at each sign-in: once only, limited, recoverable, reset by another."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shop.accounts.factor.codes import present_code
from shop.accounts.factor.queries import is_enrolled, recovery_codes_left
from shop.config import BadSettings, Settings
from shop.core import clock
from shop.core.days import local
from shop.core.db import writing
from shop.core.seal import BrokenSeal, seal, unseal
from tests.browser import Browser
from tests.shop.accounts.factor.app import PAPER, asked, enrolled

WRONG = "This code is not right, or it was used already. Wait for the next one."


def later(seconds: int) -> None:
    clock.set_for_tests(clock.now() + timedelta(seconds=seconds))


def test_a_code_works_once(browser: Browser, cast) -> None:
    secret = enrolled(cast.officer)
    later(60)
    asked(browser, cast.officer)
    before = browser.cookie("session")
    assert browser.post("/second-factor?next=/review/products", code=present_code(secret)).status_code == 302
    assert browser.response.headers["Location"] == "/review/products"
    assert browser.cookie("session") != before
    asked(browser, cast.officer)
    browser.post("/second-factor", code=present_code(secret))
    assert browser.says(WRONG)
    later(30)
    assert (
        browser.post("/second-factor", code=f" {present_code(secret)[:3]} {present_code(secret)[3:]} ").status_code
        == 302
    )


def test_an_older_code_than_the_last_one_is_refused(browser: Browser, cast) -> None:
    secret = enrolled(cast.officer)
    later(60)
    old = present_code(secret)
    later(30)
    asked(browser, cast.officer)
    assert browser.post("/second-factor", code=present_code(secret)).status_code == 302
    asked(browser, cast.officer)
    assert browser.post("/second-factor", code=old).status_code == 200
    assert browser.says(WRONG)


def test_a_code_of_two_minutes_ago_is_refused(browser: Browser, cast) -> None:
    secret = enrolled(cast.officer)
    later(60)
    old = present_code(secret)
    later(120)
    asked(browser, cast.officer)
    assert browser.post("/second-factor", code=old).status_code == 200


@pytest.mark.parametrize(("tries", "wait"), [(5, 300), (20, 3600), (50, 86_400)])
def test_tries_are_limited(browser: Browser, cast, tries: int, wait: int) -> None:
    """5 in 5 minutes, 20 in an hour, 50 in a day; each pause below is just long enough for the limits before."""
    secret = enrolled(cast.officer)
    clock.set_for_tests(clock.now())
    asked(browser, cast.officer)
    for number in range(tries):
        if number and number % 20 == 0:
            later(3601)
        elif number and number % 5 == 0:
            later(301)
        asked(browser, cast.officer)
        assert browser.post("/second-factor", code="000000").status_code == 200, number
    answer = browser.post("/second-factor", code=present_code(secret))
    assert answer.status_code == 429
    assert wait / 100 < int(answer.headers["Retry-After"]) <= wait
    again = local(clock.now() + timedelta(seconds=int(answer.headers["Retry-After"]) + 59))
    assert f"{again:%H:%M}" in browser.text, "the page says when"


def test_a_recovery_code_works_once_and_is_told(browser: Browser, cast) -> None:
    enrolled(cast.officer, PAPER)
    asked(browser, cast.officer)
    assert browser.post("/second-factor", code="3-abcde-fghjk").status_code == 302
    assert recovery_codes_left(cast.officer.id) == 7
    browser.get("/notices")
    assert browser.says("A recovery code was used")
    asked(browser, cast.officer)
    assert browser.post("/second-factor", code="3-ABCDE-FGHJK").status_code == 200
    assert browser.says(WRONG)
    assert browser.post("/second-factor", code="4-ABCDE-FGHJX").status_code == 200


def test_only_another_admin_resets(browser: Browser, app, cast) -> None:
    enrolled(cast.officer)
    officer = Browser(app)
    officer.sign_in(cast.officer)
    browser.sign_in(cast.admin)
    assert browser.post("/staff/factor-resets", login="0912000108").status_code == 403
    assert browser.post("/staff/factor-resets", login="0912000104").status_code == 302
    assert not is_enrolled(cast.officer.id)
    assert officer.get("/desk").status_code == 302, "the sessions have ended"
    officer.sign_in(cast.officer)
    officer.get("/notices")
    assert officer.says("Your code app was reset")
    assert browser.post("/staff/factor-resets", login="0912000104").status_code == 409
    assert officer.post("/staff/factor-resets", login="0912000105").status_code == 403


def test_the_demo_shows_the_code_and_nobody_else(browser: Browser, app, cast, monkeypatch) -> None:
    secret = enrolled(cast.officer)
    clock.set_for_tests(clock.now())
    asked(browser, cast.officer)
    play = replace(app.extensions["settings"], sandbox_url="http://127.0.0.1:1")
    monkeypatch.setitem(app.extensions, "settings", play)
    browser.get("/second-factor")
    assert not browser.all("[data-part=demo-code]"), "a person who is not of the demo"
    with writing():
        cast.officer.demo = True
    browser.get("/second-factor")
    assert browser.one("[data-part=demo-code]").text_content() == present_code(secret)
    monkeypatch.setitem(app.extensions, "settings", replace(play, sandbox_url=""))
    browser.get("/second-factor")
    assert not browser.all("[data-part=demo-code]"), "no stand-ins: a real market"
    with pytest.raises(BadSettings, match="SANDBOX_URL"):
        replace(play, environment="production", origin="https://a.example", seal_key="e" * 40).check()


def test_seal_keys_rotate(app, session, monkeypatch) -> None:
    def under(**keys: str) -> None:
        monkeypatch.setitem(app.extensions, "settings", Settings(**keys))

    under(seal_key="old" * 12)
    sealed = seal("secret")
    under(seal_key="new" * 12, seal_key_fallbacks="other " + "old" * 12)
    assert unseal(sealed) == "secret"
    again = seal(unseal(sealed))
    under(seal_key="new" * 12)
    assert unseal(again) == "secret"
    with pytest.raises(BrokenSeal):
        unseal(sealed)
