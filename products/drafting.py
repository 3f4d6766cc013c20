"""Writing into a draft: typed texts become columns, words and facts; what cannot be read is kept as typed."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from products import allergens, variants
from products.catalogue import CATEGORIES, SHIP_CLASSES, UNITS, classify, mask_of
from products.fields import LABEL_TEXTS, NUMBERS, OTHER_PACKS, WORDS
from products.models import ProductRevision, RevisionPhoto, RevisionText
from products.reading import price_of, read
from products.weighing import within_of
from shop.core.errors import DomainError
from shop.places import queries as places

_OF_WRITING = {"typed", "page", "alike"}  # facts that only concern writing: no reader, no copy has them
_OF_THE_FIRST_SKU = {"unit", "pack_amount", "quantity"}
_COPIED = (
    "category", "type_code", "pack_amount", "pack_word", "proposed_price", "proposed_quantity", "ship_class",
    "season_months", "net_grams", "packed_grams", "length_cm", "width_cm", "height_cm", "shelf_life_days",
    "alcohol_permille", "origin_commune", "least_packs", "step_packs", "weighed_within",
)  # fmt: skip


def apply(revision: ProductRevision, values: Mapping[str, Any], *, sold_already: bool) -> list[str]:
    """Write the given fields into a draft and return the names of those that changed.

    A product that is sold already keeps its pack; its stock is counted elsewhere.
    """
    given = {field: value for field, value in values.items() if not (sold_already and field in _OF_THE_FIRST_SKU)}
    before = _state(revision)
    for field, value in given.items():
        if field in WORDS:
            _write_words(revision, *WORDS[field], value)
    _forget_silent_languages(revision)
    if "category" in given:
        revision.category = given["category"] if given["category"] in CATEGORIES else ""
    if "unit" in given:
        revision.pack_word = given["unit"] if given["unit"] in UNITS else ""
    if "season" in given:
        revision.season_months = mask_of(given["season"])
    if "origin" in given:
        known = places.commune(given["origin"])
        revision.origin_commune = known.code if known else None
    if "weighed" in given:
        revision.weighed_within = within_of(given["weighed"])
    _write_facts(revision, given)
    _write_numbers(revision, given, sold_already)
    _classify(revision)
    after = _state(revision)
    return [field for field, value in after.items() if value != before[field]]


def _write_words(revision: ProductRevision, lang: str, part: str, text: str) -> None:
    words = revision.text(lang)
    if words is None and text:
        words = RevisionText(lang=lang, name="", summary="", story="")
        revision.texts.append(words)
    if words is not None:
        setattr(words, part, text)


def _forget_silent_languages(revision: ProductRevision) -> None:
    for words in list(revision.texts):
        if words.lang != "vi" and not (words.name or words.summary or words.story):
            revision.texts.remove(words)


def _write_facts(revision: ProductRevision, given: Mapping[str, Any]) -> None:
    facts = dict(revision.facts or {})
    for name in LABEL_TEXTS:
        if name in given:
            facts[name] = {"vi": given[name]} if given[name] else {}
    if "allergens" in given:
        facts["allergens"] = allergens.chosen(given["allergens"])
    if "ship_class" in given:
        facts["ship_class"] = given["ship_class"] if given["ship_class"] in SHIP_CLASSES else ""
    revision.facts = facts


def _write_numbers(revision: ProductRevision, given: Mapping[str, Any], sold_already: bool) -> None:
    typed = dict(revision.facts.get("typed", {}))
    for field, column in NUMBERS.items():
        text = given.get(field, typed.get(field))
        if text is None:
            continue
        typed.pop(field, None)
        setattr(revision, column, None)
        if not text:
            continue
        try:
            meant = str(given.get("price_meant", ""))
            value = price_of(text, meant) if field == "price" else read(field, text, revision.pack_word)
        except DomainError:
            typed[field] = text
        else:
            setattr(revision, column, value)
    unit = UNITS.get(revision.pack_word)
    if unit is not None and unit.amount is not None and not sold_already and "pack_amount" not in typed:
        revision.pack_amount = unit.amount
    variants.write(revision, given, typed)
    revision.facts = revision.facts | {"typed": typed}


def _classify(revision: ProductRevision) -> None:
    """Find the known type, and how the goods travel: as chosen, as the type does, as the category mostly does."""
    known = classify(revision.name, revision.category, alcohol=bool(revision.alcohol_permille))
    revision.type_code = known.code if known else None
    usual = CATEGORIES[revision.category].ship_class if revision.category in CATEGORIES else "dry"
    revision.ship_class = revision.facts.get("ship_class") or (known.ship_class if known else usual)


def _state(revision: ProductRevision) -> dict[str, Any]:
    columns = {field: getattr(revision, column) for field, column in NUMBERS.items()}
    words = {field: getattr(revision.text(lang), part, "") for field, (lang, part) in WORDS.items()}
    kept = ("typed", "ship_class", "allergens", *LABEL_TEXTS)
    facts = {name: (revision.facts or {}).get(name) or None for name in kept}
    return (
        columns
        | words
        | facts
        | {"category": revision.category, "unit": revision.pack_word, "season": revision.season_months}
        | {"origin": revision.origin_commune, "weighed": revision.weighed_within}
        | dict.fromkeys(OTHER_PACKS, "")
        | variants.texts(revision)
    )


def copy(source: ProductRevision, draft: ProductRevision) -> None:
    """Fill a new draft with what another revision of the product says and shows."""
    for column in _COPIED:
        setattr(draft, column, getattr(source, column))
    draft.facts = {name: fact for name, fact in (source.facts or {}).items() if name not in _OF_WRITING}
    draft.texts = [
        RevisionText(lang=words.lang, name=words.name, summary=words.summary, story=words.story)
        for words in source.texts
    ]
    draft.packs = variants.copied(variants.proposed(source))
    draft.voice = source.voice
    draft.photos = [
        RevisionPhoto(position=photo.position, digest=photo.digest, slot=photo.slot) for photo in source.photos
    ]


def known_versions(revision: ProductRevision, page: str) -> set[int]:
    """Return the versions a page may have been made from without overwriting somebody else's text.

    The present one; none yet (0) while nothing was saved; any, for the page that saved last; and the one that came
    back, while nothing but a photo was added since.
    """
    facts = revision.facts or {}
    known = {revision.version} | ({0} if revision.version == 1 else set())
    if facts.get("alike") == revision.version - 1:
        known.add(revision.version - 1)
    own = page and page == facts.get("page")
    return known | set(range(revision.version)) if own else known


def stamp(revision: ProductRevision, fields: Iterable[str]) -> None:
    """Mark fields as written now: a phone that last saw them earlier must not put its older words over these."""
    stamps = revision.stamps or {}
    revision.stamps = stamps | dict.fromkeys(fields, max(stamps.values(), default=0) + 1)


def note_page(revision: ProductRevision, page: str) -> None:
    """Remember which page saved last; always a new version of the row, also when only words changed."""
    revision.facts = (revision.facts or {}) | {"page": page}
    flag_modified(revision, "facts")


def note_alike(revision: ProductRevision) -> None:
    """Remember that the next version, which opens a returned revision again, says the same as the present one."""
    revision.facts = (revision.facts or {}) | {"alike": revision.version}


def forget_page(revision: ProductRevision) -> None:
    """Drop what only concerns writing, before others read the revision."""
    revision.facts = {name: fact for name, fact in revision.facts.items() if name not in _OF_WRITING}
