"""The pages that the gates look at: whose they are, where they are."""

from typing import NamedTuple

from tests.gates import helping, rated, sellers, staff, visitors
from tests.gates.made import made
from tests.server import Market


class Shown(NamedTuple):
    """A page: its name, whose eyes see it, its address."""

    name: str
    who: str  # "visitor", "buyer" (a visitor with a cart) or somebody of the cast
    path: str


IN_EVERY_LANGUAGE = ("home", "product", "cart", "form", "review")
PAGES = visitors.PAGES | sellers.PAGES | helping.PAGES | staff.PAGES | rated.PAGES
NAMES = sorted(PAGES)
OF_THE_PUBLIC = [name for name in NAMES if PAGES[name][0] in {"visitor", "buyer"}]


def pages_of(market: Market) -> dict[str, Shown]:
    """Everything worth looking at; what the addresses name is made for it."""
    names = made(market)
    return {name: Shown(name, who, path.format(**names)) for name, (who, path) in PAGES.items()}
