"""What a parcel costs and when it arrives."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from shop.core.i18n import known
from shop.shipping.methods import PICKUP, STEPS, methods, regions


class Place(Protocol):
    """A commune, as far as carriers count from it."""

    @property
    def code(self) -> str:
        """Its five digits."""
        ...

    @property
    def province_code(self) -> str:
        """The two digits of its province."""
        ...


class Quote(NamedTuple):
    """One way to send a parcel: đồng, and the days after the parcel was sent on which it may arrive."""

    method: str
    name: str
    cost: int
    days_from: int
    days_to: int


def zone(from_commune: Place, to_province: str, to_commune: str | None) -> str:
    """Return the zone between a seller's commune and a buyer's province (and commune, where it is known)."""
    if to_commune == from_commune.code:
        return "same_commune"
    if to_province == from_commune.province_code:
        return "same_province"
    known_regions = regions()
    return STEPS[abs(known_regions[from_commune.province_code] - known_regions[to_province])]


def quote(  # noqa: PLR0917 - where from, where to, what: each is needed
    from_commune: Place,
    to_province: str,
    to_commune: str | None,
    grams: int,
    ship_classes: Iterable[str],
    lang: str,
) -> list[Quote]:
    """Return the ways to send `grams` of goods of these classes, the cheapest first, fetching it last.

    The first one is what a buyer gets who chooses nothing; an empty list means that these goods cannot go
    there. Costs and days are estimates of shop/shipping/data/methods.json. An unknown province has no way.
    """
    if to_province not in regions():
        return []
    crossed, carried = zone(from_commune, to_province, to_commune), set(ship_classes)
    found = [
        (method.kind == PICKUP, method.rates[crossed], method)
        for method in methods().values()
        if crossed in method.rates and grams <= method.most_grams and carried <= method.ship_classes
    ]
    found.sort(key=lambda way: (way[0], way[1].cost(grams)))
    return [
        Quote(method.code, method.names[known(lang)], rate.cost(grams), rate.days_from, rate.days_to)
        for _is_pickup, rate, method in found
    ]
