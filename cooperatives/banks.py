"""Banks that take VietQR transfers: their six-digit number and short name, the usual ones in the highlands first."""

import json
from pathlib import Path

_facts = json.loads((Path(__file__).parent / "data" / "banks.json").read_text(encoding="utf-8"))
BANKS: dict[str, str] = {number: short for number, short, _full in _facts["banks"]}
