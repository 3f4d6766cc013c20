"""What people type besides names of goods, as products/data/search_words.json has it."""

import json
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parents[1] / "data" / "search_words.json"

SEARCH_WORDS: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
