"""Words that goods may not be sold with, from products/data/claims.json: found with their marks, or all without."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from products.search.prepare import marked
from shop.core.text import fold

_KNOWN = json.loads((Path(__file__).parents[1] / "data" / "claims.json").read_text(encoding="utf-8"))
_UNLESS = [marked(words) for words in _KNOWN["unless"]]
_GROUPS: list[dict[str, Any]] = [{**row, "words": [marked(word) for word in row["words"]]} for row in _KNOWN["groups"]]
WRONG_GROUPS = frozenset(row["code"] for row in _GROUPS if row.get("wrong"))


class Claim(NamedTuple):
    """A word that was found: its group (healing, effect, best, persons), the word, the field it stands in."""

    group: str
    word: str
    field: str


def claims(texts: Mapping[str, str]) -> list[Claim]:
    """Return what is claimed in some texts by field of the form, the gravest group first, each word once a field."""
    plain = {field: _without_exceptions(text) for field, text in texts.items() if text}
    return [
        Claim(row["code"], word, field) for row in _GROUPS for field, text in plain.items() for word in _in(row, text)
    ]


def _without_exceptions(text: str) -> str:
    plain = f" {marked(text)} "
    for words in _UNLESS:
        plain = plain.replace(f" {words} ", " | ")
    return plain


def _in(row: dict[str, Any], text: str) -> Iterator[str]:
    has_no_marks = text.replace("|", "").split() == fold(text).split()
    for word in (*row["words"], *(row["bare"] if has_no_marks else ())):
        if f" {word} " in text:
            yield word
