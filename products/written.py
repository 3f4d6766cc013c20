"""What stands in the fields of a revision, as a person would type it: for the form, and for what is kept."""

from typing import Any

from products import policies, variants
from products.catalogue import months
from products.fields import NUMBERS
from products.models import ProductRevision
from products.packs import typed_amount, typed_permille
from products.reading import read
from shop.core.errors import DomainError


def written(revision: ProductRevision) -> dict[str, Any]:
    """Return the value of each field: texts, `season` as months (1 to 12), `allergens` as codes, `photos` as digests.

    Texts that could not be read stand as they were typed; `products.services.save_draft` reads all of it back.
    """
    facts = revision.facts or {}
    values: dict[str, Any] = {field: _number(getattr(revision, column)) for field, column in NUMBERS.items()}
    values |= policies.texts_of(revision)
    values |= {
        "photos": [photo.digest for photo in revision.photos],
        "category": revision.category,
        "unit": revision.pack_word,
        "pack_amount": typed_amount(revision.pack_amount, revision.pack_word),
        "season": months(revision.season_months),
        "origin": revision.origin_commune or "",
        "net_weight": typed_amount(revision.net_grams, "goi"),
        "packed_weight": typed_amount(revision.packed_grams, "goi"),
        "allergens": list(facts.get("allergens", [])),
        "alcohol": typed_permille(revision.alcohol_permille),
        "weighed": _number(revision.weighed_within),
        "ship_class": facts.get("ship_class", ""),
    }
    return values | variants.texts(revision) | policies.typed_texts(revision)


def same(field: str, one: Any, other: Any, unit: str) -> bool:
    """Say whether two typed values of a field mean the same: 45k and 45000 do; `unit` is the code of the pack."""
    if one == other or not (isinstance(one, str) and isinstance(other, str)):
        return bool(one == other)
    try:
        return read(field, one, unit) == read(field, other, unit)
    except (DomainError, KeyError):  # no number, or none that can be read
        return False


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
