"""What an edit changes, field by field: what buyers see now, and what they would see."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from products import policies
from products.catalogue import category_name, months, ship_class_name
from products.fields import LABELS
from products.models import ProductRevision
from products.packs import pack_text
from shop.core.formats import show_quantity
from shop.core.i18n import current_language, ngettext
from shop.core.i18n import gettext as _

SAME, OUT, IN = "same", "out", "in"
_WORD = re.compile(r"\S+\s*|\s+")  # a word and the space behind it, so that neighbours stay together


class Change(NamedTuple):
    """A field that an edit changes: its old and its new value in words; `pieces` of a text, (how, words) each."""

    field: str
    label: Any
    old: str
    new: str
    pieces: list[tuple[str, str]]


def changes(live: ProductRevision, edit: ProductRevision) -> list[Change]:
    """Return what an edit changes against the live revision, in the order of the form; photos and price apart."""
    before, after = _values(live), _values(edit)
    return [
        Change(field, LABELS[field], before[field], after[field], list(pieces(before[field], after[field])))
        for field in LABELS
        if field in before and before[field] != after[field]
    ]


def pieces(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield a text word by word as runs of what stayed (same), what goes (out) and what comes (in)."""
    one, other = _WORD.findall(old), _WORD.findall(new)
    matched = SequenceMatcher(None, [word.strip() for word in one], [word.strip() for word in other], autojunk=False)
    for tag, a, b, c, d in matched.get_opcodes():
        if tag == "equal":
            yield SAME, "".join(other[c:d])
            continue
        if b > a:
            yield OUT, "".join(one[a:b])
        if d > c:
            yield IN, "".join(other[c:d])


def _values(revision: ProductRevision) -> dict[str, str]:
    lang = current_language()
    days = revision.shelf_life_days
    season = months(revision.season_months)
    return policies.texts_of(revision) | {
        "category": category_name(revision.category, lang),
        "unit": pack_text(revision.pack_word, revision.pack_amount or 0, lang),
        "season": ", ".join(str(month) for month in season) if season else _("all year"),
        "net_weight": show_quantity(revision.net_grams, "g") if revision.net_grams else "",
        "shelf_life": ngettext("%(num)s day", "%(num)s days", days) if days else "",
        "ship_class": ship_class_name(revision.ship_class, lang),
    }
