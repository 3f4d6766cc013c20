"""The demo market: sellers of all 38 communes, 2,000 products, what waits for review, 500 orders; the same by seed."""

from dataclasses import replace
from itertools import islice
from random import Random

from shop.cli.demo import goods as listing
from shop.cli.demo import orders, reviews
from shop.cli.demo import sellers as people
from shop.cli.demo.facts import read
from shop.cli.demo.market_types import DemoMarket, Goods

SEED = 2026


def make(seed: int = SEED, month: int = 11) -> DemoMarket:
    """Return the market of a seed as it stands in a month (1 … 12): then fresh goods out of season are sold out.

    Pure and quick: the same seed and month give an equal market on every machine and release of Python.
    """
    dice = Random(seed)
    phones = people.numbers()
    admin, officers, helpers = people.staff(phones)
    sellers = people.sellers(phones, officers, dice)
    buyers = people.buyers(phones)
    by_key = {seller.key: seller for seller in sellers}

    lister = listing.Lister(dice, month)
    stories = read("stories")["stories"]
    live = [lister.told(story, by_key[story["seller"]]) for story in stories]
    told = {one.name for one in live}
    more = (offer for offer in listing.offers(sellers, dice) if offer.name not in told)
    live += [lister.listed(offer) for offer in islice(more, listing.LIVE - len(live))]
    hidden = list(reviews.waiting(more, lister, dice))
    goods = tuple(reviews.with_edits(live, dice) + hidden)

    purchases = orders.plan(goods, sellers, buyers, dice)
    return DemoMarket(
        seed, month, admin, officers, helpers, buyers, sellers, _holding(goods, orders.held_packs(purchases)), purchases
    )


def _holding(goods: tuple[Goods, ...], held: dict[str, int]) -> tuple[Goods, ...]:
    return tuple(replace(one, held=held[one.key]) if held.get(one.key) else one for one in goods)
