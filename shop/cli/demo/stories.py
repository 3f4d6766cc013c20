"""The twelve full stories of the demo market, read from data/plan_stories.json."""

import json
from pathlib import Path
from typing import Any

_told = json.loads((Path(__file__).parent / "data" / "plan_stories.json").read_text(encoding="utf-8"))
STORIES: dict[str, dict[str, Any]] = {story["key"]: story for story in _told["stories"]}
