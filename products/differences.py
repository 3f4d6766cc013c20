"""What tells two revisions of a product apart: field by field, word by word, photo by photo."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from products import policies, variants
from products.allergens import allergen_names
from products.catalogue import category_name, months, ship_class_name
from products.fields import LABELS, OTHER_PACKS, pack_field
from products.models import ProductRevision, RevisionPack
from products.packs import pack_text
from shop.core.formats import show_money, show_number, show_permille, show_quantity
from shop.core.i18n import current_language, ngettext
from shop.core.i18n import gettext as _
from shop.places import queries as places

SAME, OUT, IN, MOVED, COVER = "same", "out", "in", "moved", "cover"
_WORD = re.compile(r"\S+\s*|\s+")  # a word and the space behind it, so that neighbours stay together


class Change(NamedTuple):
    """A field that is not the same: its old and its new value in words; `pieces` of a text, (how, words) each."""

    field: str
    label: Any
    old: str
    new: str
    pieces: list[tuple[str, str]]


class PhotoChange(NamedTuple):
    """A photo on one side of a comparison: its digest, and whether it comes, goes, moves, is the new cover or stays."""

    digest: str
    how: str  # IN, OUT, MOVED, COVER or SAME


def changes(before: ProductRevision, after: ProductRevision) -> list[Change]:
    """Return what `after` says otherwise than `before`, in the order of the form; photos and price apart."""
    old = values(before)
    new = values(after, after.packs if after.number > before.number else variants.proposed(after))
    return [
        Change(field, LABELS[field], old[field], new[field], list(pieces(old[field], new[field])))
        for field in LABELS
        if field in old and old[field] != new[field]
    ]


def photo_changes(old: Sequence[str], new: Sequence[str]) -> tuple[list[PhotoChange], list[PhotoChange]]:
    """Return both lists of digests with what became of each photo: the old side says what goes, the new what comes.

    A photo moved when it stands in another order among those that both lists show.
    """
    stay, went = [one for one in new if one in old], [one for one in old if one in new]
    moved = {one for one, other in zip(stay, went, strict=True) if one != other}
    before = [PhotoChange(one, SAME if one in new else OUT) for one in old]
    after = [PhotoChange(one, IN if one not in old else MOVED if one in moved else SAME) for one in new]
    if old and new and old[0] != new[0]:
        after[0] = PhotoChange(new[0], COVER)
    return before, after


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


def values(revision: ProductRevision, packs: list[RevisionPack] | None = None) -> dict[str, str]:
    """Return the fields of a revision in words, '' where nothing is written; photos and price apart.

    `packs` are the other packs it counts with, those it proposes where none are given.
    """
    lang = current_language()
    packs = variants.proposed(revision) if packs is None else packs
    season = months(revision.season_months)
    origin = places.commune(revision.origin_commune) if revision.origin_commune else None
    return policies.texts_of(revision) | _numbers(revision) | _other_packs(packs) | {
        "category": category_name(revision.category, lang),
        "quantity": "" if revision.proposed_quantity is None else show_number(revision.proposed_quantity),
        "unit": pack_text(revision.pack_word, revision.pack_amount or 0, lang),
        "season": ", ".join(str(month) for month in season) if season else _("all year"),
        "origin": origin.name if origin else "",
        "allergens": allergen_names((revision.facts or {}).get("allergens", []), lang),
        "ship_class": ship_class_name(revision.ship_class, lang),
    }  # fmt: skip


def _numbers(revision: ProductRevision) -> dict[str, str]:
    weights = {"net_weight": revision.net_grams, "packed_weight": revision.packed_grams}
    sides = {"length": revision.length_cm, "width": revision.width_cm, "height": revision.height_cm}
    packs = {"min_order": revision.least_packs, "order_step": revision.step_packs}
    days, alcohol, within = revision.shelf_life_days, revision.alcohol_permille, revision.weighed_within
    return (
        {field: show_quantity(grams, "g") if grams else "" for field, grams in weights.items()}
        | {field: f"{side} cm" if side else "" for field, side in sides.items()}
        | {field: str(number) if number else "" for field, number in packs.items()}
        | {"shelf_life": ngettext("%(num)s day", "%(num)s days", days) if days else ""}
        | {"weighed": _("at most ±%(percent)s%%", percent=within) if within else ""}
        | {"alcohol": show_permille(alcohol) if alcohol is not None else ""}
    )


def _other_packs(packs: list[RevisionPack]) -> dict[str, str]:
    lang, found = current_language(), dict.fromkeys(OTHER_PACKS, "")
    for row in packs:
        found[pack_field(row.number, "unit")] = pack_text(row.pack_word, row.pack_amount or 0, lang)
        found[pack_field(row.number, "price")] = show_money(row.price) if row.price else ""
        found[pack_field(row.number, "quantity")] = "" if row.quantity is None else str(row.quantity)
    return found
