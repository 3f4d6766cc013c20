"""How far goods travel to a door: which ship classes go into a province, and how heavy a parcel may be."""

from functools import cache
from typing import NamedTuple

from shop.shipping.methods import PICKUP, methods, regions
from shop.shipping.rates import zone


class _Somewhere(NamedTuple):
    province_code: str
    code: str = ""  # no commune: what only goes to the seller's own is not promised to a whole province


@cache
def limits() -> tuple[int, ...]:
    """Return the weights in grams at which some way to the door ends, the lightest first."""
    return tuple(sorted({one.most_grams for one in methods().values() if one.kind != PICKUP}))


def reach(from_province: str, to_province: str) -> dict[str, int]:
    """Return {ship class: the most grams that are brought to a door of a province}; {} for an unknown province."""
    known = from_province in regions() and to_province in regions()
    return _within(zone(_Somewhere(from_province), to_province, None)) if known else {}


@cache
def _within(crossed: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for method in methods().values():
        if method.kind != PICKUP and crossed in method.rates:
            for ship_class in method.ship_classes:
                found[ship_class] = max(found.get(ship_class, 0), method.most_grams)
    return found
