"""Eight buyers walk the whole way from the product's page to the page of the purchase, as the bench lets them."""

from itertools import count

import pytest

from tests.bench import checkout
from tests.races.paying import Tell
from tests.races.starting import FULL, fresh_goods
from tests.server import Market

pytestmark = pytest.mark.race
BUYERS, PACKS = 8, 10


def test_every_purchase_is_told_kept_and_held(market: Market, record_property: Tell) -> None:
    goods = [fresh_goods(market) for _ in range(4 if FULL else 2)]
    before = checkout.sold(market)

    everybody = checkout.buy(market.url, goods, BUYERS, 0, count(70_000))

    orders = sum(len(one.orders) for one in everybody)
    assert orders == BUYERS < PACKS * len(goods)
    assert [now - then for now, then in zip(checkout.sold(market), before, strict=True)] == [orders] * 3
    assert not market.troubles()
    record_property("figure", f"I1, {BUYERS} buyers, all eight pages: {orders} purchases, {orders} packs held, no 500")
