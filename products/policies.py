"""May it be sent, and what is missing? Pure questions about a revision and its product."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from products import variants
from products.catalogue import CATEGORIES, UNITS, price_band, unit_name
from products.fields import LABEL_TEXTS, LABELS, LONGEST, NUMBERS, PACK_PARTS, SIZE, WORDS, pack_field
from products.lifecycle import RevisionState
from products.models import ProductRevision
from products.reading import complaint
from products.requirements import asked_of
from products.weighing import estimate
from shop.core.i18n import current_language
from shop.core.i18n import lazy_gettext as _l

_ORDER = list(LABELS)
_ABOUT = _l("Say about how much one weighs, for example 1.8 kg: it is weighed when packed.")
_PRICE = _l("Enter the price in digits, for example 45,000")


class Problem(NamedTuple):
    """What is to be mended before sending: the field of the form and a sentence."""

    field: str
    sentence: Any


def problems(revision: ProductRevision, *, sold_already: bool) -> list[Problem]:
    """Return all that keeps a revision from being sent, in the order of the form; empty when it is complete.

    `sold_already`: the product has a SKU, so pack and quantity are no longer asked.
    """
    typed = typed_texts(revision)
    found = [*_missing(revision, typed, sold_already), *_asked(revision, typed), *_halves(revision, typed)]
    found += [Problem(*lack) for lack in variants.lacks(revision, typed)]
    units = {pack_field(row.number, part): row.pack_word for row in revision.packs for part in PACK_PARTS}
    for field, text in typed.items():
        sentence = complaint(field, text, units.get(field, revision.pack_word))
        if sentence is not None:
            found.append(Problem(field, sentence))
    for field, text in texts_of(revision).items():
        if len(text) > LONGEST[field]:
            found.append(Problem(field, _l("Use at most %(number)s characters.", number=LONGEST[field])))
    return sorted(found, key=lambda problem: _ORDER.index(problem.field))


def _missing(revision: ProductRevision, typed: dict[str, str], sold_already: bool) -> Iterator[Problem]:
    if not revision.photos:
        yield Problem("photos", _l("Add at least one photo"))
    if sum(letter.isalpha() for letter in revision.name) < 2:
        yield Problem("name", _l("Enter the product name"))
    if revision.category not in CATEGORIES:
        yield Problem("category", _l("Choose the kind of goods"))
    if revision.proposed_price is None and "price" not in typed:
        yield Problem("price", _PRICE)
    if sold_already:
        return
    if revision.pack_word not in UNITS:
        yield Problem("unit", _l("Choose what you sell it by"))
    elif revision.pack_amount is None and "pack_amount" not in typed:
        word = unit_name(revision.pack_word, current_language())
        yield Problem("pack_amount", _l("Enter how much is in one %(unit)s, for example 500 g", unit=word))
    if revision.proposed_quantity is None and "quantity" not in typed:
        yield Problem("quantity", _l("Enter how many you have now, for example 20"))


def _asked(revision: ProductRevision, typed: dict[str, str]) -> Iterator[Problem]:
    """Yield what these goods in particular need, or why they are not sold here."""
    asked, lang = asked_of(revision), current_language()
    for sentence in asked.forbidden:
        yield Problem("name", sentence[lang])
    for field in set(asked.sending) - given(revision) - set(typed):
        yield Problem(field, _l("These goods need this: %(field)s", field=LABELS[field]))


def _halves(revision: ProductRevision, typed: dict[str, str]) -> Iterator[Problem]:
    """Yield details that say nothing without their other half."""
    sides = {field: getattr(revision, NUMBERS[field]) is not None or field in typed for field in SIZE}
    if any(sides.values()):
        for field in (field for field, given in sides.items() if not given):
            yield Problem(field, _l("Length, width and height go together. Enter all three."))
    if revision.net_grams and revision.packed_grams and revision.packed_grams < revision.net_grams:
        yield Problem("packed_weight", _l("Packed goods weigh at least as much as what is inside."))
    if revision.weighed_within and revision.pack_word and "net_weight" not in typed_texts(revision):
        pack = revision.pack_word, revision.pack_amount or 1
        if estimate(pack, pack, revision.net_grams) is None:
            yield Problem("net_weight", _ABOUT)
    for words in revision.texts:
        if words.lang != "vi" and not words.name:
            yield Problem(f"name_{words.lang}", _l("Enter the name in this language too, or leave its texts empty."))


def typed_texts(revision: ProductRevision) -> dict[str, str]:
    """Return the texts that could not be read as numbers, by field: they wait in the draft as they were typed."""
    typed: dict[str, str] = (revision.facts or {}).get("typed", {})
    return typed


def texts_of(revision: ProductRevision) -> dict[str, str]:
    """Return the words of a revision by field of the form."""
    spoken = {words.lang: words for words in revision.texts}
    words = {field: getattr(spoken.get(lang), part, "") for field, (lang, part) in WORDS.items()}
    facts = revision.facts or {}
    return words | {name: facts.get(name, {}).get("vi", "") for name in LABEL_TEXTS}


def given(revision: ProductRevision) -> set[str]:
    """Return the fields of the form that a revision answers; 0 is an answer, an unreadable text is none."""
    words = {field for field, text in texts_of(revision).items() if text}
    numbers = {field for field, column in NUMBERS.items() if getattr(revision, column) is not None}
    return words | numbers | ({"allergens"} if (revision.facts or {}).get("allergens") else set())


def unusual_price(revision: ProductRevision) -> str:
    """Return "high" or "low" when the price lies outside the soft band of its type, else "". Never a refusal."""
    if revision.proposed_price is None or revision.pack_amount is None:
        return ""
    band = price_band(revision.type_code, revision.pack_word, revision.pack_amount)
    if band is None or band[0] <= revision.proposed_price <= band[1]:
        return ""
    return "low" if revision.proposed_price < band[0] else "high"


def is_draft(revision: ProductRevision) -> bool:
    """Say whether the revision may be written in: what was sent or decided is never edited."""
    return revision.state is RevisionState.DRAFT


def is_sent(revision: ProductRevision | None) -> bool:
    """Say whether the revision waits for an officer."""
    return revision is not None and revision.state is RevisionState.SUBMITTED
