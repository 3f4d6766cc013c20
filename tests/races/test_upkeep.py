"""Sellers change what buyers are buying at that very moment."""

import pytest
from sqlalchemy import select

from products.models import Sku
from shop.core.db import db
from tests.races.starting import before_the_button, every_round, fresh_goods, one_by_one, person, together
from tests.server import Market
from tests.visitor import Answer

pytestmark = [pytest.mark.race, pytest.mark.timeout(120)]


@every_round
def test_none_left_while_buyers_order(market: Market, round_: int) -> None:
    """Whoever ordered first keeps the pack, nobody gets one after the tap, and nothing is left free."""
    goods = fresh_goods(market)
    buyers = one_by_one(lambda place: before_the_button(market, goods.sku, 700 + place), range(8))
    seller = person(market, "member")

    def go(place: int) -> Answer:
        if place < len(buyers):
            return buyers[place][0].post("/checkout/confirmation", **buyers[place][1])
        return seller.post(f"/my/products/{goods.code}/stock", level="out", expected=10)

    done = together(go, range(len(buyers) + 1))

    assert done[-1].status == 302, done[-1].words
    assert {answer.status for answer in done[:-1]} <= {302, 409}
    with market.app.app_context():
        sku = db.session.scalars(select(Sku).where(Sku.code == goods.sku)).one()
        assert sku.on_hand == sku.held == sum(answer.status == 302 for answer in done[:-1])
    market.assert_sound()
