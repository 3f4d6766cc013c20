"""A parcel that is paid in cash and not taken at the door: the goods are back, and the buyer reads why."""

from collections.abc import Callable

import pytest

from shop.core.db import db
from tests.journeys import steps
from tests.journeys.banking import is_for_everybody
from tests.journeys.phone import Phone
from tests.journeys.test_shared_phone import become
from tests.server import Market

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
WHY = "Ba lần gọi không ai nghe máy."


def test_what_nobody_takes_comes_back(market: Market, phones: Callable[..., Phone]) -> None:
    buyer = phones(market, "absent-buyer")
    steps.find(buyer, "che shan tuyet binh lu", "Chè Shan tuyết Bình Lư")
    steps.put_into_cart(buyer)
    before = on_hand(market)
    steps.check_out(buyer, "cash_on_delivery")
    buyer.reads("Order placed. Keep this page: it shows where your goods are.")
    (code,) = steps.codes_on(buyer)

    seller = phones(market, "seller-at-the-door")
    become(seller, "member")
    steps.hand_over(seller, code)
    assert on_hand(market) == before - 1
    seller.page.locator("summary", has_text=seller.words("The buyer did not take it")).tap()
    seller.page.locator("form[action$='/refusal'] #reason").fill(WHY)
    seller.press("Take the goods back")
    seller.reads("Not received. The goods are back in your stock.")
    is_for_everybody(seller)
    seller.picture("came-back")
    assert on_hand(market) == before

    buyer.page.reload()
    buyer.sees(WHY)
    assert buyer.words("Paid") not in buyer.text
    is_for_everybody(buyer)
    buyer.picture("not-received")
    market.assert_sound()


def on_hand(market: Market) -> int:
    """Packs of tea in the store."""
    with market.app.app_context():
        found = market.cast.sku().on_hand
        db.session.remove()
    return found
