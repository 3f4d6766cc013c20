"""The pages that the gates look at: whose they are, where they are, what they may weigh."""

from typing import NamedTuple

from tests.gates import helping, rated, sellers, staff, visitors
from tests.gates.made import made
from tests.server import Market


class Budget(NamedTuple):
    """Bytes on the wire (br, 1 KB = 1000) and requests of a first visit, as ux.md 2.1 has them."""

    html: int
    css: int
    js: int
    requests: int


class Shown(NamedTuple):
    """A page: its name, whose eyes see it, its address."""

    name: str
    who: str  # "visitor", "buyer" (a visitor with a cart) or somebody of the cast
    path: str


BUDGETS = {
    "home": Budget(12_000, 10_000, 4_000, 14),
    "category": Budget(14_000, 10_000, 4_000, 14),
    "search": Budget(14_000, 10_000, 4_000, 14),
    "product": Budget(10_000, 10_000, 4_000, 9),
    "cart": Budget(9_000, 10_000, 4_000, 8),
    "details": Budget(9_000, 10_000, 4_000, 8),
    "confirmation": Budget(9_000, 10_000, 4_000, 8),
    "tracking": Budget(9_000, 10_000, 4_000, 8),
    "transfer": Budget(9_000, 10_000, 4_000, 8),
    "today": Budget(10_000, 10_000, 6_000, 8),
    "orders": Budget(10_000, 10_000, 6_000, 8),
    "form": Budget(12_000, 10_000, 12_000, 12),  # requests as decisions on static files have them: modules stay apart
    "queue": Budget(18_000, 10_000, 8_000, 20),
    "review": Budget(16_000, 10_000, 8_000, 12),
}
IN_EVERY_LANGUAGE = ("home", "product", "cart", "form", "review")
PAGES = visitors.PAGES | sellers.PAGES | helping.PAGES | staff.PAGES | rated.PAGES
NAMES = sorted(PAGES)


def pages_of(market: Market) -> dict[str, Shown]:
    """Everything worth looking at; what the addresses name is made for it."""
    names = made(market)
    return {name: Shown(name, who, path.format(**names)) for name, (who, path) in PAGES.items()}
