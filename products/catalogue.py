"""The catalogue of facts: categories, units of sale, known types of goods; read once from products/data."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path
from typing import Any

from shop.core.text import compact, fold, sound

_DATA = Path(__file__).parent / "data"
_LIKELY = 0.3  # below this share of common words a guess is noise
_NEAR_THE_BEST = 0.5  # and so is one with less than this part of the best one's share
_ENDING_TYPED = 2  # letters of an unfinished last word that already count
_JOINED = 6  # letters written without spaces that are no accident
_SOUND_COUNTS = 0.9

Names = dict[str, str]


@dataclass(frozen=True, slots=True)
class Unit:
    """A word people sell by; `base_unit` is g, ml or piece, `amount` the base units in one where that is fixed."""

    code: str
    names: Names
    base_unit: str
    amount: int | None


@dataclass(frozen=True, slots=True)
class Category:
    """One of the 14 shelves; `picture` is its drawing, `units` come to mind first, `ship_class` is the usual one."""

    code: str
    names: Names
    picture: str
    ocop_group: str
    units: tuple[str, ...]
    ship_class: str


@dataclass(frozen=True, slots=True)
class ShipClass:
    """How goods travel; what is not `orderable` has no parcel: buyers call."""

    code: str
    names: Names
    orderable: bool


@dataclass(frozen=True, slots=True)
class ProductType:
    """A known kind of goods. Prices (đồng for one pack of `pack_amount` base units) and season are estimates."""

    code: str
    slug: str
    names: Names
    aliases: tuple[str, ...]
    category: str
    unit: str
    pack_amount: int
    price_low: int
    price_high: int
    season_months: int  # bit 0 = January … bit 11 = December; 0: all year
    ship_class: str
    document_rule: str

    @property
    def orderable(self) -> bool:
        """False where buyers must call: alcohol, live animals, services."""
        return SHIP_CLASSES[self.ship_class].orderable and _RULES[self.document_rule]


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))
    return content


def _names(row: dict[str, Any]) -> Names:
    return {lang: row[lang] for lang in ("vi", "en", "hi")}


def _type(row: dict[str, Any]) -> ProductType:
    return ProductType(
        code=row["code"],
        slug=row["slug"],
        names=_names(row),
        aliases=tuple(row["aliases"]),
        category=row["category"],
        unit=row["unit"],
        pack_amount=row["pack_amount"],
        price_low=row["low"],
        price_high=row["high"],
        season_months=row["season"],
        ship_class=row["ship_class"],
        document_rule=row["rule"],
    )


_KNOWN = _read("types")
UNITS = {row["code"]: Unit(row["code"], _names(row), row["base"], row["amount"]) for row in _read("units")["units"]}
CATEGORIES = {
    row["code"]: Category(
        row["code"], _names(row), row["picture"], row["ocop_group"], tuple(row["units"]), row["ship_class"]
    )
    for row in _read("categories")["categories"]
}
SHIP_CLASSES = {row["code"]: ShipClass(row["code"], _names(row), row["orderable"]) for row in _KNOWN["ship_classes"]}
_RULES: dict[str, bool] = {row["code"]: row["orderable"] for row in _KNOWN["document_rules"]}
TYPES = {row["code"]: _type(row) for row in _KNOWN["types"]}
_ALCOHOL_WORDS = frozenset(_KNOWN["alcohol_words"])
_NO_FOOD = ("craft", "ornamental", "tourism")
_DEAD_WORDS = frozenset(_KNOWN["dead_words"])  # meat, eggs, smoked: whatever follows is no live animal


def category_name(code: str, lang: str) -> str:
    """Return the name of a category in vi, en or hi; '' for a code that is none (a draft has none yet)."""
    return CATEGORIES[code].names[lang] if code in CATEGORIES else ""


def unit_name(code: str, lang: str) -> str:
    """Return the word of a unit in vi, en or hi ("gói", "pack"); '' for a code that is none."""
    return UNITS[code].names[lang] if code in UNITS else ""


def ship_class_name(code: str, lang: str) -> str:
    """Return how goods travel, in words; '' for a code that is none."""
    return SHIP_CLASSES[code].names[lang] if code in SHIP_CLASSES else ""


def orderable(ship_class: str, type_code: str | None = None) -> bool:
    """Say whether goods may have a cart button: not alcohol, live animals nor services (decisions 1.5).

    Takes what a revision holds; `classify` gives every alcohol a type, so the two are enough.
    """
    known = TYPES.get(type_code or "")
    return SHIP_CLASSES[ship_class].orderable and (known is None or _RULES[known.document_rule])


def price_band(type_code: str | None, pack_word: str, pack_amount: int) -> tuple[int, int] | None:
    """Return the usual (lowest, highest) đồng for a pack of that many base units, or None where nothing is known.

    The type's own estimates in proportion to the pack; only for warnings, never to refuse.
    """
    known = TYPES.get(type_code or "")
    if known is None or pack_word not in UNITS or UNITS[pack_word].base_unit != UNITS[known.unit].base_unit:
        return None
    return known.price_low * pack_amount // known.pack_amount, -(-known.price_high * pack_amount // known.pack_amount)


def months(mask: int) -> list[int]:
    """Return the months (1 to 12) of a season; empty for goods of the whole year."""
    return [month for month in range(1, 13) if mask & 1 << (month - 1)]


def mask_of(chosen: list[int]) -> int:
    """Return the season as bits; all twelve months are the whole year: 0."""
    mask = sum(1 << (month - 1) for month in set(chosen) if 1 <= month <= 12)
    return 0 if mask == 0b111111111111 else mask


def guess_types(name: str, limit: int = 3) -> list[ProductType]:
    """Return the known types a typed name most likely means, best first: by its folded words and their sound."""
    best: dict[str, float] = {}
    for by_sound in (False, True):
        words = (sound if by_sound else fold)(name).split()
        for code, share in _shares(words, compact(name), by_sound):
            best[code] = max(best.get(code, 0.0), share)
    least = max(_LIKELY, _NEAR_THE_BEST * max(best.values(), default=0.0))
    likely = [code for code, share in best.items() if share >= least]
    return [TYPES[code] for code in sorted(likely, key=lambda code: (-best[code], code))[:limit]]


def guess_categories(name: str, limit: int = 3) -> list[Category]:
    """Return the categories of the likeliest types, best first, each once."""
    codes = dict.fromkeys(known.category for known in guess_types(name, limit=3 * limit))
    return [CATEGORIES[code] for code in list(codes)[:limit]]


def classify(name: str, category: str, *, alcohol: bool = False) -> ProductType | None:
    """Return the type that a name in a category surely is, or None: every word of the type is in the name.

    Any alcohol gets the nearest alcoholic type, so that it is never sold without its rules, on whatever shelf of
    food it is put; meat, eggs and smoked goods never get a live one. `alcohol`: the seller says there is some in it.
    """
    words = fold(name).split()
    near = [known for known in guess_types(name, limit=len(TYPES)) if known.category == category]
    if alcohol or _named_alcohol(words, category):
        strong = [known for known in TYPES.values() if known.document_rule == "alcohol"]
        return next((known for known in near if known in strong), strong[0])
    if _DEAD_WORDS & set(words):
        near = [known for known in near if known.ship_class != "live"]
    return next((known for known in near if _covers(known, words)), None)


def _named_alcohol(words: list[str], category: str) -> bool:
    """A drink says it anywhere, other food by its first word: "rượu sâm" is alcohol, yeast for rượu is none."""
    named = words if category == "beverage" else words[:1]
    return category not in _NO_FOOD and bool(_ALCOHOL_WORDS & set(named))


def _covers(known: ProductType, words: list[str]) -> bool:
    for spelling in _spellings(known):
        wanted = spelling.split()
        if set(wanted) <= set(words) and (len(wanted) > 1 or words[0] == wanted[0]):
            return True
    return False


def _spellings(known: ProductType) -> list[str]:
    return [fold(known.names["vi"]), *known.aliases, fold(known.names["en"])]


@cache
def _index(by_sound: bool) -> tuple[list[tuple[str, frozenset[str], str]], dict[str, float]]:
    """Every spelling of every type with its words, and what each word is worth: rare ones say more."""
    entries = [
        (known.code, frozenset((sound(text) if by_sound else text).split()), compact(text))
        for known in TYPES.values()
        for text in _spellings(known)
    ]
    seen = [word for _, words, _ in entries for word in words]
    return entries, {word: 1 + log(len(entries) / seen.count(word)) for word in set(seen)}


def _shares(words: list[str], joined: str, by_sound: bool) -> Iterator[tuple[str, float]]:
    """Give each spelling's code and the share of words it has in common with what was asked; sound counts less."""
    entries, worth = _index(by_sound)
    asked = sum(worth.get(word, 1.0) for word in set(words))
    for code, wanted, together in entries:
        found = sum(worth[word] for word in wanted if word in words or _begun(word, words))
        if found:
            share = 2 * found / (asked + sum(worth[word] for word in wanted))
            yield code, share * _SOUND_COUNTS if by_sound else share
        if len(together) >= _JOINED and together in joined:  # "sengcu", "hmông" beside "h mông"
            yield code, 0.5 + len(together) / (2 * len(joined))


def _begun(word: str, words: list[str]) -> bool:
    return bool(words) and len(words[-1]) >= _ENDING_TYPED and word.startswith(words[-1])
