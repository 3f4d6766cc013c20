"""Purchases of the demo that are paid by transfer: how each of them went, most with the first seller."""

from dataclasses import replace
from datetime import timedelta

from shop.cli.demo.market_types import Buyer, Goods, Order, Purchase, Seller, Step

METHOD = "bank_qr"
EACH = 3  # of so many purchases paid online and over, one was paid by transfer
OPEN = {"placed", "accepted"}
POST = {"dry", "liquid", "fragile"}
DEAREST = 300_000  # đồng a pack: stories are about everyday sums
NOT_PAID = "Chưa trả tiền đúng hạn."
WAY = ("place", "accept", "pack", "hand_over", "deliver")
# What happened, when it was placed (hours ago), with how many sellers. The sums that came lie in `transfers`.
STORIES = (
    ("paid_twice", 24 * 9, 1),
    ("paid", 24 * 15, 2),
    ("just_paid", 26, 1),
    ("waiting", 0.5, 2),
    ("short", 2, 1),
    ("over", 5, 1),
    ("lapsed", 24 * 3, 1),
    ("ended", 24 * 2, 1),
    ("to_send_back", 24 * 4, 1),
    ("sent_back", 24 * 20, 1),
)
ORDERS = sum(sellers for _story, _ago, sellers in STORIES)
DAYS = timedelta(days=1)


def among(purchases: tuple[Purchase, ...]) -> tuple[Purchase, ...]:
    """Return the purchases with some of those that were paid by card and are over now paid by transfer."""
    return tuple(
        replace(one, method=METHOD, story="paid") if place % EACH == 0 and _is_over(one) else one
        for place, one in enumerate(purchases)
    )


def _is_over(purchase: Purchase) -> bool:
    return purchase.method == "stripe_checkout" and not any(order.state in OPEN for order in purchase.orders)


def plan(goods: tuple[Goods, ...], sellers: tuple[Seller, ...], buyers: tuple[Buyer, ...]) -> tuple[Purchase, ...]:
    """Return a purchase for each story; the first seller, whose manager signs in first, is in all of them."""
    shelves = [shelf for seller in sellers if (shelf := _shelf(goods, seller))]
    first, second = shelves[0], shelves[1]
    return tuple(
        _purchase(place, story, timedelta(hours=ago), [first, second][:count], buyers[place % len(buyers)])
        for place, (story, ago, count) in enumerate(STORIES)
    )


def _shelf(goods: tuple[Goods, ...], seller: Seller) -> list[Goods]:
    return [
        one
        for one in goods
        if (one.seller, one.state) == (seller.key, "live")
        and one.orderable
        and one.packed_grams
        and one.stock
        and one.ship_class in POST
        and one.price <= DEAREST
    ]


def _purchase(place: int, story: str, ago: timedelta, shelves: list[list[Goods]], buyer: Buyer) -> Purchase:
    orders = tuple(_order(shelf[place % len(shelf)], story, ago) for shelf in shelves)
    return Purchase(f"t{place + 1:02d}", buyer.key, METHOD, ago, orders, story)


def _order(goods: Goods, story: str, ago: timedelta) -> Order:
    steps, note = [Step("place", "buyer", ago)], ""
    if story in {"paid", "paid_twice"}:
        steps += [Step(action, "cooperative", ago - DAYS * place) for place, action in enumerate(WAY[1:], 1)]
    elif story == "just_paid":
        steps.append(Step("accept", "cooperative", ago / 2))
    elif story == "lapsed":
        steps.append(Step("cancel", "system", ago - DAYS / 2))
        note = NOT_PAID
    elif story in {"ended", "to_send_back", "sent_back"}:
        steps.append(Step("cancel", "buyer", ago - timedelta(hours=3)))
        note = "Tôi đặt nhầm."
    state = {"place": "placed", "accept": "accepted", "deliver": "delivered", "cancel": "cancelled"}
    return Order(goods.seller, ((goods.key, 1),), "post", state[steps[-1].action], tuple(steps), note)
