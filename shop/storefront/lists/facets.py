"""What a list can be narrowed to, counted so that no choice leads to nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from shop.shipping.reach import reach
from shop.storefront.lists.asked import (
    CATEGORY,
    CERTIFICATE,
    COMMUNE,
    FACETS,
    NOW,
    PRODUCER,
    SEASON,
    SEND_TO,
    Asked,
)

PRICE = "price"
MOST_OPTIONS = 60  # of one facet: those with most goods; a longer list helps nobody on a phone


class Row(NamedTuple):
    """So many goods with the same values; with a `kind`, those of them that have such a certificate in force."""

    category: str
    commune: str
    sent_as: str
    season: bool
    weight: int
    in_price: bool
    certified: bool
    kind: str | None
    goods: int
    commune_name: str
    commune_key: str
    producer: str
    producer_name: str


class Value(NamedTuple):
    """One value of a facet, and how many goods a visitor sees who chooses it."""

    code: str
    goods: int


class Facets(NamedTuple):
    """The counts of a list: `total` with all filters, `without` one of them, and of each value of each facet."""

    asked: Asked  # without values that nothing in the list has
    total: int
    without: dict[str, int]
    values: dict[str, list[Value]]
    names: dict[str, str]  # of communes and producers, by code


def counted(rows: Iterable[Row], asked: Asked, home: str, provinces: Iterable[str]) -> Facets:
    """Count what the list has. A facet's own choice does not narrow its own values, all the others do."""
    rows = list(rows)
    asked = _known(rows, asked, set(provinces))
    carried = reach(home, asked.chosen[SEND_TO]) if SEND_TO in asked.chosen else {}
    total, without = 0, Counter[str]()
    values: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    ways = Counter[tuple[str, int]]()  # class and weight, for the provinces
    for row in rows:
        failed = _failed(row, asked, carried)
        if row.kind is not None:
            if failed <= {CERTIFICATE}:
                values[CERTIFICATE][row.kind] += row.goods
            continue
        if not failed:
            total += row.goods
        elif len(failed) == 1:
            without[next(iter(failed))] += row.goods
        for facet, value in _values(row).items():
            if failed <= {facet}:
                values[facet][value] += row.goods
        if failed <= {SEND_TO}:
            ways[row.sent_as, row.weight] += row.goods
    for province in provinces:
        values[SEND_TO][province] = _sent(ways, reach(home, province))
    names = {row.commune: row.commune_name for row in rows} | {row.producer: row.producer_name for row in rows}
    lifted = {name: total + without[name] for name in (*asked.chosen, *([PRICE] if asked.priced else []))}
    return Facets(asked, total, lifted, _offered(values, asked), names)


def _known(rows: list[Row], asked: Asked, provinces: set[str]) -> Asked:
    there = {facet: {value for row in rows if (value := _values(row).get(facet))} for facet in FACETS}
    there[CERTIFICATE] = {row.kind for row in rows if row.kind}
    there[SEND_TO], there[SEASON] = provinces, {NOW}
    return asked._replace(chosen={facet: value for facet, value in asked.chosen.items() if value in there[facet]})


def _values(row: Row) -> dict[str, str]:
    found = {CATEGORY: row.category, COMMUNE: row.commune, PRODUCER: row.producer}
    return found | ({SEASON: NOW} if row.season else {})


def _failed(row: Row, asked: Asked, carried: Mapping[str, int]) -> set[str]:
    """Return the filters that goods do not pass."""
    own = _values(row)
    failed = {name for name, value in asked.chosen.items() if name in own and own[name] != value}
    if SEASON in asked.chosen and not row.season:
        failed.add(SEASON)
    if SEND_TO in asked.chosen and row.weight > carried.get(row.sent_as, -1):
        failed.add(SEND_TO)
    if CERTIFICATE in asked.chosen and not row.certified:
        failed.add(CERTIFICATE)
    return failed | (set() if row.in_price else {PRICE})


def _sent(ways: Mapping[tuple[str, int], int], carried: Mapping[str, int]) -> int:
    return sum(goods for (sent_as, weight), goods in ways.items() if weight <= carried.get(sent_as, -1))


def _offered(values: Mapping[str, Counter[str]], asked: Asked) -> dict[str, list[Value]]:
    """Return the values that lead to goods, and the chosen one, which may lead to none."""
    offered: dict[str, list[Value]] = {}
    for facet, found in values.items():
        chosen = asked.chosen.get(facet)
        most = [Value(code, goods) for code, goods in found.most_common(MOST_OPTIONS) if goods and code != chosen]
        offered[facet] = ([Value(chosen, found[chosen])] if chosen else []) + most
    return offered
