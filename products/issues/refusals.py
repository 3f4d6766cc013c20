"""What a channel's code means here: a rule and a field, from products/data/refusals.json; unknown codes stay raw."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from products.issues.rules import REFUSED, RULES

_KNOWN = json.loads((Path(__file__).parents[1] / "data" / "refusals.json").read_text(encoding="utf-8"))
CHANNELS: dict[str, dict[str, Any]] = _KNOWN["channels"]


class Meaning(NamedTuple):
    """The rule that a code stands for, the field of the form it points at ("": the whole), the channel's name."""

    rule: str
    field: str
    place: str


def meaning(channel: str, code: str) -> Meaning:
    """Return what a code of a channel means; the rule is REFUSED where nobody has explained it here yet."""
    known = CHANNELS.get(channel, {"name": channel, "codes": {}})
    row = known["codes"].get(code, {"rule": REFUSED})
    return Meaning(row["rule"], row.get("field", RULES[row["rule"]].field), known["name"])
