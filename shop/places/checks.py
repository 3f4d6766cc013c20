"""What must hold of the places, for `flask verify`: they equal the shipped facts."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select

from shop.core.db import db
from shop.places import facts
from shop.places.models import Commune, CommuneAlias, Province


def provinces_equal_the_facts() -> Iterable[str]:
    """Say where the provinces differ from the shipped list."""
    return _differences("province", facts.provinces(), {row.code: row for row in db.session.scalars(select(Province))})


def communes_equal_the_facts() -> Iterable[str]:
    """Say where the communes differ from the shipped list: 3,321, of which Lai Châu has 38."""
    return _differences("commune", facts.communes(), {row.code: row for row in db.session.scalars(select(Commune))})


def older_names_lead_somewhere() -> Iterable[str]:
    """Say which older name is missing, unknown, or leads to no commune."""
    communes = set(db.session.scalars(select(Commune.code)))
    present = {(row.name, row.former_district, row.commune_code) for row in db.session.scalars(select(CommuneAlias))}
    wanted = {(row["name"], row["former_district"], row["commune_code"]) for row in facts.aliases()}
    for name, _district, code in sorted(present | wanted, key=str):
        if code not in communes:
            yield f"older name {name} leads to no commune {code}"
    for name, _district, code in sorted(wanted - present, key=str):
        yield f"older name {name} of {code} is missing"
    for name, _district, code in sorted(present - wanted, key=str):
        yield f"older name {name} of {code} is not in the facts"


def _differences(what: str, wanted: list[facts.Row], present: dict[str, Any]) -> Iterable[str]:
    for row in wanted:
        kept = present.pop(row["code"], None)
        if kept is None:
            yield f"{what} {row['code']} {row['name']} is missing"
            continue
        for column, value in row.items():
            if getattr(kept, column) != value:
                yield f"{what} {row['code']}: {column} is {getattr(kept, column)!r}, not {value!r}"
    for code in sorted(present):
        yield f"{what} {code} {present[code].name} is not in the facts"


CHECKS: list[Callable[[], Iterable[str]]] = [
    provinces_equal_the_facts,
    communes_equal_the_facts,
    older_names_lead_somewhere,
]
