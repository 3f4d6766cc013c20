"""The rooms whose sweeps are run and whose checks are recounted."""

from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec

ROOMS = (
    "shop.core.kept",
    "shop.audit",
    "shop.places",
    "shop.accounts",
    "shop.accounts.factor",
    "shop.notices",
    "shop.notices.push",
    "shop.notices.renewal",
    "shop.ledger",
    "cooperatives",
    "cooperatives.photos",
    "cooperatives.dispatch",
    "cooperatives.bank",
    "cooperatives.papers",
    "cooperatives.requirements",
    "cooperatives.certificates",
    "products",
    "products.photos",
    "products.stock",
    "products.sales",
    "products.counts",
    "products.drafts",
    "products.edits",
    "products.uploads",
    "products.voices",
    "products.queue",
    "products.texts",
    "products.review",
    "products.automatic",
    "products.seconds",
    "products.search",
    "products.certificates",
    "products.waiting",
    "shop.cart",
    "shop.orders",
    "shop.orders.confirming",
    "shop.orders.talks",
    "shop.orders.parcels",
    "shop.orders.gifts",
    "shop.orders.changes",
    "shop.orders.redemptions",
    "shop.payments",
    "shop.payments.changing",
    "shop.payments.transfers",
    "shop.payments.disputes",
    "shop.payments.passing",
    "shop.payments.reconciling",
    "shop.payments.takings",
    "shop.payments.books",
    "shop.ratings",
    "shop.ratings.photos",
    "shop.ratings.reports",
    "shop.ratings.invitations",
    "shop.marketplaces",
    "shop.privacy",
    "shop.privacy.news",
    "shop.desk.calls",
    "shop.desk.closing",
)
Sweep = Callable[[], int]
Check = Callable[[], Iterable[str]]


def _collected(module: str, names: str) -> list[tuple[str, Callable[[], object]]]:
    found: list[tuple[str, Callable[[], object]]] = []
    for room in ROOMS:
        if find_spec(f"{room}.{module}"):
            loaded = import_module(f"{room}.{module}")
            found += [(f"{room}.{one.__name__}", one) for one in getattr(loaded, names, ())]
    return found


def sweeps() -> list[tuple[str, Sweep]]:
    """Return (name, sweep) of every room: idempotent functions that do what is due and say how much."""
    return _collected("tasks", "SWEEPS")  # type: ignore[return-value]


def prompt() -> list[tuple[str, Sweep]]:
    """Return (name, sweep) of those that cannot wait until another room's slow one is done."""
    return _collected("tasks", "PROMPT")  # type: ignore[return-value]


def checks() -> list[tuple[str, Check]]:
    """Return (name, check) of every room: functions that yield a sentence for each violation."""
    return _collected("checks", "CHECKS")  # type: ignore[return-value]
