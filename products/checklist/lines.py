"""One line of the checklist."""

from typing import Any, NamedTuple

PASS, LOOK, WRONG = "ok", "warn", "bad"


class Check(NamedTuple):
    """How it looks (PASS, LOOK, WRONG), the field of the form, a sentence, where to look further."""

    kind: str
    field: str
    sentence: Any
    url: str = ""
