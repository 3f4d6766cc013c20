"""The shipped facts about provinces, communes and older names, as rows of the tables."""

import json
from pathlib import Path
from typing import Any

from shop.core.text import fold, sort_key_vi
from shop.places import names

FOLDER = Path(__file__).parent / "data"

Row = dict[str, Any]


def provinces() -> list[Row]:
    """Return the 34 provinces as rows of `provinces`."""
    return [_place(one["code"], one["name"]) for one in _read("communes.json")["provinces"]]


def communes() -> list[Row]:
    """Return the 3,321 communes as rows of `communes`."""
    return [
        {**_place(code, name), "province_code": one["code"], "folded": fold(names.split(name).short)}
        for one in _read("communes.json")["provinces"]
        for code, name in one["communes"]
    ]


def aliases() -> list[Row]:
    """Return older names as rows of `commune_aliases`: each former unit, and each former district once a commune.

    Provinces have them as far as a data file former_<code>.json is there: it is all that a new home
    province needs.
    """
    rows = []
    for path in sorted(FOLDER.glob("former_*.json")):
        districts = set()
        for _code, name, district, commune_code, *note in _read(path.name)["former"]:
            rows.append(_alias(commune_code, name, district, note[0] if note else None))
            districts.add((commune_code, district))
        rows += [_alias(commune_code, district, None, None) for commune_code, district in sorted(districts)]
    return rows


def _place(code: str, name: str) -> Row:
    kind, short = names.split(name)
    return {
        "code": code,
        "name": name,
        "short_name": short,
        "name_en": names.english(name),
        "kind": kind,
        "sort_key": sort_key_vi(short),
    }


def _alias(commune_code: str, name: str, district: str | None, note: str | None) -> Row:
    return {
        "commune_code": commune_code,
        "name": name,
        "folded": fold(names.split(name).short),
        "former_district": district,
        "note": note,
    }


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))
