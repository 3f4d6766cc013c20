"""Who sells in the demo market: people and sellers in every commune of the province."""

import json
from pathlib import Path
from random import Random

from shop.cli.demo.plan import DemoMarket, PlannedPerson, PlannedSeller

_DATA = Path(__file__).parent / "data"
PEOPLE = json.loads((_DATA / "plan_people.json").read_text(encoding="utf-8"))
PLACES = json.loads((_DATA / "places.json").read_text(encoding="utf-8"))
COMMUNES: list[tuple[str, str, str]] = [tuple(row) for row in PLACES["communes"]]
HAMLETS: list[str] = PLACES["hamlets"]
TRADES: dict[str, tuple[str, ...]] = {name: tuple(kinds) for name, kinds in PLACES["trades"].items()}
KIND_NAMES = {"cooperative": "Hợp tác xã", "group": "Tổ hợp tác", "household": "Hộ"}
SELLERS = 66
OFFICERS = 13
FIRST_PHONE = 912_000_200  # a block nobody of the cast or of the tests has


def a_name(rng: Random, people: str, woman: bool | None = None) -> str:
    """Return a name as that people gives it."""
    known = PEOPLE[people]
    given = known["women" if (rng.random() < 0.55 if woman is None else woman) else "men"]
    return f"{rng.choice(known['last'])} {rng.choice(given)}"


class Phones:
    """Hands out numbers of the block, each once."""

    def __init__(self) -> None:
        self.given = 0

    def next(self) -> str:
        """Return the next number, E.164."""
        self.given += 1
        return f"+84{FIRST_PHONE + self.given}"


def add_sellers(market: DemoMarket, rng: Random, phones: Phones) -> None:
    """Add sellers so that every commune has one, with a manager and up to three members each."""
    places = [*COMMUNES, *rng.sample(COMMUNES, SELLERS - len(COMMUNES))]
    used: set[str] = set()
    for number, (code, place, people) in enumerate(places):
        kind = ("cooperative", "household", "group", "cooperative", "household")[number % 5]
        trade = list(TRADES)[number % len(TRADES)]
        hamlet = f"tổ {rng.randint(1, 9)}" if people == "kinh" else f"bản {rng.choice(HAMLETS)}"
        manager = _person(market, a_name(rng, people), phones, "manager")
        count = 0 if kind == "household" else rng.randint(1, 3)
        members = tuple(_person(market, a_name(rng, people), phones, "member") for _one in range(count))
        name = _seller_name(kind, trade, place, hamlet, market.people[manager].name, used)
        used.add(name)
        story, story_en = _story(rng, name, hamlet, place, market.people[manager].name)
        market.sellers.append(PlannedSeller(name, kind, code, place, hamlet, people, manager, members, story, story_en))


def trade_of(number: int) -> tuple[str, ...]:
    """Return the categories the seller at this place deals in."""
    return TRADES[list(TRADES)[number % len(TRADES)]]


def _person(market: DemoMarket, name: str, phones: Phones, role: str, communes: tuple[str, ...] = ()) -> int:
    market.people.append(PlannedPerson(name, phones.next(), role, communes))
    return len(market.people) - 1


def _seller_name(kind: str, trade: str, place: str, hamlet: str, manager: str, used: set[str]) -> str:  # noqa: PLR0917 - the parts of a name
    name = f"Hộ {manager}" if kind == "household" else f"{KIND_NAMES[kind]} {trade} {place}"
    return name if name not in used else f"{name} ({hamlet})"


def _story(rng: Random, name: str, hamlet: str, place: str, manager: str) -> tuple[str, str]:
    families = rng.randint(5, 48)
    since = rng.randint(2009, 2023)
    choice = rng.randrange(3)
    vi = (
        f"{name} ở {hamlet}, {place}, bắt đầu bán chung từ năm {since}. {manager} nhận đơn và gọi lại trong ngày.",
        f"Chúng tôi ở {hamlet}, {place}. Năm {since} có {families} nhà cùng góp hàng, cân chung một cái cân.",
        f"{manager} đứng ra gom hàng ở {hamlet}, {place} từ năm {since}. Hàng ít thì nói ít, hết thì báo hết.",
    )
    en = (
        f"{name} in {hamlet}, {place}, has sold together since {since}. {manager} calls back the same day.",
        f"We live in {hamlet}, {place}. In {since}, {families} families began to sell over one pair of scales.",
        f"{manager} has gathered the goods of {hamlet}, {place}, since {since}. What is gone is gone.",
    )
    if name.startswith("Hộ "):
        return (
            f"Nhà {manager} ở {hamlet}, {place}. Bán hàng của nhà từ năm {since}, làm đến đâu bán đến đó.",
            f"The household of {manager} in {hamlet}, {place}, has sold what it makes since {since}.",
        )
    return vi[choice], en[choice]


def add_staff_and_buyers(market: DemoMarket, rng: Random, phones: Phones) -> None:
    """Add officers (three communes each), helpers, an admin and the buyers."""
    codes = [code for code, _place, _people in COMMUNES]
    for number in range(OFFICERS):
        _person(market, a_name(rng, "kinh"), phones, "officer", tuple(codes[number * 3 : number * 3 + 3]))
    for _number in range(4):
        _person(market, a_name(rng, rng.choice(["thai", "mong"])), phones, "helper")
    _person(market, "Phạm Quốc Huy", phones, "admin")
    for name in PEOPLE["buyers"]:
        _person(market, name, phones, "buyer")
