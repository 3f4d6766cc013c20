"""What is asked of goods, and when: decided here alone, from products/data/requirements.json."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from products.catalogue import TYPES
from products.models import ProductRevision
from products.search.prepare import marked
from shop.core.text import fold

Names = dict[str, str]

_KNOWN = json.loads((Path(__file__).parent / "data" / "requirements.json").read_text(encoding="utf-8"))
PAPERS: dict[str, Names] = {row["code"]: {lang: row[lang] for lang in ("vi", "en", "hi")} for row in _KNOWN["papers"]}
ROWS: list[dict[str, Any]] = _KNOWN["rows"]


class Asked(NamedTuple):
    """What the rows that fit ask together; fields of the form, codes of papers, sentences in three languages."""

    sending: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    said: tuple[Names, ...] = ()  # what the seller should know beside the name
    forbidden: tuple[Names, ...] = ()  # why these goods are not sold here at all

    def papers_in(self, lang: str) -> str:
        """Return the papers in words, one after another."""
        return ", ".join(PAPERS[code][lang] for code in self.papers)


def asked_of(revision: ProductRevision) -> Asked:
    """Return what is asked of the goods in a revision, by their kind and by their words."""
    known = TYPES.get(revision.type_code or "")
    ingredients = (revision.facts or {}).get("ingredients", {}).get("vi", "")
    text = " | ".join([*(words.name for words in revision.texts), ingredients])
    return _asked(text, revision.category, revision.ship_class, known.document_rule if known else "")


@lru_cache(maxsize=1024)
def _asked(text: str, category: str, ship_class: str, rule: str) -> Asked:
    here = {"category": category, "ship_class": ship_class, "rule": rule}
    rows = [row for row in ROWS if _fits(row["when"], here, text)]
    return Asked(
        sending=_united(rows, "sending"),
        channels=_united(rows, "channels"),
        without=_united(rows, "without"),
        papers=_united(rows, "papers"),
        said=tuple(row["said"] for row in rows if "said" in row and not row.get("forbidden")),
        forbidden=tuple(row["said"] for row in rows if row.get("forbidden")),
    )


def _fits(when: dict[str, list[str]], here: dict[str, str], text: str) -> bool:
    if any(here[part] not in wanted for part, wanted in when.items() if part in here):
        return False
    return "words" not in when or _names(text, when)


def _names(text: str, when: dict[str, list[str]]) -> bool:
    """Say whether a text has one of the words; without any marks in it, one of the bare ones."""
    plain = f" {marked(text)} "
    for exception in when.get("unless", ()):
        plain = plain.replace(f" {exception} ", " | ")
    wanted = [*when["words"], *(when.get("bare", ()) if marked(text) == fold(text) else ())]
    return any(f" {marked(word)} " in plain for word in wanted)


def _united(rows: list[dict[str, Any]], part: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for row in rows for one in row.get(part, ())))
