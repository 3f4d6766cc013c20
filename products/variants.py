"""Other packs of the same goods: written into a draft, missing parts named, put beside what is sold already."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from products.catalogue import UNITS, unit_name
from products.fields import MORE_PACKS, PACK_PARTS, pack_field
from products.lifecycle import RevisionState
from products.models import ProductRevision, RevisionPack
from products.packs import typed_amount
from products.reading import read
from shop.core.errors import DomainError
from shop.core.i18n import current_language
from shop.core.i18n import lazy_gettext as _l

_NUMBERS = {part: column for part, column in PACK_PARTS.items() if column}


class Lack(NamedTuple):
    """What another pack lacks: the field of the form and a sentence."""

    field: str
    sentence: Any


def proposed(revision: ProductRevision) -> list[RevisionPack]:
    """Return the packs that an approval would open; none once it has."""
    return [] if revision.state is RevisionState.APPROVED else revision.packs


def write(revision: ProductRevision, given: Mapping[str, Any], typed: dict[str, str]) -> None:
    """Write the given fields into the draft's other packs; texts that cannot be read wait in `typed` by field.

    A pack of which nothing is left goes.
    """
    rows = {row.number: row for row in revision.packs}
    for number in MORE_PACKS:
        fields = {part: pack_field(number, part) for part in PACK_PARTS}
        if not any(field in given or field in typed for field in fields.values()):
            continue
        row = rows.get(number) or RevisionPack(number=number, pack_word="")
        _write_unit(row, given.get(fields["unit"]))
        for part, column in _NUMBERS.items():
            _write_number(row, column, fields[part], given, typed)
        unit = UNITS.get(row.pack_word)
        if unit is not None and unit.amount is not None and fields["amount"] not in typed:
            row.pack_amount = unit.amount
        filled = row.pack_word or any(getattr(row, column) is not None for column in _NUMBERS.values())
        filled = filled or any(field in typed for field in fields.values())
        if filled and number not in rows:
            revision.packs.append(row)
        elif not filled and number in rows:
            revision.packs.remove(row)


def _write_unit(row: RevisionPack, code: str | None) -> None:
    if code is None:
        return
    before = UNITS.get(row.pack_word)
    if before is not None and before.amount is not None and code != row.pack_word:
        row.pack_amount = None  # the amount was the old word's
    row.pack_word = code if code in UNITS else ""


def _write_number(row: RevisionPack, column: str, field: str, given: Mapping[str, Any], typed: dict[str, str]) -> None:
    text = given.get(field, typed.pop(field, None))
    if text is None:
        return
    typed.pop(field, None)
    setattr(row, column, None)
    if not text:
        return
    try:
        setattr(row, column, read(field, text, row.pack_word))
    except DomainError:
        typed[field] = text


def texts(revision: ProductRevision) -> dict[str, str]:
    """Return what stands in the fields of the other packs."""
    found: dict[str, str] = {}
    for row in proposed(revision):
        parts = {"unit": row.pack_word, "amount": typed_amount(row.pack_amount, row.pack_word)}
        parts |= {part: "" if (value := getattr(row, part)) is None else str(value) for part in ("price", "quantity")}
        found |= {pack_field(row.number, part): text for part, text in parts.items()}
    return found


def lacks(revision: ProductRevision, typed: Mapping[str, str]) -> Iterator[Lack]:
    """Yield what the other packs lack before they can be sent, and packs that are there already."""
    known: set[tuple[str, int | None]] = {
        (sku.pack_word, sku.pack_amount) for sku in revision.product.skus if sku.retired_at is None
    }
    known = known or {(revision.pack_word, revision.pack_amount)}
    for row in proposed(revision):
        name = {part: pack_field(row.number, part) for part in PACK_PARTS}
        if not row.pack_word:
            yield Lack(name["unit"], _l("Choose what you sell it by"))
        elif row.pack_amount is None and name["amount"] not in typed:
            word = unit_name(row.pack_word, current_language())
            yield Lack(name["amount"], _l("Enter how much is in one %(unit)s, for example 500 g", unit=word))
        elif (row.pack_word, row.pack_amount) in known:
            yield Lack(name["unit"], _l("This pack is there already."))
        if row.price is None and name["price"] not in typed:
            yield Lack(name["price"], _l("Enter the price in digits, for example 45,000"))
        if row.quantity is None and name["quantity"] not in typed:
            yield Lack(name["quantity"], _l("Enter how many you have now, for example 20"))
        known.add((row.pack_word, row.pack_amount))


def copied(packs: list[RevisionPack]) -> list[RevisionPack]:
    """Return the same packs for another revision."""
    columns = ("number", "pack_amount", "pack_word", "price", "quantity")
    return [RevisionPack(**{column: getattr(row, column) for column in columns}) for row in packs]
