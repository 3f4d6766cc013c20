"""The province's vouchers: made by an admin for whom it means, and ended by an admin."""

import pytest

from shop.core.db import db
from shop.vouchers.models import Reach, Voucher
from tests.shop.vouchers.making import found, voucher
from tests.shop.vouchers.test_make import FIELDS, days


def send(browser, **changes):
    return browser.post("/staff/vouchers/new", **({**FIELDS, **days()} | changes))


@pytest.mark.parametrize(
    ("ticked", "reach"), [("", Reach.ALL), ("communes", Reach.COMMUNES), ("sellers", Reach.SELLERS)]
)
def test_an_admin_makes_one(browser, cast, ticked, reach):
    chosen = {"communes": cast.cooperative().commune_code, "sellers": cast.cooperative().code}
    browser.sign_in(cast.admin)
    assert send(browser, **({ticked: chosen[ticked]} if ticked else {})).status_code == 302
    made = found("TETBINHLU")
    assert (made.reach, made.cooperative_id) == (reach, None)
    browser.get("/staff/vouchers/TETBINHLU")
    assert "TETBINHLU" in browser.text
    browser.get("/staff/vouchers")
    assert "TETBINHLU" in browser.text


@pytest.mark.parametrize("ticked", [{"communes": "00004"}, {"sellers": "KHONGCO0"}])
def test_who_is_not_on_the_list_is_not_taken(browser, cast, ticked):
    browser.sign_in(cast.admin)
    assert send(browser, **ticked).status_code == 422
    assert db.session.query(Voucher).count() == 0


def test_communes_and_sellers_at_once_are_asked_about(browser, cast):
    browser.sign_in(cast.admin)
    one = cast.cooperative()
    assert send(browser, communes=one.commune_code, sellers=one.code).status_code == 422
    assert browser.says("Choose communes or sellers, not both.")


@pytest.mark.parametrize("who", ["member", "officer", "buyer"])
def test_nobody_else_may(browser, cast, who):
    browser.sign_in(cast.user(who))
    assert browser.get("/staff/vouchers").status_code == 403
    assert send(browser).status_code == 403


def test_a_sellers_voucher_is_not_among_them(browser, cast):
    voucher(cast)
    browser.sign_in(cast.admin)
    assert browser.get("/staff/vouchers/TET2027").status_code == 404
    assert browser.post("/staff/vouchers/TET2027/end").status_code == 404


def test_ended_once(browser, cast):
    voucher(cast, "LAICHAU", None)
    browser.sign_in(cast.admin)
    assert browser.post("/staff/vouchers/LAICHAU/end").status_code == 302
    assert browser.post("/staff/vouchers/LAICHAU/end").status_code == 409
