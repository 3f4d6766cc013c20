"""The requirements as they are shipped: one row each, from requirements/data/requirements.json."""

import json
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from cooperatives.lifecycle import Task
from cooperatives.models import Kind
from shop.core.i18n import current_language

_known = json.loads((Path(__file__).parent / "data" / "requirements.json").read_text(encoding="utf-8"))


class Start(StrEnum):
    """From when on a requirement counts."""

    ADMISSION = "admission"
    FIRST_ORDER = "first_order"
    DAYS = "days"  # so many after admission


class Means(StrEnum):
    """How a requirement can be met."""

    COMPUTED = "computed"
    PAPER = "paper"
    ATTESTED = "attested"
    VERIFIED = "verified"
    WAIVED = "waived"


class Statement(NamedTuple):
    """What a seller says by ticking it; another wording is another version."""

    version: str
    words: dict[str, str]


class Requirement(NamedTuple):
    """One row; `without` are categories of goods that do not need it, `law` names its source in Vietnamese."""

    code: str
    task: Task
    shapes: frozenset[Kind]
    means: Means
    start: Start
    days: int
    is_on: bool
    suspends: bool
    titles: dict[str, str]
    law: str
    computed: str = ""
    papers: tuple[str, ...] = ()
    statement: Statement | None = None
    without: frozenset[str] = frozenset()
    since: datetime | None = None  # the admin changed it then

    @property
    def title(self) -> str:
        """Return the title in the reader's language."""
        return self.titles[current_language()]

    def asks(self, shape: Kind, categories: frozenset[str]) -> bool:
        """Say whether it is asked of a seller of this shape with goods of these categories (none yet: of every)."""
        return shape in self.shapes and not (categories and categories <= self.without)


def _requirement(row: dict[str, Any]) -> Requirement:
    told = row.get("attested")
    return Requirement(
        code=row["code"],
        task=Task(row["task"]),
        shapes=frozenset(Kind(one) for one in row["shapes"]),
        means=_means(row),
        start=Start(row["from"]),
        days=row.get("days", 0),
        is_on=row.get("on", True),
        suspends=row.get("suspends", False),
        titles=row["title"],
        law=row["law"],
        computed=row.get("computed", ""),
        papers=tuple(row.get("papers", ())),
        statement=Statement(told["version"], {lang: told[lang] for lang in ("vi", "en", "hi")}) if told else None,
        without=frozenset(row.get("without_categories", ())),
    )


def _means(row: dict[str, Any]) -> Means:
    if "papers" in row:
        return Means.PAPER
    return next(one for one in (Means.COMPUTED, Means.ATTESTED, Means.VERIFIED) if one.value in row)


SHIPPED: dict[str, Requirement] = {row["code"]: _requirement(row) for row in _known["requirements"]}
