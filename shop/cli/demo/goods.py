"""Products of the demo: which seller offers what, from where, in which pack and grade, at what price."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from products.catalogue import TYPES, months
from shop.cli.demo.drawing import keys_for
from shop.cli.demo.facts import read
from shop.cli.demo.market_types import Goods, Seller
from shop.cli.demo.packing import Pack, bulk_share, packs_of
from shop.cli.demo.texts import KEPT, Writer

LIVE = 2000
SHARE = {"cooperative": 1.0, "group": 0.75, "household": 0.5}  # how many products a seller of a kind keeps
BY_HAMLET = {"LC-098", "LC-130", "LC-142", "LC-147", "LC-148"}  # their own name already names a place
ONLY_IN = {"vụ xuân": (2, 3, 4), "vụ thu": (8, 9, 10)}  # grades that need the type to be gathered in such months
LONGEST_NAME = 120  # products.fields.LONGEST


@dataclass(frozen=True)
class Offer:
    """One thing a seller could list."""

    seller: Seller
    pack: Pack
    place: str
    grade: tuple[str, str, float]  # Vietnamese, English, share of the price band it adds

    @property
    def said(self) -> dict[str, Any]:
        said: dict[str, Any] = read("types")["types"][self.pack.type_code]
        return said

    @property
    def name(self) -> str:
        """The name as sellers write it: type, place, grade, pack."""
        place = self._place(self.seller.hamlet)
        pack = "" if self.pack.measure == 1 else self.pack.vi
        return " ".join(part for part in (self.said["vi"], place, self.grade[0], pack) if part)

    def _place(self, hamlet: str) -> str:
        """Return the place in a name: the hamlet where the type's name holds a commune, nothing where it holds both."""
        if self.pack.type_code not in BY_HAMLET:
            return self.place
        return "" if self.seller.hamlet.removeprefix("bản ") in self.said["vi"] else hamlet

    @property
    def name_en(self) -> str:
        place = self._place(self.seller.hamlet_en)
        pack = "" if self.pack.measure == 1 else self.pack.en
        service = self.pack.known.ship_class == "service"
        whose = f", {place}" if place and service else f" from {place}" if place else ""
        return ", ".join(part for part in (f"{self.said['en']}{whose}", self.grade[1], pack) if part)


def offers(sellers: tuple[Seller, ...], dice: Random) -> Iterator[Offer]:
    """Yield what sellers list, the least served type of a seller next; names never repeat."""
    rows = {row["key"]: row for row in read("sellers")["sellers"]}
    queue: list[tuple[float, int, list[Offer], float]] = []
    for seller in sellers:
        listed: list[str] = rows[seller.key]["types"] if seller.state == "active" else []
        for type_code in dict.fromkeys(listed):
            weight = SHARE[seller.kind] * listed.count(type_code)
            possible = _possible(seller, type_code, dice)
            heapq.heappush(queue, (dice.random() / weight, len(queue), possible, weight))
    seen: set[str] = set()
    while queue:
        turn, number, possible, weight = heapq.heappop(queue)
        offer = next((one for one in possible if one.name not in seen and len(one.name) <= LONGEST_NAME), None)
        if offer is None:
            continue
        possible.remove(offer)
        seen.add(offer.name)
        heapq.heappush(queue, (turn + 1 / weight, number, possible, weight))
        yield offer


def _possible(seller: Seller, type_code: str, dice: Random) -> list[Offer]:
    """Return every offer of a type, plain grades and the first place more likely first."""
    variants = read("phrases")["variants"]
    grades = variants.get(type_code) or variants[TYPES[type_code].category]
    gathered = months(TYPES[type_code].season_months) or range(1, 13)
    packs = packs_of(type_code, read("types")["types"][type_code]["packs"])
    found = [
        (dice.random() + bool(grade[0]) * 0.35 + rank * 0.15, Offer(seller, pack, place, tuple(grade)))
        for rank, place in enumerate(seller.places)
        for pack in packs
        for grade in grades
        if any(month in gathered for month in ONLY_IN.get(grade[0], gathered))
    ]
    return [offer for _, offer in sorted(found, key=lambda pair: pair[0])]


class Lister:
    """Turns offers into products."""

    def __init__(self, dice: Random, month: int) -> None:
        self._dice, self._month = dice, month
        self._writer = Writer(dice)
        self._ease: dict[tuple[str, str], float] = {}  # each seller's own level of price for a type
        self._count = 0

    def listed(self, offer: Offer, state: str = "live") -> Goods:
        """Return the product of an offer, with fresh words."""
        words = self._writer.write(offer.seller, offer.pack, offer.place, offer.grade[:2])
        return self._goods(
            offer.seller, offer.pack, state, self._price(offer), name=offer.name, name_en=offer.name_en,
            summary=words.summary, summary_en=words.summary_en, story=words.story, story_en=words.story_en,
            photos=keys_for(offer.pack.type_code),
        )  # fmt: skip

    def told(self, story: dict[str, Any], seller: Seller) -> Goods:
        """Return one of the twelve products told in full."""
        pack = packs_of(story["type"], [story["pack"]])[0]
        words = {part: story[part] for part in ("name", "name_en", "summary", "summary_en", "story", "story_en")}
        photos = keys_for(story["type"], story["key"])
        return self._goods(seller, pack, "live", story["price"], told_in_full=True, photos=photos, **words)

    def _price(self, offer: Offer) -> int:
        key = (offer.seller.key, offer.pack.type_code)
        ease = self._ease.setdefault(key, min(0.75, max(0.12, self._dice.gauss(0.38, 0.13))))
        packs = packs_of(offer.pack.type_code, offer.said["packs"])
        return offer.pack.price(ease + offer.grade[2] + bulk_share(offer.pack, packs, self._dice))

    def _goods(self, seller: Seller, pack: Pack, state: str, price: int, **words: Any) -> Goods:
        self._count += 1
        said = read("types")["types"][pack.type_code]
        storage, storage_en = read("phrases")["keep"][said["keep"]]
        return Goods(
            key=f"p{self._count:04d}",
            seller=seller.key,
            type_code=pack.type_code,
            category=pack.known.category,
            storage=storage,
            storage_en=storage_en,
            unit=pack.unit,
            pack_amount=pack.amount,
            price=price,
            stock=self._stock(pack, price),
            held=0,
            season_months=pack.known.season_months,
            ship_class=pack.known.ship_class,
            orderable=pack.known.orderable,
            net_grams=pack.net_grams,
            packed_grams=pack.packed_grams,
            size_cm=pack.size_cm,
            shelf_life_days=said["days"] or None,
            state=state,
            age=timedelta(days=self._dice.randint(8, 115), minutes=self._dice.randrange(1440)),
            **words,
        )

    def _stock(self, pack: Pack, price: int) -> int:
        """Return free packs: less of what is dear, none of fresh goods out of season, now and then sold out."""
        gathered = months(pack.known.season_months)
        if gathered and pack.known.ship_class not in KEPT and self._month not in gathered:
            return 0
        if self._dice.random() < 0.03:
            return 0
        most = 120 if price < 100_000 else 60 if price < 400_000 else 24 if price < 1_500_000 else 6
        return self._dice.randint(max(1, most // 8), most)
