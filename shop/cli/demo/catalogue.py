"""make(): the whole demo market as plain data, the same for the same seed."""

from random import Random

from shop.cli.demo.goods import add_products
from shop.cli.demo.plan import DemoMarket
from shop.cli.demo.purchases import add_purchases
from shop.cli.demo.sellers import Phones, add_sellers, add_staff_and_buyers

SEED = 2026


def make(seed: int = SEED) -> DemoMarket:
    """Plan sellers, people, products, waiting changes and orders."""
    rng, phones, market = Random(seed), Phones(), DemoMarket()
    add_sellers(market, rng, phones)
    add_staff_and_buyers(market, rng, phones)
    add_products(market, rng)
    add_purchases(market, rng, phones)
    return market
