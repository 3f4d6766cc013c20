"""What the demo market holds, as plain data: made from a seed, written by shop.cli.demo.market."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PlannedPerson:
    """Somebody with a sign-in phone (E.164)."""

    name: str
    phone: str
    role: str  # manager, member, officer, helper, admin, buyer
    communes: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlannedSeller:
    """A cooperative, group or household; `manager` and `members` are places in the list of people."""

    name: str
    kind: str
    commune_code: str
    place: str  # commune without its kind: Bình Lư
    hamlet: str
    people: str  # whose weave stands in the band
    manager: int
    members: tuple[int, ...]
    story: str
    story_en: str


@dataclass(frozen=True)
class PlannedProduct:
    """One product: pack in base units, price in đồng, words in two languages."""

    seller: int
    type_code: str
    name: str
    name_en: str
    summary: str
    summary_en: str
    story: str
    story_en: str
    pack_amount: int
    pack_word: str
    price: int
    stock: int
    state: str  # on_sale, paused, withdrawn, draft, submitted, returned
    shelf_life_days: int | None
    days_old: int
    story_key: str = ""  # own photographs


@dataclass(frozen=True)
class PlannedEdit:
    """A change of a live product that waits for the officer."""

    product: int
    summary: str
    price: int


@dataclass(frozen=True)
class PlannedOrder:
    """What one cooperative sends: (product, packs) and where it stands."""

    lines: tuple[tuple[int, int], ...]
    state: str


@dataclass(frozen=True)
class PlannedPurchase:
    """One checkout of a buyer (a place in the list of people, or None for a guest)."""

    buyer: int | None
    name: str
    phone: str
    province_code: str
    commune_code: str
    line: str
    method: str  # cash_on_delivery or stripe_checkout
    days_ago: int
    orders: tuple[PlannedOrder, ...]


@dataclass
class DemoMarket:
    """All of it; places in the lists are the references."""

    people: list[PlannedPerson] = field(default_factory=list)
    sellers: list[PlannedSeller] = field(default_factory=list)
    products: list[PlannedProduct] = field(default_factory=list)
    edits: list[PlannedEdit] = field(default_factory=list)
    purchases: list[PlannedPurchase] = field(default_factory=list)
