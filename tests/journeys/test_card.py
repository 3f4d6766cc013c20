"""Paying by card: the stand-in's page takes the money, a cancelled order gives it back."""

from collections.abc import Callable

import httpx
import pytest

from tests.journeys import steps
from tests.journeys.phone import Phone
from tests.server import Market, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def test_a_declined_card_then_paid_cancelled_refunded(market: Market, phones: Callable[..., Phone]) -> None:
    buyer = phones(market, "card-buyer")
    steps.find(buyer, "che shan tuyet binh lu", "Chè Shan tuyết Bình Lư")
    steps.put_into_cart(buyer)
    steps.check_out(buyer, "stripe_checkout")
    buyer.follow("Go to the card page")
    buyer.expected = {402}
    pay(buyer, "4000 0000 0000 0002")
    buyer.reads("The bank declined this card. Nothing was charged.")
    buyer.expected = set()
    pay(buyer, steps.CARD)
    buyer.reads("Paid. The sellers now prepare your goods.")
    buyer.picture("paid")
    tracking = buyer.path
    (code,) = steps.codes_on(buyer)
    assert refunded(market) == 0

    buyer.follow("Cancel this order")
    buyer.picture("cancel")
    buyer.press("Cancel this order")
    buyer.reads("Order %(code)s is cancelled.", code=f"{code[:2]} {code[2:6]} {code[6:]}")
    buyer.picture("cancelled")

    until(lambda: refunded(market) > 0, "the refund at the card company")
    returned = buyer.words("Money returned: %(amount)s", amount="").strip()

    def told() -> bool:
        buyer.open(tracking)
        return returned in buyer.text

    until(told, "the buyer's page to say so")
    buyer.picture("refunded")
    market.assert_sound()


def pay(phone: Phone, card: str) -> None:
    """Fill in the stand-in's card page."""
    phone.page.locator("#number").fill(card)
    phone.page.locator("#expiry").fill("12/34")
    phone.page.locator("#cvc").fill("123")
    phone.picture("card-page")
    phone.page.locator("main form button").first.click()


def refunded(market: Market) -> int:
    """Đồng that the stand-in has given back."""
    key = market.env["STRIPE_SECRET_KEY"]
    answer = httpx.get(f"{market.sandbox}/v1/refunds", auth=(key, ""))
    answer.raise_for_status()
    return sum(one["amount"] for one in answer.json()["data"])
