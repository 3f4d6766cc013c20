"""Goods on which a mistake costs most, by their category and ship class; read once from products/data/risk.json."""

import json
from pathlib import Path

_KNOWN = json.loads((Path(__file__).parent / "data" / "risk.json").read_text(encoding="utf-8"))
RISKY_CATEGORIES: frozenset[str] = frozenset(_KNOWN["categories"])
RISKY_SHIP_CLASSES: frozenset[str] = frozenset(_KNOWN["ship_classes"])
SECOND_CATEGORIES: frozenset[str] = frozenset(_KNOWN["second_officer"]["categories"])
SECOND_SHIP_CLASSES: frozenset[str] = frozenset(_KNOWN["second_officer"]["ship_classes"])


def is_risky(category: str, ship_class: str) -> bool:
    """Say whether goods of this category, travelling like this, need more care than others."""
    return category in RISKY_CATEGORIES or ship_class in RISKY_SHIP_CLASSES


def needs_second(category: str, ship_class: str) -> bool:
    """Say whether two officers must say yes before goods of this category, travelling like this, are approved."""
    return category in SECOND_CATEGORIES or ship_class in SECOND_SHIP_CLASSES
