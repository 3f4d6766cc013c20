"""Changes of goods on sale that do no harm if they are wrong: which fields, how far; rules in data/low_risk.json."""

import json
from pathlib import Path

from products import policies
from products.comparison import Comparison
from products.differences import SAME, Change
from products.risk import is_risky

_KNOWN = json.loads((Path(__file__).parent / "data" / "low_risk.json").read_text(encoding="utf-8"))
SAMPLE_PERCENT: int = _KNOWN["sample_percent"]
FIELDS: dict[str, int | None] = {name: rule.get("percent") for name, rule in _KNOWN["fields"].items()}


def low_risk(compared: Comparison) -> tuple[str, ...]:
    """Return the fields that change, sorted, where every one is a low-risk change; else nothing.

    Risky goods, other photos, another spoken note and a price outside of the usual band of its kind are none.
    """
    fields = {change.field for change in compared.changes} | ({"price"} if compared.price else set())
    if not fields <= set(FIELDS) or compared.photos_change or compared.voice_changes:
        return ()
    if is_risky(compared.after.category, compared.after.ship_class):
        return ()
    near = all(_within(change, FIELDS[change.field]) for change in compared.changes)
    return tuple(sorted(fields)) if near and _price_within(compared) else ()


def changed_percent(change: Change) -> int:
    """Return how much of a text changes: the words that go or come, whichever are more, of a hundred words before."""
    words = {how: sum(len(text.split()) for kind, text in change.pieces if kind == how) for how in ("out", "in")}
    before = words["out"] + sum(len(text.split()) for kind, text in change.pieces if kind == SAME)
    return 100 * max(words.values()) // before if before else 100


def _within(change: Change, percent: int | None) -> bool:
    return percent is None or changed_percent(change) <= percent


def _price_within(compared: Comparison) -> bool:
    if compared.price is None:
        return True
    before, after = compared.price
    percent = FIELDS["price"]
    if before is None or percent is None or policies.unusual_price(compared.after):
        return False
    return abs(after - before) * 100 <= percent * before
