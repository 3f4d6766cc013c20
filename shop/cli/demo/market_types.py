"""The demo market as plain data: what `shop.cli.demo.catalogue.make` returns. No field points at a database."""

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True)
class Person:
    """Someone with a telephone; `key` is unique in the market."""

    key: str
    name: str
    phone: str  # E.164, from the invented block +84 912 000 xxx
    language: str = "vi"
    communes: tuple[str, ...] = ()  # an officer's communes; a helper's one


@dataclass(frozen=True)
class Buyer(Person):
    """Someone who orders, with an address of today's two levels."""

    province: str = ""
    commune: str = ""
    line: str = ""  # house, street or hamlet


@dataclass(frozen=True)
class Seller:
    """A cooperative, a household group or a household."""

    key: str
    kind: str  # cooperative, group, household
    name: str
    name_en: str
    commune: str
    hamlet: str
    hamlet_en: str
    places: tuple[str, ...]  # old and new commune names their goods are known by
    people: str  # Mông, Dao, Thái …
    story: str
    story_en: str
    band: tuple[str, ...]  # four colours "#rrggbb": ground and three threads
    state: str  # active, submitted, returned
    manager: Person
    members: tuple[Person, ...]
    bank_bin: str
    bank_number: str
    bank_holder: str  # as a bank writes it
    age: timedelta  # since they applied
    officer: str  # key of the officer of their commune


@dataclass(frozen=True)
class Return:
    """Why an officer sent a revision back: a field and a rule of products.issues, and own words."""

    field: str
    rule: str
    note: str


@dataclass(frozen=True)
class Edit:
    """A second revision of a live product, open beside it."""

    state: str  # draft, submitted, returned
    age: timedelta
    price: int  # đồng proposed
    summary: str
    story: str
    returned: Return | None = None


@dataclass(frozen=True)
class Goods:
    """A product with its one pack, its words and where it stands."""

    key: str  # "p0001" …; unique
    seller: str  # key
    type_code: str
    category: str
    name: str
    name_en: str
    summary: str
    summary_en: str
    story: str
    story_en: str
    storage: str
    storage_en: str
    unit: str  # code of products/data/units.json
    pack_amount: int  # base units of that unit: g, ml or pieces
    price: int  # đồng a pack
    stock: int  # whole packs free to sell, after every planned order
    held: int  # packs promised to planned orders not yet handed over
    season_months: int  # bit 0 = January …; 0: all year
    ship_class: str
    orderable: bool  # False: alcohol, live animals, services; buyers call
    net_grams: int | None
    packed_grams: int | None
    size_cm: tuple[int, int, int] | None  # length, width, height of the parcel
    shelf_life_days: int | None
    photos: tuple[str, ...]  # keys of shop.cli.demo.drawing.masters
    state: str  # live, paused, draft, submitted, returned
    age: timedelta  # since it was written
    told_in_full: bool = False
    returned: Return | None = None
    edit: Edit | None = None

    @property
    def weighed_within(self) -> int | None:
        """Percent: a whole fresh fish is weighed when packed; None: sold as it is."""
        return 10 if self.unit == "con" and self.orderable else None

    @property
    def weights(self) -> dict[str, int | None]:
        """What a revision says about weight."""
        return {name: getattr(self, name) for name in ("net_grams", "packed_grams", "weighed_within")}


@dataclass(frozen=True)
class Step:
    """One move of an order by the table of shop.orders.lifecycle, and who made it."""

    action: str  # place, accept, pack, hand_over, deliver, refuse, cancel
    by: str  # buyer, cooperative, system
    ago: timedelta


@dataclass(frozen=True)
class Order:
    """What one seller sends of a purchase."""

    seller: str
    lines: tuple[tuple[str, int], ...]  # key of the goods, packs
    ship_method: str  # code of shop/shipping/data/methods.json
    state: str
    steps: tuple[Step, ...]
    note: str = ""  # why it was cancelled or refused


@dataclass(frozen=True)
class Purchase:
    """One checkout: one method, one order per seller."""

    key: str
    buyer: str
    method: str  # cash_on_delivery, stripe_checkout, bank_qr
    ago: timedelta
    orders: tuple[Order, ...]
    story: str = ""  # of a transfer: how it went (shop.cli.demo.transfer_plan)


@dataclass(frozen=True)
class DemoMarket:
    """Everything the demo holds."""

    seed: int
    month: int  # 1 … 12: goods out of season then are sold out
    admin: Person
    officers: tuple[Person, ...]
    helpers: tuple[Person, ...]
    buyers: tuple[Buyer, ...]
    sellers: tuple[Seller, ...]
    goods: tuple[Goods, ...]
    purchases: tuple[Purchase, ...] = field(default=())

    @property
    def live(self) -> tuple[Goods, ...]:
        """The goods buyers see."""
        return tuple(one for one in self.goods if one.state == "live")

    @property
    def orders(self) -> tuple[Order, ...]:
        """Every order of every purchase."""
        return tuple(order for purchase in self.purchases for order in purchase.orders)
