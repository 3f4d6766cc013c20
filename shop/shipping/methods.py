"""The ways a parcel travels and the zones it crosses, read once from the shipped data."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shop.core.i18n import known

DATA = Path(__file__).parent / "data"
STEPS = ("same_region", "next_region", "two_regions", "three_regions")  # by regions between sender and buyer
ZONES = ("same_commune", "same_province", *STEPS)
PICKUP = "pickup"
OWN_HAND = frozenset({"own_delivery", PICKUP})  # the seller meets the buyer: no carrier takes the money


@dataclass(frozen=True)
class Rate:
    """What one zone costs: đồng for the first grams, then for each 500 g begun; days from the sending on."""

    first_grams: int
    base: int
    per_500_grams: int
    days_from: int
    days_to: int

    def cost(self, grams: int) -> int:
        """Return đồng for a parcel of so many grams."""
        further = max(0, grams - self.first_grams)
        return self.base + -(-further // 500) * self.per_500_grams


@dataclass(frozen=True)
class ShipMethod:
    """One way to travel: what it may carry, how heavy, where to and for how much."""

    code: str
    kind: str  # door, or pickup: the buyer comes
    names: Mapping[str, str]
    most_grams: int
    ship_classes: frozenset[str]
    rates: Mapping[str, Rate]


@cache
def methods() -> dict[str, ShipMethod]:
    """Return every method by its code, in the order of the data."""
    found = json.loads((DATA / "methods.json").read_text(encoding="utf-8"))["methods"]
    return {
        row["code"]: ShipMethod(
            code=row["code"],
            kind=row["kind"],
            names=row["name"],
            most_grams=row["most_grams"],
            ship_classes=frozenset(row["ship_classes"]),
            rates={
                zone: Rate(rate["first_grams"], rate["base"], rate["per_500_grams"], *rate["days"])
                for zone, rate in row["rates"].items()
            },
        )
        for row in found
    }


@cache
def regions() -> dict[str, int]:
    """Return province code -> the place of its region in the row from the north-west to the south."""
    rows = json.loads((DATA / "zones.json").read_text(encoding="utf-8"))["regions"]
    return {province: place for place, row in enumerate(rows) for province in row["provinces"]}


def method_name(code: str, lang: str) -> str:
    """Return the method's name in a language; the code itself for one that is no longer in the data."""
    method = methods().get(code)
    return method.names[known(lang)] if method else code
