"""A cart as its buyer sees it: one parcel per cooperative, what each costs to send, what must be mended."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from cooperatives.dispatch.calendar import Calendar
from products.packs import ANY_NUMBER, Steps
from products.views import PlaceView
from products.weighing import Weighed
from shop.shipping.rates import Quote, quote

USUAL = Calendar()  # of a seller who has said nothing


class Problem(StrEnum):
    """Why a line cannot be ordered as it stands."""

    GONE = "gone"  # no longer public
    CALL = "call"  # alcohol, live animals, services: the buyer calls the seller
    SEASON_OVER = "season_over"  # the seller said that there is none until the next
    SOLD_OUT = "sold_out"
    OVER_STOCK = "over_stock"
    UNEVEN = "uneven"  # fewer than the seller sends at once, or between two steps
    PRICE_CHANGED = "price_changed"


class Seller(NamedTuple):
    """Whom a parcel comes from."""

    id: int
    code: str
    slug: str
    name: str
    phone: str  # E.164
    commune: PlaceView


@dataclass(frozen=True)
class Line:
    """So many packs of one SKU as they stand now; money in đồng, weight in grams."""

    sku_id: int
    sku_code: str
    name: str
    quantity: int
    price: int
    price_seen: int
    free: int  # packs that may still be promised
    usual: int = 0  # in a sale: the price it returns to
    orderable: bool = True
    gone: bool = False
    season_over: bool = False
    name_lang: str = "vi"
    product_code: str = ""
    slug: str = ""
    revision_id: int = 0
    pack_amount: int = 1
    pack_word: str = ""
    ship_class: str = "dry"
    pack_grams: int = 0
    steps: Steps = ANY_NUMBER
    weighed: Weighed | None = None  # when it is packed; None: sold as it is
    photo: tuple[str, int, int] | None = None  # digest, width, height
    seller: Seller | None = None

    @property
    def total(self) -> int:
        """Đồng for all packs at the present price."""
        return self.price * self.quantity

    @property
    def grams(self) -> int:
        """What all packs weigh for the carrier."""
        return self.pack_grams * self.quantity

    @property
    def most(self) -> int:
        """The most packs that may be ordered now, 0 for none."""
        return self.steps.within(self.free)

    @property
    def fitting(self) -> int:
        """The packs that may be ordered instead: as many or the next number above, else the most there are."""
        return self.steps.near(self.quantity, self.free)

    @property
    def problems(self) -> list[Problem]:
        """What must be mended before this line can be ordered, the gravest first."""
        if self.gone or not self.orderable:
            return [Problem.GONE if self.gone else Problem.CALL]
        if self.season_over:
            return [Problem.SEASON_OVER]
        found = []
        if self.free < self.quantity:
            found.append(Problem.OVER_STOCK if self.most else Problem.SOLD_OUT)
        elif not self.steps.fit(self.quantity):
            found.append(Problem.UNEVEN if self.most else Problem.SOLD_OUT)
        if self.price != self.price_seen:
            found.append(Problem.PRICE_CHANGED)
        return found


@dataclass(frozen=True)
class Parcel:
    """What one cooperative would send, and the ways to send it."""

    seller: Seller
    lines: list[Line]
    ways: list[Quote] = field(default_factory=list)
    way: Quote | None = None  # the chosen one, else the cheapest that comes to the door
    asked: bool = False  # a province is known, so no way means: cannot be sent there
    calendar: Calendar = USUAL
    discount: int = 0  # what vouchers take off the goods

    @property
    def goods_total(self) -> int:
        """Đồng for the goods."""
        return sum(line.total for line in self.lines)

    @property
    def delivery_cost(self) -> int:
        """Đồng for the way, 0 while none is known."""
        return self.way.cost if self.way else 0

    @property
    def total(self) -> int:
        """Đồng for goods and way, less what vouchers take off."""
        return self.goods_total + self.delivery_cost - self.discount

    def days(self, ordered: datetime) -> tuple[int, int]:
        """After how many days the parcel arrives, at least and at most: the days until it is sent, then the way's."""
        wait = self.calendar.wait(ordered)
        first, last = (self.way.days_from, self.way.days_to) if self.way else (0, 0)
        return max(1, wait + first), max(1, wait + last)

    @property
    def grams(self) -> int:
        """What the parcel weighs."""
        return sum(line.grams for line in self.lines)

    @property
    def cannot_be_sent(self) -> bool:
        """True where no method carries these goods to the chosen place."""
        return self.asked and self.way is None


@dataclass(frozen=True)
class CartView:
    """The whole cart: parcels, and lines that are no longer sold."""

    parcels: list[Parcel]
    gone: list[Line]
    asked: bool = False
    vouchers: Sequence[Any] = ()  # shop.cart.discounts.Used

    @property
    def lines(self) -> list[Line]:
        """Every line, those no longer sold last."""
        return [line for parcel in self.parcels for line in parcel.lines] + self.gone

    @property
    def goods_total(self) -> int:
        """Đồng for all goods that can still be bought."""
        return sum(parcel.goods_total for parcel in self.parcels)

    @property
    def delivery_total(self) -> int:
        """Đồng for all ways."""
        return sum(parcel.delivery_cost for parcel in self.parcels)

    @property
    def discount_total(self) -> int:
        """Đồng that vouchers take off."""
        return sum(parcel.discount for parcel in self.parcels)

    @property
    def total(self) -> int:
        """Đồng for everything."""
        return self.goods_total + self.delivery_total - self.discount_total

    @property
    def faulty(self) -> list[Line]:
        """The lines with something to mend, in the order of the page."""
        return [line for line in self.lines if line.problems]

    @property
    def weighed(self) -> bool:
        """True where the sum follows the scales when it is packed."""
        return any(line.weighed for line in self.lines)

    @property
    def unsendable(self) -> list[Parcel]:
        """The parcels that no method carries to the chosen place."""
        return [parcel for parcel in self.parcels if parcel.cannot_be_sent]

    def to(self, province: str, commune: str | None, lang: str) -> "CartView":
        """Return the same cart as it would be sent to another place, each parcel by its cheapest way."""
        calendars = {parcel.seller.id: parcel.calendar for parcel in self.parcels}
        return arrange(self.lines, lang, (province, commune), {}, calendars)

    @property
    def ready(self) -> bool:
        """True where there is something to order and nothing to mend."""
        return bool(self.parcels) and not self.faulty and not self.unsendable


def arrange(
    lines: Iterable[Line],
    lang: str,
    to: tuple[str | None, str | None],
    chosen: Mapping[str, str],
    calendars: Mapping[int, Calendar],
) -> CartView:
    """Sort lines into parcels and quote each to a province and commune.

    `chosen` maps a cooperative's code to a ship method, `calendars` its id to when it sends.
    """
    found = list(lines)
    sellers = {line.seller.id: line.seller for line in found if line.seller is not None and not line.gone}
    parcels = []
    for seller in sellers.values():
        mine = [line for line in found if not line.gone and line.seller == seller]
        ways = _ways(seller, mine, lang, *to)
        way = next((way for way in ways if way.method == chosen.get(seller.code)), ways[0] if ways else None)
        calendar = calendars.get(seller.id, USUAL)
        parcels.append(Parcel(seller, mine, ways, way, asked=to[0] is not None, calendar=calendar))
    return CartView(parcels, [line for line in found if line.gone], asked=to[0] is not None)


def _ways(seller: Seller, lines: list[Line], lang: str, province: str | None, commune: str | None) -> list[Quote]:
    if province is None:
        return []
    grams = sum(line.grams for line in lines)
    return quote(seller.commune, province, commune, grams, {line.ship_class for line in lines}, lang)
