"""A price is edited while somebody is in the middle of checkout: what was shown is charged, or nothing."""

import pytest
from sqlalchemy import select

from products.models import Sku
from shop.core.db import db
from shop.orders.models import OrderLine, Purchase
from tests.races.paying import Tell
from tests.races.starting import FULL, before_the_button, fresh_goods, one_by_one, person, together
from tests.server import Market
from tests.visitor import Visitor

pytestmark = [pytest.mark.race, pytest.mark.timeout(600 if FULL else 120)]
EDITS = 100 if FULL else 8
BUYERS = 4


def test_a_price_edited_in_mid_checkout_is_never_charged_silently(market: Market, record_property: Tell) -> None:
    told = placed = 0
    goods = [fresh_goods(market) for _ in range((EDITS + 1) // 2)]
    for number in range(EDITS):
        one = goods[number // 2]  # ten packs are enough for two edits
        done = edit_while_they_buy(market, one.sku, one.code, 3000 + number * BUYERS)
        told, placed = told + done.count(409), placed + done.count(302)
    market.assert_sound()
    assert told + placed == EDITS * BUYERS
    record_property(
        "figure", f"I13, {EDITS} edits among {BUYERS} buyers: {placed} at the price shown, {told} told, 0 silent"
    )


def edit_while_they_buy(market: Market, sku: str, code: str, first: int) -> list[int]:
    """Let a seller set another price while buyers press the last button; returns what the buyers were answered."""
    shown = price_of(market, sku)
    after = shown + 1000
    ready = one_by_one(lambda place: before_the_button(market, sku, place), range(first, first + BUYERS))
    seller = person(market, "member")

    def go(buyer: tuple[Visitor, dict[str, str]] | None) -> int:
        if buyer is None:
            return seller.post(f"/my/products/{code}/price", price=after, expected=shown).status
        return buyer[0].post("/checkout/confirmation", **buyer[1]).status

    edited, *pressed = together(go, [None, *ready])

    assert edited == 302 and price_of(market, sku) == after
    assert set(pressed) <= {302, 409}
    late = go(ready[pressed.index(409)]) if 409 in pressed else 409
    assert late == 409, "the same page pressed once more is still another price than the one shown"
    for (_buyer, fields), answer in zip(ready, pressed, strict=True):
        assert charged(market, fields["attempt"]) == ([shown] if answer == 302 else [])
    return pressed


def price_of(market: Market, sku: str) -> int:
    with market.app.app_context():
        return db.session.scalars(select(Sku.price).where(Sku.code == sku)).one()


def charged(market: Market, attempt: str) -> list[int]:
    """The prices in what was placed by this attempt."""
    with market.app.app_context():
        lines = select(OrderLine.price).join(OrderLine.order).join(Purchase).where(Purchase.attempt == attempt)
        return list(db.session.scalars(lines))
