"""Whatever shows an order knows what is sent instead: from the yes on, never before it, never where it was refused."""

import pytest

from shop.core.db import db, writing
from shop.orders.models import Confirmation, Method
from shop.payments.models import Refund
from shop.privacy.gathering import gathered
from shop.ratings.models import Rating
from tests.shop.orders.buying import act
from tests.shop.orders.confirming.asking import asked_before_packing
from tests.shop.payments.changing.asking import accepted, order_of, violations
from tests.shop.payments.changing.instead import MUSTARD, end, offer, with_mustard

NAME = "Cải mèo"


@pytest.fixture
def member(browser, cast):
    with_mustard(cast)
    browser.sign_in(cast.member)
    return browser


def packs_of(browser, code):
    rows = browser.get("/my/orders/kept").get_json()["orders"]
    return next((row["lines"], row["seen"]) for row in rows if row["code"] == code)


@pytest.mark.parametrize("how", ["agree", "without", "withdraw"])
def test_where_it_is_packed(member, cast, how):
    code = accepted(cast)
    pages = [f"/my/orders/{code}/messages", "/my/orders/picking?until=all", "/my/orders"]
    before, seen = packs_of(member, code)
    change = offer(cast, code, 2)
    assert packs_of(member, code) == (before, seen)
    assert [NAME in member.get(page).text for page in pages] == [False] * 3
    end(cast, change, how)
    taken, (after, now) = how == "agree", packs_of(member, code)
    assert (now == seen) == (how == "withdraw")
    assert [line for line in after if NAME in line] == ([f"2 × {NAME}, gói 200\N{NO-BREAK SPACE}g"] if taken else [])
    member.get(pages[0])
    assert (NAME in member.text) == taken
    member.get(pages[1])
    assert (NAME in member.text) == taken


def test_a_crop_that_fails_touches_what_is_offered_too(member, cast):
    code = accepted(cast)
    page = f"/my/products/{cast.product('mustard').code}/crop-failure"
    assert code[-4:] not in member.get(page).text
    change = offer(cast, code, 2)
    assert "2 × Cải mèo" in member.get(page).text
    end(cast, change, "agree")
    assert "2 × Cải mèo" in member.get(page).text
    member.get(f"/my/products/{cast.product('tea').code}/crop-failure")
    assert "2 × Chè Shan tuyết Bình Lư" in member.text and "3 × Chè" not in member.text
    other = accepted(cast)
    end(cast, offer(cast, other, 2, packs=1), "without")
    member.get(page)
    assert [link.get("href") for link in member.all("main .card a")] == [f"/my/orders/{code}"]


def test_money_goes_back_for_it(browser, cast):
    code = accepted(cast, Method.BANK_QR)
    end(cast, offer(cast, code, 2, packs=3), "agree")
    browser.sign_in(cast.member)
    address = f"/my/orders/{code}/refund"
    browser.get(address)
    assert "3 × Cải mèo, gói 200 g: nhiều nhất 60.000 ₫" in browser.text
    typed = {"line": "3", "amount": "60.001", "why": "Dập hết", "note": "FT1", "number": "2", "sure": "yes"}
    browser.post(address, **typed)
    assert browser.response.status_code == 422
    browser.post(address, **typed | {"amount": "20.000"})
    assert browser.response.status_code == 302, browser.text
    refund = db.session.query(Refund).order_by(Refund.id.desc()).first()
    assert (refund.amount, refund.line.name, refund.line.price) == (20_000, NAME, MUSTARD)
    assert violations() == []


@pytest.mark.parametrize("how", ["agree", "without"])
def test_the_buyer_rates_what_came(browser, cast, how):
    code = accepted(cast)
    end(cast, offer(cast, code, 0), how)
    for step in ("pack", "hand_over", "deliver"):
        act(order_of(code).id, step)
    order = order_of(code)
    base = f"/purchases/{order.purchase.token}/orders/{code}/ratings"
    mustard, tea = (f"{base}/{cast.product(name).code}" for name in ("mustard", "tea"))
    browser.get(f"/purchases/{order.purchase.token}")
    links = {link.get("href") for link in browser.all("main a")}
    assert (mustard in links, tea in links) == (how == "agree", False)
    browser.post(mustard, stars="5", words="Tươi", named="y")
    assert browser.response.status_code == (302 if how == "agree" else 404)
    assert [one.line.name for one in db.session.query(Rating)] == ([NAME] if how == "agree" else [])
    assert violations() == []


def test_the_receivers_yes_names_what_is_sent(browser, cast):
    code, key = asked_before_packing(cast)
    end(cast, offer(cast, code, 0, packs=1), "agree")
    browser.get(f"/yes/{key}")
    assert "1 × Cải mèo" in browser.text
    assert db.session.query(Confirmation).count() == 1


def test_ones_own_data(cast):
    code = accepted(cast)
    with writing():
        order_of(code).purchase.buyer_id = cast.ids["buyer"]

    def row():
        return gathered(cast.buyer)["purchases"][0]["orders"][0]

    sold = row()["goods"]
    change = offer(cast, code, 2)
    assert (row()["goods"], "goods_sent" in row()) == (sold, False)
    end(cast, change, "agree")
    assert row()["goods"] == sold
    assert row()["goods_sent"] == ["2 × Chè Shan tuyết Bình Lư", "3 × Cải", "2 × Cải mèo"]
