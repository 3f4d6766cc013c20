"""A person hears of a sign-in in a browser that is new, and sees where the account is open."""

import pytest
from sqlalchemy import func, select

from shop.accounts.devices.models import KnownDevice
from shop.accounts.devices.words import device_words
from shop.accounts.tasks import forget_codes
from shop.core import clock
from shop.core.db import db
from shop.notices.models import Notice
from tests.browser import Browser
from tests.shop.accounts.test_sign_in import code_for

PHONE = "+84912000106"
TOLD = select(func.count(Notice.id)).where(Notice.kind == "new_device")


def enter(browser: Browser, **fields: str) -> None:
    browser.post("/sign-in", phone=PHONE)
    assert browser.post("/sign-in/code", phone=PHONE, code=code_for(PHONE), **fields).status_code == 302


def test_the_first_browser_is_no_news_the_second_is(browser: Browser, app, cast) -> None:
    enter(browser)
    enter(browser)
    assert db.session.scalar(TOLD) == 0
    assert db.session.scalar(select(func.count(KnownDevice.id))) == 1
    other = Browser(app)
    enter(other)
    assert db.session.scalar(TOLD) == 1
    other.get("/notices")
    assert other.says("Signed in on a new device")


def test_a_borrowed_phone_is_not_remembered(browser: Browser, app, cast) -> None:
    enter(browser)
    borrowed = Browser(app)
    enter(borrowed, shared="1")
    assert borrowed.cookie("device") is None
    assert db.session.scalar(TOLD) == 1
    assert db.session.scalar(select(func.count(KnownDevice.id))) == 1


def test_the_cookie_opens_nothing(browser: Browser, app, cast) -> None:
    enter(browser)
    other = Browser(app)
    other.set_cookie("device", str(browser.cookie("device")))
    assert other.get("/account").status_code == 302


def test_a_new_password_forgets_them_and_is_told(browser: Browser, cast) -> None:
    enter(browser)
    browser.post("/account/password", password="một câu khác hẳn")
    assert db.session.scalar(select(func.count(KnownDevice.id))) == 0
    browser.get("/notices")
    assert browser.says("Your password was changed")


def test_browsers_not_used_for_long_are_forgotten(browser: Browser, cast) -> None:
    enter(browser)
    clock.set_for_tests(clock.after(days=401))
    forget_codes()
    assert db.session.scalar(select(func.count(KnownDevice.id))) == 0


def test_the_list_says_device_network_and_time(browser: Browser, cast) -> None:
    enter(browser)
    browser.get("/account")
    assert "127.0.*" in browser.text


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Linux; Android 10; SM-A105F) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
            "Chrome · Android",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Linux; Android 9) Chrome/99 Zalo/1.0", "Zalo · Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/118.0", "Firefox · Windows"),
        ("curl/8.1", "curl/8.1"),
        ("", ""),
    ],
)
def test_words_of_a_browser(agent: str, words: str) -> None:
    assert device_words(agent) == words
