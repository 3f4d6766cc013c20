"""Sellers change what buyers are buying at that very moment."""

import pytest
from sqlalchemy import select

from products.models import Sku
from products.sales.lifecycle import SaleState
from products.sales.models import Sale
from products.sales.tasks import follow_the_days
from products.stock.models import PriceChange
from shop.core.days import today
from shop.core.db import db, writing
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


@every_round
def test_a_sale_begins_while_the_seller_sets_a_price(market: Market, round_: int) -> None:
    """Whoever is first counts: the other starts from what it finds, or is told; never both, never a lost price."""
    goods = fresh_goods(market)
    with market.app.app_context():
        sku = db.session.scalars(select(Sku).where(Sku.code == goods.sku)).one()
        key, price = sku.id, sku.price
        low = price * 8 // 10
        with writing():
            values = {"sku_id": key, "price": low, "starts_on": today(), "ends_on": today()}
            sale = Sale(**values, created_by_id=market.cast.ids["member"])
            db.session.add(sale)
            db.session.flush()
            sale_id = sale.id
    sellers = [person(market, "member" if place % 2 else "second_member") for place in range(4)]
    after = [price * 9 // 10 + place for place in range(4)]

    def go(place: int) -> int:
        if place < len(sellers):
            fields = {"price": after[place], "expected": price}
            return sellers[place].post(f"/my/products/{goods.code}/price", **fields).status
        with market.app.app_context():
            return follow_the_days()

    done = together(go, range(6))

    assert sum(done[4:]) <= 2, "two sweeps at once begin it once"
    assert set(done[:4]) <= {302, 409} and done[:4].count(302) <= 1
    with market.app.app_context():
        sku, sale = db.session.get_one(Sku, key), db.session.get_one(Sale, sale_id)
        changes = db.session.scalars(
            select(PriceChange.new_price).where(PriceChange.sku_id == key).order_by(PriceChange.id)
        ).all()
        assert changes[-1] == sku.price
        if sale.state is SaleState.RUNNING:
            assert (sku.price, sku.usual_price) == (low, price if done[:4].count(302) == 0 else sku.usual_price)
            assert sku.usual_price in {price, *after}
        else:
            assert (sale.state, sku.usual_price) == (SaleState.ENDED, None)
            assert sku.price in after
    market.assert_sound()
