"""Purchases of the demo: who bought what from whom, how it travelled and where it stands."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from shop.cli.demo import transfer_plan
from shop.cli.demo.market_types import Buyer, Goods, Order, Purchase, Seller, Step

ORDERS = 500
POST = {"dry", "liquid", "fragile"}  # classes the post takes anywhere; a bus takes the rest as far as the north
BUS_PROVINCES = {"11", "12", "14", "15", "01", "04", "08", "19", "20", "22", "24", "25", "31", "33", "37"}
HOME = "12"
MOST_GRAMS = {"post": 28_000, "bus": 45_000, "pickup": 200_000, "own_delivery": 90_000}
MOST_CASH = 4_000_000  # đồng: more than that nobody hands over at the door
MOST_CARD = 15_000_000
WAY = ("place", "accept", "pack", "hand_over", "deliver")
ENDS = {"placed": 1, "accepted": 2, "packed": 3, "handed_over": 4, "delivered": 5}
AFTER = {
    "place": "placed", "accept": "accepted", "pack": "packed", "hand_over": "handed_over", "deliver": "delivered",
    "refuse": "refused", "cancel": "cancelled",
}  # fmt: skip
HELD = ("placed", "accepted", "packed")
HOURS = {
    "accept": (1, 20),
    "pack": (4, 30),
    "hand_over": (2, 24),
    "deliver": (30, 110),
    "refuse": (30, 110),
    "cancel": (1, 15),
}
CANCELLED = ("Đặt nhầm loại.", "Nhà vừa được cho rồi, tôi xin hủy.", "Đặt trùng hai lần.", "Tôi đi vắng tuần này.")
REFUSED = ("Gọi ba lần không ai nghe máy.", "Người nhận đổi ý tại cửa.", "Sai địa chỉ, người nhận đã chuyển nhà.")


@dataclass
class _Basket:
    goods: Goods
    packs: int


def plan(
    goods: tuple[Goods, ...], sellers: tuple[Seller, ...], buyers: tuple[Buyer, ...], dice: Random
) -> tuple[Purchase, ...]:
    """Return purchases whose orders number exactly ORDERS, only of live goods that may be ordered."""
    shelf: dict[str, list[Goods]] = defaultdict(list)
    for one in goods:
        if one.state == "live" and one.orderable and one.packed_grams and one.stock:
            shelf[one.seller].append(one)
    kept = [seller for seller in sellers if shelf[seller.key]]
    weights = [len(shelf[seller.key]) for seller in kept]
    done: list[Purchase] = []
    count = 0
    while count < ORDERS - transfer_plan.ORDERS:
        buyer = dice.choice(buyers)
        wanted = min(ORDERS - transfer_plan.ORDERS - count, dice.choices((1, 2, 3), (75, 20, 5))[0])
        chosen = list({seller.key: seller for seller in dice.choices(kept, weights, k=wanted)}.values())
        baskets = [(seller, *_basket(shelf[seller.key], seller, buyer, dice)) for seller in chosen]
        baskets = [(seller, way, basket) for seller, way, basket in baskets if basket]
        if not baskets:
            continue
        done.append(_purchase(len(done) + 1, buyer, baskets, dice))
        count += len(baskets)
    return transfer_plan.among(tuple(done)) + transfer_plan.plan(goods, sellers, buyers)


def _basket(shelf: list[Goods], seller: Seller, buyer: Buyer, dice: Random) -> tuple[str, list[_Basket]]:
    """Return how one seller's goods would travel to a buyer, and which; none where nothing can."""
    picked = dice.sample(shelf, min(len(shelf), dice.choices((1, 2, 3, 4), (45, 32, 16, 7))[0]))
    if buyer.province not in BUS_PROVINCES:
        picked = [one for one in picked if one.ship_class in POST]
    way = _way(picked, seller, buyer, dice)
    basket: list[_Basket] = []
    grams = spent = 0
    for one in picked:
        packs = dice.choices((1, 2, 3, 4), (55, 27, 12, 6))[0] if one.price < 600_000 else 1
        weight, cost = (one.packed_grams or 0) * packs, one.price * packs
        if grams + weight <= MOST_GRAMS[way] and spent + cost <= MOST_CARD:
            basket.append(_Basket(one, packs))
            grams, spent = grams + weight, spent + cost
    return way, basket


def _way(picked: list[Goods], seller: Seller, buyer: Buyer, dice: Random) -> str:
    if buyer.commune == seller.commune:
        return "own_delivery"
    if buyer.province == HOME and dice.random() < 0.25:
        return "pickup"
    return "post" if all(one.ship_class in POST for one in picked) else "bus"


def _purchase(number: int, buyer: Buyer, baskets: list[tuple[Seller, str, list[_Basket]]], dice: Random) -> Purchase:
    total = sum(one.goods.price * one.packs for _, _, basket in baskets for one in basket)
    cash = total <= MOST_CASH and dice.random() < 0.72
    ago = timedelta(minutes=round(60 * 24 * 92 * dice.random() ** 1.6) + 20)
    orders = tuple(_order(seller, way, basket, ago, dice) for seller, way, basket in baskets)
    return Purchase(f"b{number:03d}", buyer.key, "cash_on_delivery" if cash else "stripe_checkout", ago, orders)


def _order(seller: Seller, way: str, basket: list[_Basket], ago: timedelta, dice: Random) -> Order:
    steps = _steps(_state(ago, dice), ago, dice)
    state = AFTER[steps[-1].action]
    note = dice.choice(CANCELLED if state == "cancelled" else REFUSED) if state in ("cancelled", "refused") else ""
    lines = tuple((one.goods.key, one.packs) for one in basket)
    return Order(seller.key, lines, way, state, steps, note)


def _state(ago: timedelta, dice: Random) -> str:
    """Return where an order of that age stands: old ones are over, young ones on their way."""
    days = ago / timedelta(days=1)
    if days > 12:
        return dice.choices(("delivered", "refused", "cancelled"), (88, 4, 8))[0]
    if days > 4:
        return dice.choices(("delivered", "handed_over", "packed", "refused", "cancelled"), (44, 34, 8, 4, 10))[0]
    if days > 1:
        return dice.choices(("accepted", "packed", "handed_over", "placed", "cancelled"), (34, 28, 18, 12, 8))[0]
    return dice.choices(("placed", "accepted", "cancelled"), (64, 28, 8))[0]


def _steps(state: str, ago: timedelta, dice: Random) -> tuple[Step, ...]:
    """Return the moves that lead to a state, none in the future; a late one is left out, and with it what follows."""
    if state == "cancelled":
        actions: tuple[str, ...] = ("place", "cancel") if dice.random() < 0.7 else ("place", "accept", "cancel")
    else:
        actions = (*WAY[:4], "refuse") if state == "refused" else WAY[: ENDS[state]]
    steps, left = [Step("place", "buyer", ago)], ago
    for action in actions[1:]:
        left -= timedelta(minutes=round(60 * dice.uniform(*HOURS[action])))
        if left <= timedelta(minutes=5):
            break
        steps.append(Step(action, "buyer" if action == "cancel" else "cooperative", left))
    return tuple(steps)


def held_packs(purchases: tuple[Purchase, ...]) -> Counter[str]:
    """Return packs by product that planned orders still hold: placed, accepted or packed, not yet handed over."""
    held: Counter[str] = Counter()
    for purchase in purchases:
        for order in purchase.orders:
            if order.state in HELD:
                held.update(dict(order.lines))
    return held
