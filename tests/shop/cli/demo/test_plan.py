"""The plan of the demo market: whole, honest, the same each time."""

import unicodedata
from collections import Counter

import pytest

from products.catalogue import TYPES
from shop.cli.demo.catalogue import make
from shop.cli.demo.goods import LOCAL, place_in
from shop.cli.demo.plan import DemoMarket
from shop.core.phones import parse_phone


@pytest.fixture(scope="module")
def market() -> DemoMarket:
    return make()


def test_the_same_each_time(market: DemoMarket) -> None:
    assert make() == market
    assert make(7) != market


def test_sellers_in_every_commune(market: DemoMarket) -> None:
    assert len(market.sellers) >= 60
    assert len({seller.commune_code for seller in market.sellers}) == 38
    assert {seller.kind for seller in market.sellers} == {"cooperative", "group", "household"}
    assert len({seller.name for seller in market.sellers}) == len(market.sellers)


def test_goods_of_every_type(market: DemoMarket) -> None:
    states = Counter(product.state for product in market.products)
    assert states["on_sale"] == 2000
    assert {product.type_code for product in market.products} == set(TYPES)
    assert states["submitted"] + len(market.edits) == 40
    assert states["draft"] and states["returned"] and states["paused"]


def test_goods_with_a_place_in_their_name_come_from_there(market: DemoMarket) -> None:
    for product in market.products:
        place = place_in(TYPES[product.type_code])
        if place:
            assert market.sellers[product.seller].commune_code in LOCAL[place], product.name


def test_prices_stay_near_what_is_known(market: DemoMarket) -> None:
    for product in market.products:
        goods = TYPES[product.type_code]
        whole = product.price * goods.pack_amount / product.pack_amount
        assert goods.price_low * 0.8 <= whole <= goods.price_high * 1.3 + 1000, product.name
        assert product.price % 500 == 0


@pytest.mark.parametrize("field", ["summary", "summary_en", "story", "story_en"])
def test_no_text_more_than_three_times(market: DemoMarket, field: str) -> None:
    times = Counter(getattr(product, field) for product in market.products)
    assert max(times.values()) <= 3


def test_twelve_full_stories(market: DemoMarket) -> None:
    told = [product for product in market.products if product.story_key]
    assert len(told) == 12
    assert all(len(product.story) > 250 and product.story.count("\n\n") >= 2 for product in told)


def test_texts_are_nfc_and_filled(market: DemoMarket) -> None:
    for product in market.products:
        for text in (product.name, product.name_en, product.summary, product.story, product.story_en):
            assert text
            assert text == unicodedata.normalize("NFC", text)
            assert "{" not in text


def test_phones_can_be_called(market: DemoMarket) -> None:
    for person in market.people:
        assert parse_phone(person.phone) == person.phone


def test_five_hundred_orders_of_what_may_be_ordered(market: DemoMarket) -> None:
    orders = [order for purchase in market.purchases for order in purchase.orders]
    assert len(orders) == 500
    assert len({order.state for order in orders}) == 7
    for order in orders:
        assert len({market.products[place].seller for place, _packs in order.lines}) == 1
        for place, _packs in order.lines:
            assert TYPES[market.products[place].type_code].orderable
