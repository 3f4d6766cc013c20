"""Asking on the page of goods that ran out: by address, or with one tap when signed in; the seller sees how many."""

import json

import pytest

from products.lifecycle import SeasonWord
from products.waiting.models import StockWait
from shop.core.db import db, writing
from shop.core.outbox import OutgoingMail
from shop.privacy.erasing import erase
from shop.privacy.gathering import gathered
from tests.products.waiting.asking import MAIL, asked, in_again, sold_out


@pytest.fixture
def path(cast):
    sold_out(cast)
    return f"/products/{cast.product().slug}-{cast.product().code}"


def waits() -> list[StockWait]:
    return db.session.query(StockWait).order_by(StockWait.id).all()


def sent() -> int:
    return db.session.query(OutgoingMail).filter(OutgoingMail.event.startswith("stock_wait:")).count()


@pytest.mark.parametrize("root", ["", "/en", "/hi"])
def test_a_buyer_leaves_an_address(browser, cast, path, root):
    browser.get(root + path)
    form = browser.one("form[action$='/wait']")
    answer = browser.post(form.get("action"), email=f" {MAIL.upper()} ", follow=True)
    assert answer.status_code == 200
    assert browser.says("Open your mailbox and say yes there. Only then we write to you.", root.strip("/") or "vi")
    (row,) = waits()
    assert (row.email, row.user_id, row.confirmed_at, row.language) == (MAIL, None, None, root.strip("/") or "vi")
    browser.post(form.get("action"), email=MAIL, follow=True)
    assert (len(waits()), sent()) == (1, 1), "the answer is the same, the letter is one"


def test_one_tap_when_signed_in(browser, cast, path):
    browser.sign_in(cast.buyer)
    browser.get(path)
    form = browser.one("form[action$='/wait']")
    browser.post(form.get("action"), email="", follow=True)
    assert browser.says("Noted. It stands in your notices when there is some again.")
    (row,) = waits()
    assert (row.email, row.user_id) == (None, cast.ids["buyer"])
    assert row.confirmed_at is not None
    browser.post(form.get("action"), do="end", follow=True)
    assert waits() == []
    assert not browser.says("Noted. It stands in your notices when there is some again.")


@pytest.mark.parametrize("typed", ["", "mai", "mai@", "a b@example.com", "x" * 300 + "@example.com"])
def test_what_is_no_address_is_asked_for_again_and_kept(browser, cast, path, typed):
    answer = browser.post(f"/products/{cast.product().code}/wait", email=typed)
    assert answer.status_code == 422
    assert browser.one("#email").get("value") == typed
    assert browser.all("#email-error")
    assert waits() == []


def test_after_the_season_too(browser, cast):
    with writing():
        cast.product().season_word = SeasonWord.OFF
    browser.get(f"/products/{cast.product().slug}-{cast.product().code}")
    assert browser.all("form[action$='/wait']")


def test_not_while_there_is_some(browser, cast):
    goods = f"/products/{cast.product().slug}-{cast.product().code}"
    browser.get(goods)
    assert not browser.all("form[action$='/wait']")
    page = f"/products/{cast.product().code}/wait"
    browser.post(page, email=MAIL)
    assert waits() == []
    assert browser.says("There is some just now.")
    with writing():
        cast.product().approved.ship_class = "live"
    browser.get(page)
    assert browser.says("These goods are not sent by parcel. Call, and agree with the seller.")
    assert browser.client.get("/products/ZZZZZZZZ/wait", base_url=browser.origin).status_code == 404


def test_one_address_causes_few_letters(browser, cast, path, monkeypatch):
    monkeypatch.setattr("shop.storefront.waiting.routes.LETTERS", 2)
    page = f"/products/{cast.product().code}/wait"
    assert [browser.post(page, email=MAIL).status_code for _ in range(3)] == [302, 302, 429]
    assert browser.post(page, email="khac@example.com").status_code == 302


def test_one_network_too(browser, cast, path, monkeypatch):
    monkeypatch.setattr("shop.storefront.waiting.routes.A_NETWORK", 2)
    page = f"/products/{cast.product().code}/wait"
    codes = [browser.post(page, email=f"b{number}@example.com").status_code for number in range(3)]
    assert codes == [302, 302, 429]


def test_the_seller_sees_how_many_wait_and_nobody_else_who(browser, cast, path):
    asked(cast, "a@example.com", yes=True)
    asked(cast, "b@example.com", yes=True)
    asked(cast, "c@example.com")
    browser.sign_in(cast.member)
    browser.get("/my/products")
    assert "2 người mua đang chờ có hàng" in browser.text
    assert "example.com" not in browser.text
    in_again(cast)


def test_it_is_in_the_own_data_and_goes_with_the_person(browser, cast, path):
    with writing():
        cast.buyer.email = MAIL.title()
    asked(cast, yes=True)
    browser.sign_in(cast.buyer)
    browser.post(f"/products/{cast.product('honey').code}/wait")
    sold_out(cast, "honey")
    browser.get(f"/products/{cast.product('honey').code}/wait")
    browser.post(f"/products/{cast.product('honey').code}/wait")
    found = gathered(cast.buyer)["goods_you_wait_for"]
    assert [(one["goods"], one["email"]) for one in found] == [
        (cast.product().code, MAIL),
        (cast.product("honey").code, None),
    ]
    assert json.dumps(found)
    with writing():
        erase(cast.buyer)
    assert waits() == []
