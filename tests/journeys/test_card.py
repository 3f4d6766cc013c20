"""Paying by card: the stand-in's page takes the money, a cancelled order gives it back."""

from collections.abc import Callable

import httpx
import pytest

from tests.journeys import steps
from tests.journeys.phone import Phone
from tests.server import Market, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def test_a_card_pays_and_a_cancelled_order_is_refunded(market: Market, phones: Callable[..., Phone]) -> None:
    buyer = phones(market, "card-buyer")
    steps.find(buyer, "che shan tuyet binh lu", "Chè Shan tuyết Bình Lư")
    steps.put_into_cart(buyer)
    steps.check_out(buyer, "stripe_checkout")
    buyer.follow("Go to the card page")
    pay(buyer)
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
    until(lambda: not market.flask("work", "--once").returncode, "the sweeps")
    buyer.open(tracking)
    buyer.picture("refunded")
    market.assert_sound()


def pay(phone: Phone) -> None:
    """Fill in the stand-in's card page."""
    phone.page.locator("#number").fill(steps.CARD)
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
