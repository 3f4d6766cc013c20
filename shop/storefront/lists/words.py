"""The facets of a list in words: fields of its form, the chosen ones as links that take them off, its orders."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from cooperatives.certificates.kinds import KINDS
from products.catalogue import CATEGORIES, category_name
from shop.core.collation import sort_key_vi
from shop.core.i18n import gettext as _
from shop.storefront.lists.asked import (
    CATEGORY,
    CERTIFICATE,
    COMMUNE,
    PRODUCER,
    SEASON,
    SEND_TO,
    price_words,
)
from shop.storefront.lists.facets import PRICE, Facets
from shop.storefront.lists.queries import Narrowed
from shop.storefront.statements import CHEAPEST, DEAREST, NEWEST

Address = Callable[[dict[str, str]], str]


class Option(NamedTuple):
    """One value of a field, and how many goods it leads to."""

    code: str
    label: str
    goods: int


class Field(NamedTuple):
    """A facet that narrows: its values in the order people look for them."""

    name: str
    label: str
    anything: str
    options: list[Option]
    chosen: str


class Chip(NamedTuple):
    """A chosen filter: where it is taken off, and how many goods there are without it."""

    label: str
    url: str
    goods: int


def fields(chosen: Narrowed, lang: str) -> list[Field]:
    """Return the facets with values to choose from: none where no choice changes the list."""
    labels = {
        CATEGORY: (_("Kind of goods"), _("All kinds")),
        COMMUNE: (_("From the commune"), _("All communes")),
        PRODUCER: (_("Seller"), _("All sellers")),
        CERTIFICATE: (_("With a certificate"), _("With or without")),
        SEND_TO: (_("Can be sent to"), _("Anywhere")),
    }
    return [
        Field(name, *labels[name], _options(name, chosen, lang), chosen.asked.chosen.get(name, ""))
        for name in labels
        if _narrows(name, chosen)
    ]


def in_season(chosen: Narrowed) -> Option | None:
    """Return how many goods are in season; None where asking would change nothing."""
    found = chosen.facets.values[SEASON]
    return Option(found[0].code, _("In season now"), found[0].goods) if _narrows(SEASON, chosen) and found else None


def chips(chosen: Narrowed, lang: str, address: Address) -> list[Chip]:
    """Return what was chosen, each with the address of the list without it."""
    asked, facets = chosen.asked, chosen.facets
    found = [
        Chip(_chip(name, value, chosen, lang), address(asked.address(without=name)), facets.without[name])
        for name, value in asked.chosen.items()
    ]
    if asked.priced:
        words = _("Price: %(price)s", price=price_words(asked.least, asked.most))
        found.append(Chip(words, address(asked.address(without=PRICE)), facets.without[PRICE]))
    return found


def orders(chosen: Narrowed, sorts: tuple[str, ...], address: Address) -> list[tuple[str, str, bool]]:
    """Return (words, address, is this one) of each order; the first one is written in no address."""
    words = {
        "": _("Best match first"),
        NEWEST: _("Newest first"),
        CHEAPEST: _("Lowest price first"),
        DEAREST: _("Highest price first"),
    }
    now = chosen.asked.sort or sorts[0]
    return [
        (words[one], address(chosen.asked.address(sort=one if place else "")), one == now)
        for place, one in enumerate(sorts)
    ]


def _chip(name: str, value: str, chosen: Narrowed, lang: str) -> str:
    if name == SEASON:
        return _("In season now")
    label = _label(name, value, chosen, lang)
    return _("Sent to %(place)s", place=label) if name == SEND_TO else label


def _options(name: str, chosen: Narrowed, lang: str) -> list[Option]:
    found = [
        Option(value.code, _label(name, value.code, chosen, lang), value.goods) for value in chosen.facets.values[name]
    ]
    if name in {COMMUNE, PRODUCER}:
        return sorted(found, key=lambda option: sort_key_vi(option.label))
    known: dict[str, Iterable[str]] = {CATEGORY: CATEGORIES, CERTIFICATE: KINDS, SEND_TO: chosen.provinces}
    order = list(known[name])
    return sorted(found, key=lambda option: order.index(option.code))


def _label(name: str, code: str, chosen: Narrowed, lang: str) -> str:
    if name == CATEGORY:
        return category_name(code, lang)
    if name == CERTIFICATE:
        return KINDS[code].name
    return chosen.provinces[code] if name == SEND_TO else chosen.facets.names[code]


def _narrows(name: str, chosen: Narrowed) -> bool:
    """Say whether a choice of this facet changes the list; what was chosen can always be changed."""
    facets: Facets = chosen.facets
    all_of_it = facets.without.get(name, facets.total)
    found = facets.values[name]
    if name == SEND_TO and found and len(found) < len(chosen.provinces):
        return True
    return name in chosen.asked.chosen or any(value.goods < all_of_it for value in found)
