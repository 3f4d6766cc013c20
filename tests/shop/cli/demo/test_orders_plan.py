"""Planned purchases: feasible parcels, states that their steps lead to, stock that covers them."""

from datetime import timedelta

import pytest

from shop.cli.demo.catalogue import make
from shop.cli.demo.market_types import DemoMarket, Order
from shop.cli.demo.orders import AFTER, HELD, MOST_CASH, held_packs
from shop.orders.lifecycle import LIFECYCLE, OrderState
from shop.orders.models import Method
from shop.places import facts as places


@pytest.fixture(scope="module")
def market() -> DemoMarket:
    return make()


def test_every_state_of_an_order_is_there(market: DemoMarket) -> None:
    assert {order.state for order in market.orders} == {state.value for state in OrderState}
    assert {purchase.method for purchase in market.purchases} == set(Method)


def test_steps_follow_the_table_of_moves_and_the_clock(market: DemoMarket) -> None:
    for purchase in market.purchases:
        for order in purchase.orders:
            state = OrderState.PLACED
            assert order.steps[0].action == "place"
            assert order.steps[0].ago == purchase.ago
            for step in order.steps[1:]:
                state = OrderState(LIFECYCLE.after(state, step.action))
            assert state.value == order.state == AFTER[order.steps[-1].action]
            times = [step.ago for step in order.steps]
            assert times == sorted(times, reverse=True)
            assert times[-1] > timedelta(0)
            assert bool(order.note) == (order.state in ("cancelled", "refused"))


def test_one_order_per_seller_and_only_that_sellers_goods(market: DemoMarket) -> None:
    seller_of = {one.key: one.seller for one in market.goods}
    for purchase in market.purchases:
        sellers = [order.seller for order in purchase.orders]
        assert len(sellers) == len(set(sellers))
        for order in purchase.orders:
            assert {seller_of[key] for key, _ in order.lines} == {order.seller}


def test_a_parcel_can_travel_as_planned(market: DemoMarket) -> None:
    goods = {one.key: one for one in market.goods}
    buyers = {one.key: one for one in market.buyers}
    most = {"post": 30_000, "bus": 50_000, "pickup": 500_000, "own_delivery": 100_000}
    for purchase in market.purchases:
        for order in purchase.orders:
            grams = sum((goods[key].packed_grams or 0) * packs for key, packs in order.lines)
            assert 0 < grams <= most[order.ship_method]
            if order.ship_method == "post":
                assert {goods[key].ship_class for key, _ in order.lines} <= {"dry", "liquid", "fragile"}
            if order.ship_method == "pickup":
                assert buyers[purchase.buyer].province == "12"


def test_cash_at_the_door_stays_within_reason(market: DemoMarket) -> None:
    prices = {one.key: one.price for one in market.goods}
    for purchase in market.purchases:
        total = sum(prices[key] * packs for order in purchase.orders for key, packs in order.lines)
        assert purchase.method != Method.CASH.value or total <= MOST_CASH


def test_what_is_held_is_what_open_orders_hold(market: DemoMarket) -> None:
    held = held_packs(market.purchases)
    assert {one.key: one.held for one in market.goods if one.held} == dict(held)
    assert all(one.stock > 0 for one in market.goods if one.held)
    assert [order for order in market.orders if order.state in HELD]


def test_buyers_live_in_communes_of_their_province(market: DemoMarket) -> None:
    province_of = {row["code"]: row["province_code"] for row in places.communes()}
    for buyer in market.buyers:
        assert province_of[buyer.commune] == buyer.province
        assert buyer.line


def test_somebody_cancels_and_somebody_is_not_at_home(market: DemoMarket) -> None:
    ends: dict[str, list[Order]] = {"cancelled": [], "refused": []}
    for order in market.orders:
        ends.get(order.state, []).append(order)
    assert all(ends.values())
    assert {order.steps[-1].by for order in ends["cancelled"]} == {"buyer", "system"}, "some did not pay in time"
    assert {order.steps[-1].by for order in ends["refused"]} == {"cooperative"}
