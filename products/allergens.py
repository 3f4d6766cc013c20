"""What food may hold that makes some people ill; read once from products/data."""

import json
from collections.abc import Iterable
from pathlib import Path

_ROWS = json.loads((Path(__file__).parent / "data" / "allergens.json").read_text(encoding="utf-8"))["allergens"]
ALLERGENS: dict[str, dict[str, str]] = {row["code"]: {lang: row[lang] for lang in ("vi", "en", "hi")} for row in _ROWS}
NONE = "none"  # the seller looked, and nothing of the list is inside


def chosen(codes: Iterable[str]) -> list[str]:
    """Return the known codes in the order of the list; "none" only where nothing else is chosen."""
    given = set(codes)
    known = [code for code in ALLERGENS if code in given and code != NONE]
    return known or [NONE] * (NONE in given)


def allergen_names(codes: Iterable[str], lang: str) -> str:
    """Return the allergens in words, "Egg, Milk"; '' where nothing was said."""
    return ", ".join(ALLERGENS[code][lang] for code in codes if code in ALLERGENS)
