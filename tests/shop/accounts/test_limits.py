"""How often one may try, whom a limit hits, and whom it does not."""

from datetime import timedelta

import pytest

from shop.accounts import limits
from shop.accounts.models import Throttle, User
from shop.accounts.passwords import hashed
from shop.core import clock
from shop.core.days import local
from shop.core.db import db, writing
from shop.core.errors import TooMany
from tests.browser import Browser
from tests.shop.accounts.test_sign_in import code_for

GOOD, BAD = "chè ngon uống sớm", "không phải câu này"


@pytest.fixture
def owner(cast) -> str:
    """The member has a password."""
    made = hashed(GOOD)
    with writing():
        cast.member.password_hash = made
    clock.set_for_tests(clock.now())
    return "0912000101"


def tried(browser: Browser, login: str, password: str = BAD, address: str = "198.51.100.7") -> int:
    data = {"login": login, "password": password}
    headers = {"Origin": browser.origin}
    sent = {"base_url": browser.origin, "data": data, "headers": headers, "environ_base": {"REMOTE_ADDR": address}}
    return browser._seen(browser.client.post("/sign-in/password", **sent)).status_code


def test_the_eleventh_try_at_a_name_is_too_many(browser: Browser, owner: str) -> None:
    for number in range(10):
        assert tried(browser, owner, address=f"198.51.100.{number}") == 200
    assert tried(browser, owner, GOOD, "198.51.100.99") == 429
    wait = int(browser.response.headers["Retry-After"])
    assert wait == 300
    assert f"{local(clock.after(seconds=wait + 59)):%H:%M}" in browser.text, "the page says when"
    clock.set_for_tests(clock.now() + timedelta(seconds=301))
    assert tried(browser, owner, GOOD, "198.51.100.99") == 302


def test_the_eleventh_try_from_a_network_is_too_many(browser: Browser, owner: str) -> None:
    for number in range(10):
        assert tried(browser, f"a{number}@example.com", address=f"2001:db8:1:2::{number}") == 200
    assert tried(browser, "b@example.com", address="2001:db8:1:2:ffff::1") == 429, "the same /64"
    assert tried(browser, "b@example.com", address="2001:db8:1:3::1") == 200


def test_a_thousand_tries_of_all_are_too_many(session, cast) -> None:
    clock.set_for_tests(clock.now())
    with writing():
        db.session.add(Throttle(key="sign-in-all-300:", window_start=clock.now(), count=999))
    limits.sign_in("a@example.com", "198.51.100.1", None)
    with pytest.raises(TooMany):
        limits.sign_in("b@example.com", "198.51.100.2", None)


def test_the_owner_gets_in_from_a_browser_used_before(browser: Browser, app, owner: str) -> None:
    """Somebody guesses at her name from everywhere; she signs in at home all the same."""
    assert tried(browser, owner, GOOD) == 302
    assert browser.cookie("device")
    browser.sign_out()
    guesser = Browser(app)
    seen = [tried(guesser, owner, address=f"203.0.113.{number}") for number in range(12)]
    assert seen == [200] * 9 + [429] * 3, "her own first try counted too"
    assert tried(browser, owner, GOOD) == 302
    assert tried(guesser, owner, GOOD, "203.0.113.200") == 429


def test_a_known_browser_has_a_limit_too(browser: Browser, owner: str) -> None:
    assert tried(browser, owner, GOOD) == 302
    browser.sign_out()
    assert [tried(browser, owner) for _ in range(10)] == [200] * 10
    assert tried(browser, owner, GOOD) == 429


def test_what_is_refused_uses_up_nothing(session, cast) -> None:
    clock.set_for_tests(clock.now())
    for _ in range(10):
        limits.sign_in("a@example.com", "198.51.100.1", None)
    for _ in range(50):
        with pytest.raises(TooMany):
            limits.sign_in("a@example.com", "198.51.100.1", None)
    assert db.session.get_one(Throttle, "sign-in-all-300:").count == 10


def test_links_to_an_address_are_five_a_day(browser: Browser) -> None:
    for _ in range(5):
        assert browser.post("/reset", email="a@example.com").status_code == 200
    assert browser.post("/reset", email="a@example.com").status_code == 429


def test_a_common_password_at_sign_in_is_told(browser: Browser, cast, owner: str) -> None:
    old = hashed("password123")
    with writing():
        db.session.get_one(User, cast.ids["member"]).password_hash = old
    tried(browser, owner, "password123")
    browser.get("/account")
    assert browser.says("Many people use your password. Change it: open your account, then Password.")


def test_a_weak_hash_is_made_anew(browser: Browser, cast, owner: str) -> None:
    from argon2 import PasswordHasher

    with writing():
        cast.member.password_hash = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(GOOD)
    assert tried(browser, owner, GOOD) == 302
    assert "m=19456,t=2" in str(cast.member.password_hash)


def test_codes_are_limited_by_network_too(browser: Browser, cast) -> None:
    code_limit = limits.LIMITS["code-try-network"][0].uses
    with writing():
        key = "code-try-network-3600:127.0.0.1"
        db.session.add(Throttle(key=key, window_start=clock.now(), count=code_limit))
    browser.post("/sign-in", phone="0912000101")
    assert browser.post("/sign-in/code", phone="+84912000101", code=code_for("+84912000101")).status_code == 429
