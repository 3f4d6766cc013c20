"""A pack in words, and the amounts people type for it, in base units: g, ml or piece."""

import re
from fractions import Fraction

from products.catalogue import UNITS, unit_name
from shop.core import quantity
from shop.core.errors import DomainError
from shop.core.i18n import lazy_gettext as _l
from shop.core.text import fold, plain_digits

MOST_AMOUNT = 10_000_000  # base units: ten tonnes
MOST_DAYS = 3650

_AMOUNT = re.compile(r"(\d[\d.,]*) ?([^\d\s.,]+)?")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"(?:0|[1-9]\d{0,5})[.,]\d{1,3}")
_WORTH = {  # base unit: {unit as typed, folded: base units in one}
    "g": {"g": 1, "gr": 1, "gam": 1, "gram": 1, "grams": 1, "kg": 1000, "ki": 1000, "ky": 1000, "kilo": 1000,
          "can": 1000, "lang": 100, "yen": 10_000, fold("ग्राम"): 1, fold("किलो"): 1000},
    "ml": {"ml": 1, "l": 1000, "lit": 1000, "litre": 1000, "liter": 1000, "litres": 1000, fold("लीटर"): 1000},
    "piece": {fold(unit.names[lang]): 1 for unit in UNITS.values() if unit.base_unit == "piece" for lang in unit.names},
}  # fmt: skip
_DAYS = {
    fold(word): days
    for days, words in {
        1: ("ngày", "day", "days", "दिन"),
        7: ("tuần", "week", "weeks", "हफ़्ते", "हफ़्ता"),
        30: ("tháng", "month", "months", "महीने", "महीना"),
        365: ("năm", "year", "years", "साल"),
    }.items()
    for word in words
}
_EXAMPLES = {
    "g": _l("Enter the amount with its unit, for example 500 g"),
    "ml": _l("Enter the amount with its unit, for example 750 ml"),
    "piece": _l("Enter how many pieces, for example 10"),
}


class BadAmount(DomainError):
    """The text is no amount; `sentence` goes back on the form."""


def base_unit(pack_word: str) -> str:
    """Return g, ml or piece: what the amount of such a pack counts."""
    return UNITS[pack_word].base_unit if pack_word in UNITS else "piece"


def pack_text(pack_word: str, pack_amount: int, lang: str) -> str:
    """Return the pack as people say it: "gói 500 g"; "kg" where the word already says how much."""
    unit = UNITS.get(pack_word)
    if unit is None or unit.amount == pack_amount:
        return unit_name(pack_word, lang)
    return f"{unit.names[lang]} {quantity.shown(pack_amount, unit.base_unit, lang)}"


def parse_amount(text: str, base: str) -> int:
    """Return the base units (g, ml or piece) a person typed: 500, 500 g, 0,5 kg, 1.500 g; raises BadAmount.

    A bare number counts base units. "1.500 kg" might be one and a half or fifteen hundred, so it is refused.
    """
    found = _AMOUNT.fullmatch(" ".join(plain_digits(text).lower().split()))
    worth = _WORTH[base].get(fold(found[2] or ""), 0 if found[2] else 1) if found else 0
    if found is None or not worth or len(found[1]) > len("10.000.000"):
        raise BadAmount(_EXAMPLES[base])
    number = found[1]
    if _GROUPED.fullmatch(number) and worth == 1:
        amount = Fraction(re.sub("[.,]", "", number))
    elif _DECIMAL.fullmatch(number) and worth > 1 and not _GROUPED.fullmatch(number):
        amount = Fraction(number.replace(",", ".")) * worth
    elif number.isdecimal():
        amount = Fraction(int(number) * worth)
    else:
        raise BadAmount(_EXAMPLES[base])
    if amount.denominator != 1 or amount < 1:
        raise BadAmount(_EXAMPLES[base])
    if amount > MOST_AMOUNT:
        raise BadAmount(_l("This number is too large. Check the zeros."))
    return int(amount)


def parse_days(text: str) -> int:
    """Return the days a person typed: 30, 2 tuần, 6 tháng (of 30 days), 1 năm; raises BadAmount."""
    found = re.fullmatch(r"(\d{1,4}) ?(\D+)?", " ".join(plain_digits(text).lower().split()))
    worth = _DAYS.get(fold(found[2] or "ngày"), 0) if found else 0
    days = int(found[1]) * worth if found else 0
    if not 1 <= days <= MOST_DAYS:
        raise BadAmount(_l("Enter a time, for example 30 days or 6 months"))
    return days


def typed_amount(amount: int | None, pack_word: str) -> str:
    """Return an amount as a person would type it, '' where the word says it already; `parse_amount` reads it back."""
    unit = UNITS.get(pack_word)
    if amount is None or (unit is not None and unit.amount == amount):
        return ""
    base = base_unit(pack_word)
    if base == "piece":
        return str(amount)
    large = {"g": "kg", "ml": "l"}[base]
    return f"{amount // 1000} {large}" if amount % 1000 == 0 else f"{amount} {base}"
