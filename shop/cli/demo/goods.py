"""Which goods the demo sellers offer: packs, prices within the known range, stock, states."""

from random import Random

from products.catalogue import TYPES, UNITS, ProductType
from shop.cli.demo.plan import DemoMarket, PlannedEdit, PlannedProduct, PlannedSeller
from shop.cli.demo.sellers import trade_of
from shop.cli.demo.stories import STORIES
from shop.cli.demo.words import Writer

ON_SALE, OTHERS, WAITING, EDITS = 2000, 52, 28, 12
# Packs that are usual for goods sold by weight or measure: (unit, base units).
PACKS: dict[str, tuple[tuple[str, int], ...]] = {
    "tea": (("goi", 100), ("goi", 200), ("hop", 250), ("goi", 500)),
    "rice_grain": (("tui", 1000), ("tui", 2000), ("tui", 5000), ("bao", 10_000)),
    "vegetable": (("kg", 1000), ("tui", 2000), ("thung", 5000)),
    "fruit": (("kg", 1000), ("thung", 5000), ("tui", 3000)),
    "nut_spice": (("goi", 100), ("goi", 250), ("tui", 500), ("kg", 1000)),
    "medicinal": (("goi", 100), ("goi", 200), ("tui", 500)),
    "honey": (("chai", 330), ("chai", 500), ("chai", 1000)),
    "meat_egg": (("goi", 300), ("goi", 500), ("kg", 1000)),
    "fish": (("goi", 500), ("kg", 1000), ("tui", 2000)),
    "processed": (("goi", 200), ("goi", 500), ("kg", 1000)),
    "beverage": (("chai", 500), ("chai", 750), ("can", 2000)),
}
LOCAL = {
    "Than Uyên": {"03595", "03618", "03637", "03640"},
    "Phong Thổ": {"03549", "03571", "03562", "03583", "03394"},
    "Tân Uyên": {"03598", "03601", "03613", "03616"},
    "Tam Đường": {"03390", "03405", "03424", "03430"},
    "Sìn Hồ": {"03478", "03508", "03517", "03529", "03532"},
    "Bình Lư": {"03390"},
    "Mường Tè": {"03445", "03433", "03466", "03439", "03451"},
    "Sùng Phài": {"03408", "03405"},
    "Sin Suối Hồ": {"03394"},
    "Sì Thâu Chải": {"03390", "03405"},
}
SHELF_DAYS = {"dry": 365, "fresh": 7, "chilled": 3, "liquid": 540, "fragile": 365}


def place_in(goods: ProductType) -> str | None:
    """Return the place a type's own name carries, or None."""
    return next((place for place in LOCAL if place in goods.names["vi"]), None)


def fits(goods: ProductType, seller: PlannedSeller) -> bool:
    """Goods that carry a place in their name come from there only."""
    place = place_in(goods)
    return place is None or seller.commune_code in LOCAL[place]


def add_products(market: DemoMarket, rng: Random) -> None:
    """Add the products: first one of every type, then round the sellers until all are there."""
    writer, used = Writer(rng), set[tuple[int, str, int, str]]()
    states = ["on_sale"] * ON_SALE + ["paused"] * 8 + ["withdrawn"] * 4 + ["draft"] * 20 + ["returned"] * 20
    states += ["submitted"] * WAITING
    tail = states[ON_SALE:]
    rng.shuffle(tail)
    states = states[:ON_SALE] + tail
    queue = _wanted(market, rng, len(states), used)
    for state, (seller, goods, pack) in zip(states, queue, strict=True):
        market.products.append(_product(market, rng, writer, (seller, goods, pack), state))
    for place in rng.sample(range(ON_SALE), EDITS):
        one = market.products[place]
        note = "Đóng túi mới dày hơn, ghi rõ ngày làm."
        market.edits.append(PlannedEdit(place, f"{one.summary} {note}", rounded(one.price * 1.06)))


def _wanted(
    market: DemoMarket, rng: Random, count: int, used: set[tuple[int, str, int, str]]
) -> list[tuple[int, ProductType, tuple[str, int]]]:
    found: list[tuple[int, ProductType, tuple[str, int]]] = []

    def take(seller: int, goods: ProductType) -> bool:
        packs = [pack for pack in packs_of(goods) if (seller, goods.code, pack[1], pack[0]) not in used]
        if not packs:
            return False
        pack = rng.choice(packs)
        used.add((seller, goods.code, pack[1], pack[0]))
        found.append((seller, goods, pack))
        return True

    for goods in TYPES.values():
        able = [number for number, seller in enumerate(market.sellers) if fits(goods, seller)]
        own = [number for number in able if goods.category in trade_of(number)]
        take(rng.choice(own or able), goods)
    while len(found) < count:
        for number, seller in enumerate(market.sellers):
            kinds = [one for one in TYPES.values() if one.category in trade_of(number) and fits(one, seller)]
            if len(found) < count and kinds:
                take(number, rng.choice(kinds))
    rng.shuffle(found)
    return found


def packs_of(goods: ProductType) -> tuple[tuple[str, int], ...]:
    """Return the packs these goods are usually sold in, (unit, base units)."""
    if UNITS[goods.unit].base_unit == "piece" or goods.unit not in {"kg", "lit"}:
        if goods.unit == "qua":
            return (("chuc", 10), ("vi", 30))
        return ((goods.unit, goods.pack_amount),)
    if goods.category == "tea" and goods.ship_class == "fresh":
        return (("kg", 1000), ("tui", 5000))
    return PACKS[goods.category] if goods.unit == "kg" or goods.category != "honey" else PACKS["honey"]


def pack_words(unit: str, amount: int) -> str:
    """Return how sellers write a pack: túi 200 g, chai 500 ml, thùng 5 kg."""
    known = UNITS[unit]
    if known.base_unit == "piece" or known.amount == amount:
        return known.names["vi"] if amount in {1, 1000} else f"{known.names['vi']} {amount}"
    whole = {"g": "kg", "ml": "lít"}[known.base_unit]
    size = f"{amount // 1000} {whole}" if amount % 1000 == 0 else f"{amount} {known.base_unit}"
    return f"{known.names['vi']} {size}"


def price_of(rng: Random, goods: ProductType, amount: int) -> int:
    """Return a price within the known range for this pack; small packs cost a little more by weight."""
    share = 0.12 + 0.55 * rng.random()
    whole = goods.price_low + share * (goods.price_high - goods.price_low)
    if goods.price_high > 8 * goods.price_low:
        whole = goods.price_low * (1 + share)
    extra = 1.06 if amount < goods.pack_amount else 1.0
    return rounded(max(1000, whole * amount / goods.pack_amount * extra))


def rounded(price: float) -> int:
    """Round a price as sellers do: to 500 below 20.000 đồng, 1.000 below 300.000, else 5.000."""
    step = 500 if price < 20_000 else 1000 if price < 300_000 else 5000
    return max(step, round(price / step) * step)


def _product(
    market: DemoMarket, rng: Random, writer: Writer, what: tuple[int, ProductType, tuple[str, int]], state: str
) -> PlannedProduct:
    number, goods, (unit, amount) = what
    seller = market.sellers[number]
    where = {"place": seller.place, "hamlet": seller.hamlet, "who": market.people[seller.manager].name}
    names = (goods.names["vi"], goods.names["en"])
    words = writer.words(goods.code, goods.ship_class, names, where)
    story = next((key for key, one in STORIES.items() if one["type"] == goods.code), "") if state == "on_sale" else ""
    if story and any(other.story_key == story for other in market.products):
        story = ""
    told = STORIES[story] if story else None
    place = "" if place_in(goods) else f" {seller.place}"
    return PlannedProduct(
        seller=number,
        type_code=goods.code,
        name=f"{names[0]}{place} {pack_words(unit, amount)}".replace("  ", " "),
        name_en=f"{names[1]}{f' from {seller.place}' if place else ''}, {_pack_en(unit, amount)}",
        summary=words.summary,
        summary_en=words.summary_en,
        story=_filled(told["vi"], where) if told else words.story,
        story_en=_filled(told["en"], where) if told else words.story_en,
        pack_amount=amount,
        pack_word=unit,
        price=price_of(rng, goods, amount),
        stock=0 if rng.random() < 0.05 else rng.randint(12, 90),
        state=state,
        shelf_life_days=SHELF_DAYS.get(goods.ship_class) if goods.category not in {"craft", "ornamental"} else None,
        days_old=rng.randint(10, 300),
        story_key=story,
    )


def _filled(paragraphs: list[str], where: dict[str, str]) -> str:
    return "\n\n".join(paragraph.format(**where) for paragraph in paragraphs)


def _pack_en(unit: str, amount: int) -> str:
    known = UNITS[unit]
    if known.base_unit == "piece" or known.amount == amount:
        return known.names["en"]
    whole = {"g": "kg", "ml": "l"}[known.base_unit]
    size = f"{amount // 1000} {whole}" if amount % 1000 == 0 else f"{amount} {known.base_unit}"
    return f"{known.names['en']} {size}"
