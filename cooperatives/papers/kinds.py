"""Kinds of papers, from papers/data/kinds.json: their names, and which legal shape is asked for which."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from cooperatives.models import Kind
from shop.core.i18n import current_language

_known = json.loads((Path(__file__).parent / "data" / "kinds.json").read_text(encoding="utf-8"))


class PaperKind(NamedTuple):
    """One kind of paper; names and hints by language."""

    code: str
    shapes: frozenset[Kind]
    names: dict[str, str]
    hints: dict[str, str]

    @property
    def name(self) -> str:
        """Return the name in the reader's language."""
        return self.names[current_language()]

    @property
    def hint(self) -> str:
        """Return in the reader's language what to look for."""
        return self.hints[current_language()]


def _kind(row: dict[str, Any]) -> PaperKind:
    return PaperKind(row["code"], frozenset(Kind(one) for one in row["shapes"]), row["name"], row["hint"])


PAPER_KINDS: dict[str, PaperKind] = {row["code"]: _kind(row) for row in _known["papers"]}


def offered_to(shape: Kind) -> list[PaperKind]:
    """Return the papers that sellers of this legal shape may have, the most asked for first."""
    return [kind for kind in PAPER_KINDS.values() if shape in kind.shapes]
