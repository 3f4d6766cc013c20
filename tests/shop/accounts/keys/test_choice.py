"""How keys work is kept for the person, not for the device."""

import pytest

from shop.accounts.models import KeyMode
from shop.core.db import db, writing
from tests.products.review.sent import path_of, sent_goods

DOOR = "/review/keys"


def shown(browser, path):
    browser.get(path)
    return browser.one("details.keys").get("data-mode"), browser.one("input[name=keys][checked]").get("value")


def test_it_holds_on_every_page_and_every_device(browser, cast):
    with writing():
        path = path_of(sent_goods(cast))
    browser.sign_in(cast.officer)
    assert shown(browser, path) == ("plain", "plain")
    answer = browser.post(DOOR, keys="off", next=path)
    assert answer.location == path
    browser.sign_in(cast.officer)  # another session
    for page in (path, "/review/products"):
        assert shown(browser, page) == ("off", "off")
    browser.post(DOOR, keys="alt", next="https://elsewhere.example/")
    assert browser.response.location.startswith("/")
    assert shown(browser, path) == ("alt", "alt")


def test_others_keep_their_own(browser, cast):
    browser.sign_in(cast.officer)
    browser.post(DOOR, keys="off")
    browser.sign_in(cast.officer_elsewhere)
    assert shown(browser, "/review/products") == ("plain", "plain")


@pytest.mark.parametrize("keys", ["", "sometimes", None])
def test_what_is_no_choice(browser, cast, keys):
    browser.sign_in(cast.officer)
    assert browser.post(DOOR, keys=keys).status_code == 422
    db.session.rollback()
    assert cast.officer.key_mode is KeyMode.PLAIN


def test_who_may_not(browser, cast):
    assert browser.post(DOOR, keys="off").status_code == 401
    browser.sign_in(cast.member)
    assert browser.post(DOOR, keys="off").status_code == 403
