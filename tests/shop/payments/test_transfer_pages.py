"""The pages of a transfer: the buyer's QR after QR, and the seller's list of what came."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from shop.core.codes import shown
from shop.core.db import db
from shop.core.formats import show_datetime
from shop.core.i18n import use_language
from shop.core.outbox import OutgoingSms
from shop.payments.models import PaymentState, Refund, RefundState
from shop.payments.refunds.tasks import promise_refunds
from shop.payments.transfers.models import CreditState
from shop.payments.transfers.queries import bills_of
from shop.payments.transfers.routes import payload
from shop.payments.transfers.tasks import lapse_transfers
from shop.payments.transfers.vietqr import Transfer, decode
from tests.shop.orders.buying import act
from tests.shop.payments.outside import orders_of
from tests.shop.payments.test_transfers import later
from tests.shop.payments.transferring import by_transfer, comes, credit, payments_of, violations, with_accounts


@pytest.fixture
def purchase(cast):
    with_accounts(cast)
    return by_transfer(cast, tea=2, honey=1)


def asked_for(purchase, place=0):
    return decode(payload(bills_of(purchase.id)[place]))


def test_the_qr_asks_for_exactly_this_order(purchase):
    tea, honey = purchase.codes
    assert asked_for(purchase) == Transfer("970405", "3607205123456", 264_000, tea)
    assert asked_for(purchase, 1) == Transfer("970436", "1031933430", 278_000, honey)


def test_it_moves_from_one_seller_to_the_next(browser, cast, purchase):
    page = f"/pay/{purchase.token}/transfers"
    assert browser.get(f"/pay/{purchase.token}").headers["Location"] == page
    browser.get(page)
    assert "264.000" in browser.one("h1").text_content()
    assert browser.says("QR %(number)s of %(all)s: %(seller)s", number=1, all=2, seller=cast.cooperative().name)
    before = browser.client.get(f"{page}/state", base_url=browser.origin).json["state"]
    assert before == browser.one("[data-state]").get("data-state")
    comes(cast, 264_000, purchase.codes[0])
    assert browser.client.get(f"{page}/state", base_url=browser.origin).json["state"] != before
    browser.get(page)
    assert "278.000" in browser.one("h1").text_content()
    comes(cast, 278_000, purchase.codes[1], to="other_cooperative")
    assert browser.get(page).headers["Location"] == f"/purchases/{purchase.token}"


def test_the_rest_is_asked_for(browser, cast, purchase):
    comes(cast, 200_000, purchase.codes[0])
    browser.get(f"/pay/{purchase.token}/transfers")
    assert "64.000" in browser.one("h1").text_content()
    assert asked_for(purchase).amount == 64_000


def test_the_other_may_be_paid_first(browser, purchase):
    browser.get(f"/pay/{purchase.token}/transfers?order={purchase.codes[1]}")
    assert "278.000" in browser.one("h1").text_content()


def test_the_picture_is_kept_by_nobody_else(browser, purchase):
    answer = browser.client.get(f"/pay/{purchase.token}/transfers/{purchase.codes[0]}.png", base_url=browser.origin)
    assert answer.data.startswith(b"\x89PNG")
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["khong-co/transfers", "khong-co/transfers/state", "{token}/transfers/LC00000000.png"])
def test_what_is_not_there_is_not_found(browser, purchase, path):
    assert browser.get("/pay/" + path.format(token=purchase.token)).status_code == 404


def test_one_seller_in_cash_after_all(browser, purchase):
    page = f"/pay/{purchase.token}/transfers"
    path = f"{page}/{purchase.codes[0]}/cash"
    assert browser.post(path).headers["Location"] == page
    assert browser.post(path).status_code == 409
    browser.get(page)
    assert "278.000" in browser.one("h1").text_content()
    assert browser.says("In cash when it arrives")
    sent = browser.post(f"{page}/{purchase.codes[1]}/cash")
    assert sent.headers["Location"] == f"/purchases/{purchase.token}"
    browser.get(sent.headers["Location"])
    assert not browser.says("Paid. The sellers now prepare your goods."), "nobody has paid anything"
    assert violations() == []


def test_when_the_time_is_over(browser, purchase):
    later(hours=13)
    browser.get(f"/pay/{purchase.token}/transfers")
    assert browser.says("The time to pay is over")
    lapse_transfers()
    browser.get(f"/pay/{purchase.token}/transfers")
    assert browser.says("The time to pay is over")


def test_the_seller_sees_what_came_and_what_is_unclear(browser, cast, purchase):
    comes(cast, 264_000, purchase.codes[0])
    code = comes(cast, 5_000, "cho me")
    browser.sign_in(cast.member)
    browser.get("/my/transfers")
    assert browser.says("The message names no order")
    browser.get(f"/my/transfers/{code}")
    assert "cho me" in browser.text
    assert browser.post(f"/my/transfers/{code}/other").status_code == 302
    assert credit(code).state is CreditState.OTHER
    assert browser.post(f"/my/transfers/{code}/other").status_code == 409


def test_the_seller_says_which_order_it_pays(browser, cast, purchase):
    code = comes(cast, 264_000, "mua che")
    browser.sign_in(cast.member)
    browser.get(f"/my/transfers/{code}")
    assert purchase.codes[0] in [box.get("value") for box in browser.all("input[name=orders]")]
    assert browser.post(f"/my/transfers/{code}/orders").status_code == 422
    assert browser.post(f"/my/transfers/{code}/orders", orders=purchase.codes[1]).status_code == 422
    assert browser.post(f"/my/transfers/{code}/orders", orders=purchase.codes[0]).status_code == 302
    assert payments_of(purchase)[0].state is PaymentState.PAID
    assert violations() == []


def test_what_went_back_is_noted_with_words(browser, cast, purchase):
    code = comes(cast, 5_000, "nham")
    browser.sign_in(cast.member)
    for wrong in ("", "x" * 201):
        assert browser.post(f"/my/transfers/{code}/return", note=wrong).status_code == 422
    assert browser.post(f"/my/transfers/{code}/return", note="FT1, 30/11").status_code == 302
    assert (credit(code).state, credit(code).note) == (CreditState.SENT_BACK, "FT1, 30/11")


def test_the_money_of_an_ended_order(browser, cast, purchase):
    comes(cast, 264_000, purchase.codes[0])
    act(orders_of(purchase)[0].id, "cancel", "cooperative", "Hết hàng.")
    promise_refunds()
    browser.sign_in(cast.member)
    browser.get("/my/transfers")
    assert browser.says("To send back")
    path = f"/my/refunds/{purchase.codes[0]}/cancelled"
    for wrong in ("", "x" * 201):
        assert browser.post(path, note=wrong).status_code == 422
        assert browser.one(f"#note-{purchase.codes[0]}-cancelled-error").text_content().strip()
        assert browser.one(f"#note-{purchase.codes[0]}-cancelled").get("value") == wrong
        assert db.session.query(Refund).one().state is RefundState.DUE
    assert browser.post(path, note="FT9").status_code == 302
    assert db.session.query(Refund).one().state is RefundState.DONE
    assert browser.post(path, note="FT9").status_code == 409
    assert browser.says("This was noted already. Open the page again.")


def test_no_other_seller_notes_it(browser, cast, purchase):
    comes(cast, 264_000, purchase.codes[0])
    act(orders_of(purchase)[0].id, "cancel", "cooperative", "Hết hàng.")
    promise_refunds()
    browser.sign_in(cast.stranger)
    assert browser.post(f"/my/refunds/{purchase.codes[0]}/cancelled", note="FT9").status_code == 404
    assert db.session.query(Refund).one().state is RefundState.DUE


@pytest.mark.parametrize("who", ["stranger", "second_member", "officer", "buyer"])
def test_it_is_nobody_elses_business(browser, cast, purchase, who):
    code = comes(cast, 5_000, "x")
    browser.sign_in(cast.user(who))
    assert browser.get(f"/my/transfers/{code}").status_code in {403, 404}
    assert browser.post(f"/my/transfers/{code}/other").status_code in {403, 404}


def test_the_buyer_is_told_how_much_in_how_many_transfers_until_when(cast, purchase):
    (text,) = [one.body for one in db.session.scalars(select(OutgoingSms)) if one.event.startswith("purchase_placed")]
    for part in (*map(shown, purchase.codes), "542.000", "2 lan chuyen khoan", f"/pay/{purchase.token}"):
        assert part in text.replace("\N{NO-BREAK SPACE}", " "), part
    until = payments_of(purchase)[0].expires_at
    with use_language("vi"):
        assert show_datetime(until) in text


def test_the_test_bank_is_offered_only_where_one_stands_in(app, browser, purchase, monkeypatch):
    browser.get(f"/pay/{purchase.token}/transfers")
    assert not browser.says("Pay at the test bank")
    play = replace(app.extensions["settings"], sandbox_url="http://127.0.0.1:1")
    monkeypatch.setitem(app.extensions, "settings", play)
    browser.get(f"/pay/{purchase.token}/transfers")
    (link,) = browser.all('a[href^="http://127.0.0.1:1/bank"]')
    asked = parse_qs(urlsplit(link.get("href")).query)
    assert decode(asked["qr"][0]) == asked_for(purchase)
    assert asked["back"][0].endswith(f"/pay/{purchase.token}/transfers")
