"""Who ordered what in the demo market: 500 orders in every state."""

from random import Random

from products.catalogue import TYPES
from shop.cli.demo.plan import DemoMarket, PlannedOrder, PlannedPurchase
from shop.cli.demo.sellers import PEOPLE, Phones

ORDERS = 500
STATES = (
    ("delivered", 300),
    ("handed_over", 50),
    ("packed", 25),
    ("accepted", 30),
    ("placed", 45),
    ("cancelled", 30),
    ("refused", 20),
)
MOST_CASH = 4_500_000  # đồng an order: under the market's own ceiling, with delivery
MOST_CARD = 12_000_000
AGE = {"placed": (0, 1), "accepted": (0, 2), "packed": (0, 3), "handed_over": (1, 5)}


def add_purchases(market: DemoMarket, rng: Random, phones: Phones) -> None:
    """Add purchases until there are 500 orders; a quarter of the purchases goes to two sellers."""
    states = [state for state, count in STATES for _one in range(count)]
    rng.shuffle(states)
    shelves = _shelves(market)
    buyers = [number for number, person in enumerate(market.people) if person.role == "buyer"]
    left = {place: product.stock for place, product in enumerate(market.products)}
    while states:
        state = states.pop()
        sellers = rng.sample(sorted(shelves), 2 if states and rng.random() < 0.25 else 1)
        orders = []
        for seller in sellers:
            lines = _lines(market, rng, shelves[seller], left, state)
            if lines:
                orders.append(PlannedOrder(lines, state))
                if len(orders) > 1:
                    states.remove(state) if state in states else states.pop()
        if not orders:
            states.append(state)
            continue
        buyer = rng.choice(buyers) if rng.random() < 0.5 else None
        market.purchases.append(_purchase(market, rng, phones, buyer, state, tuple(orders)))


def _shelves(market: DemoMarket) -> dict[int, list[int]]:
    shelves: dict[int, list[int]] = {}
    for place, product in enumerate(market.products):
        if product.state == "on_sale" and product.stock and TYPES[product.type_code].orderable:
            shelves.setdefault(product.seller, []).append(place)
    return shelves


def _lines(
    market: DemoMarket, rng: Random, shelf: list[int], left: dict[int, int], state: str
) -> tuple[tuple[int, int], ...]:
    cheap = [place for place in shelf if market.products[place].price <= 900_000 and left[place] >= 3]
    lines = []
    for place in rng.sample(cheap, min(len(cheap), rng.choice((1, 1, 1, 2, 2, 3)))):
        packs = rng.choice((1, 1, 2, 2, 3))
        lines.append((place, packs))
        if state not in {"cancelled", "refused"}:
            left[place] -= packs
    return tuple(sorted(lines))


def _purchase(  # noqa: PLR0917 - the parts of a row
    market: DemoMarket, rng: Random, phones: Phones, buyer: int | None, state: str, orders: tuple[PlannedOrder, ...]
) -> PlannedPurchase:
    name = market.people[buyer].name if buyer is not None else rng.choice(PEOPLE["buyers"])
    province, commune = rng.choice(PEOPLE["places_of_buyers"])
    goods = sum(market.products[place].price * packs for order in orders for place, packs in order.lines)
    card = rng.random() < 0.3 and 50_000 < goods < MOST_CARD and state != "refused"
    low, high = AGE.get(state, (6, 120))
    return PlannedPurchase(
        buyer=buyer,
        name=name,
        phone=market.people[buyer].phone if buyer is not None else phones.next(),
        province_code=province,
        commune_code=commune,
        line=rng.choice(PEOPLE["lines_of_buyers"]),
        method="stripe_checkout" if card else "cash_on_delivery",
        days_ago=rng.randint(low, high),
        orders=orders,
    )
