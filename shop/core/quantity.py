"""Quantities: whole packs that people count, and pack amounts in base units (g, ml, piece)."""

import re
from fractions import Fraction

from babel.numbers import format_decimal

from shop.core.errors import DomainError
from shop.core.i18n import lazy_gettext as _l
from shop.core.money import round_half_up
from shop.core.text import plain_digits

MOST_PACKS = 10_000_000
_NBSP = "\u00a0"
_WHOLE = re.compile(r"\d{1,12}|\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*")

# base unit: (amount of it in the large unit, that unit); a pack of pieces has no larger unit.
_LARGE = {"g": (1000, "kg"), "ml": (1000, "l"), "piece": (1, "piece")}
_SYMBOLS = {
    "g": ("g", "g", "g"),
    "kg": ("kg", "kg", "kg"),
    "ml": ("ml", "ml", "ml"),
    "l": ("lít", "L", "L"),
    "piece": ("cái", "pieces", "नग"),
}
_COLUMN = {"vi": 0, "en": 1, "hi": 2}


class BadCount(DomainError):
    """The text is no whole number of packs; `sentence` goes back on the form."""


def parse_count(text: str) -> int:
    """Return the number of whole packs a person typed, from 0 to MOST_PACKS; full-width digits count.

    A pack is whole, so "1.200" can only be twelve hundred, and "1.5" raises BadCount, as do signs and words.
    """
    plain = plain_digits(text).strip()
    if not _WHOLE.fullmatch(plain):
        raise BadCount(_l("Enter a whole number of packs, for example 12"))
    count = int(re.sub("[., ]", "", plain))
    if count > MOST_PACKS:
        raise BadCount(_l("This number is too large. Check the zeros."))
    return count


def shown(amount: int, base_unit: str, lang: str) -> str:
    """Return an amount in base units as people read it: 500 g, 1,5 kg, 750 ml; the space does not break."""
    in_large, large = _LARGE[base_unit]
    unit = large if amount >= in_large else base_unit
    figure = Fraction(amount, in_large if unit == large else 1)
    # Babel rounds to three decimals, which hold every gram of a kilogram: the float prints exactly.
    number = format_decimal(float(figure), locale=lang)
    return f"{number}{_NBSP}{unit_word(unit, lang, one=amount == 1)}"


def unit_word(unit: str, lang: str, *, one: bool = False) -> str:
    """Return the sign or word of g, kg, ml, l or piece; `one` asks for the English singular."""
    word = _SYMBOLS[unit][_COLUMN[lang]]
    return "piece" if one and word == "pieces" else word


def price_per_base(price: int, pack_amount: int, base_unit: str) -> tuple[int, str]:
    """Return (đồng, unit) for one kg, l or piece of a pack that costs `price` đồng and holds `pack_amount`.

    `pack_amount` is in base units (g, ml, piece) and above 0; the đồng are rounded half up.
    """
    in_large, large = _LARGE[base_unit]
    return round_half_up(Fraction(price * in_large, pack_amount)), large
