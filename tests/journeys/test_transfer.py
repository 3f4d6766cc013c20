"""Paying two sellers by bank QR: the page sees the money and moves on, is resumed elsewhere, works without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from shop.core.db import db
from shop.payments.transfers.vietqr import Transfer, decode
from tests.journeys import steps
from tests.journeys.banking import (
    connect,
    is_for_everybody,
    link_from_the_text,
    order_from_both,
    pays,
    put_both_into_cart,
    qr_of,
)
from tests.journeys.phone import Phone
from tests.server import Market
from tests.shop.payments.transferring import ACCOUNTS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
FIELDS = "main :is(input:not([type=hidden]), select, textarea):visible"


@pytest.fixture(autouse=True)
def bank(market: Market) -> None:
    """Both sellers have accounts, and the test bank tells of them."""
    connect(market)


def seller(market: Market, name: str = "cooperative") -> str:
    with market.app.app_context():
        found = market.cast.cooperative(name).name
        db.session.remove()
    return found


def shows(buyer: Phone, number: int, name: str) -> Transfer:
    """The page stands at this QR of two; gives what the QR asks for."""
    buyer.reads("QR %(number)s of %(all)s: %(seller)s", number=number, all=2, seller=seller(buyer.market, name))
    asked = decode(qr_of(buyer))
    assert asked[:2] == ACCOUNTS[name][:2]
    return asked


def test_two_sellers_are_paid_while_the_page_waits(market: Market, phones: Callable[..., Phone]) -> None:
    buyer = phones(market, "transfer-buyer")
    order_from_both(buyer)
    first = shows(buyer, 1, "cooperative")
    buyer.reads("This page moves on by itself when the money is there.")
    is_for_everybody(buyer)
    buyer.picture("qr-1")
    keeps_and_copies(buyer, first)

    pays(market, qr_of(buyer), first.amount or 0, first.memo)
    second = shows(buyer, 2, "other_cooperative")
    is_for_everybody(buyer)
    buyer.picture("qr-2")

    buyer.follow("Pay at the test bank")
    buyer.picture("test-bank")
    is_for_everybody(buyer)
    assert buyer.page.locator("#amount").input_value() == str(second.amount)
    buyer.press("Transfer now")
    buyer.reads("The transfer is booked.")
    is_for_everybody(buyer)
    buyer.follow("Back to the market")
    buyer.page.wait_for_url("**/purchases/*")
    buyer.reads("Paid. The sellers now prepare your goods.")
    is_for_everybody(buyer)
    buyer.picture("both-paid")
    market.assert_sound()


def keeps_and_copies(buyer: Phone, asked: Transfer) -> None:
    """The picture goes onto the phone, the account number into another app, each by one tap."""
    with buyer.page.expect_download() as kept:
        buyer.page.get_by_role("link", name=buyer.words("Save the QR picture")).tap()
    assert kept.value.suggested_filename == f"QR-{asked.memo}.png"
    assert kept.value.path().read_bytes().startswith(b"\x89PNG")
    buyer.context.grant_permissions(["clipboard-read", "clipboard-write"])
    buyer.page.get_by_role("button", name=f"{buyer.words('Copy')} {buyer.words('Account number')}").tap()
    buyer.page.get_by_role("button", name=buyer.words("Copied")).first.wait_for()
    assert buyer.page.evaluate("navigator.clipboard.readText()") == asked.account


def test_resumed_in_another_browser_and_one_in_cash(market: Market, phones: Callable[..., Phone]) -> None:
    here = phones(market, "here")
    order_from_both(here)
    first = shows(here, 1, "cooperative")
    pays(market, qr_of(here), (first.amount or 0) - 50_000, first.memo, how="spaced")
    here.context.close()

    elsewhere = phones(market, "elsewhere")
    elsewhere.open(link_from_the_text(market, first.memo))
    rest = shows(elsewhere, 1, "cooperative")
    assert (rest.amount, rest.memo) == (50_000, first.memo), "only the rest is asked for"
    is_for_everybody(elsewhere)
    elsewhere.picture("the-rest")
    pays(market, qr_of(elsewhere), 50_000, first.memo, how="lower")

    shows(elsewhere, 2, "other_cooperative")
    elsewhere.press("Pay %(seller)s in cash when it arrives", seller=seller(market, "other_cooperative"))
    elsewhere.page.wait_for_url("**/purchases/*")
    is_for_everybody(elsewhere)
    elsewhere.picture("one-in-cash")
    market.assert_sound()


def test_without_scripts_one_looks_again_by_link(market: Market, phones: Callable[..., Phone]) -> None:
    buyer = phones(market, "plain-buyer", scripts=False)
    order_from_both(buyer)
    for number, name in ((1, "cooperative"), (2, "other_cooperative")):
        asked = shows(buyer, number, name)
        assert not buyer.page.locator("[data-part=looking]").is_visible(), "nothing is promised that needs scripts"
        buyer.follow("Look again")
        assert shows(buyer, number, name) == asked
        pays(market, qr_of(buyer), asked.amount or 0, asked.memo)
        buyer.follow("Look again")
    buyer.page.wait_for_url("**/purchases/*")
    buyer.reads("Paid. The sellers now prepare your goods.")
    market.assert_sound()


def test_five_fields_and_one_choice_and_two_transfers_are_said(market: Market, phones: Callable[..., Phone]) -> None:
    buyer = phones(market, "counting-buyer")
    put_both_into_cart(buyer)
    buyer.follow("Continue to order")
    names = {field.get_attribute("name") for field in buyer.page.locator(FIELDS).all()}
    assert names == {"name", "phone", "province", "commune_typed", "line"}
    steps.give_details(buyer)
    buyer.page.locator('label.choice:has(input[value="bank_qr"])').wait_for()
    assert {field.get_attribute("name") for field in buyer.page.locator(FIELDS).all()} == {"method"}
    buyer.reads("Here that is %(number)s transfers, one after the other.", number="hai")
    is_for_everybody(buyer)
    buyer.picture("two-transfers")


def test_it_asks_less_and_less_and_stops(market: Market, phones: Callable[..., Phone]) -> None:
    buyer = phones(market, "patient-buyer")
    order_from_both(buyer)
    shows(buyer, 1, "cooperative")
    page, asked = buyer.page, []
    page.clock.install()

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(json={"state": page.locator("[data-state]").get_attribute("data-state")})

    page.route("**/transfers/state", answer)
    page.reload()
    buyer.reads("This page moves on by itself when the money is there.")
    for pause in (3, 5, 10, 10):
        before = len(asked)
        page.clock.run_for(pause * 1000 - 100)
        assert len(asked) == before, f"not before {pause} s"
        with page.expect_response("**/transfers/state"):
            page.clock.run_for(200)
    page.clock.fast_forward("15:00")
    buyer.reads("We stopped looking. You may close this page: money that comes later is seen as well.")
    is_for_everybody(buyer)
    buyer.picture("stopped")
    before = len(asked)
    page.clock.run_for(60_000)
    assert len(asked) == before
