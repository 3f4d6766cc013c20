"""Money is plain int đồng: reading what people type, rounding, and saying it in words."""

import re
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import NoReturn

from shop.core.errors import DomainError
from shop.core.i18n import lazy_gettext as _l
from shop.core.number_words import number_words
from shop.core.text import fold, nfc, plain_digits

MOST_MONEY = 10_000_000_000
_LONGEST_TEXT = 60

_UNITS = {
    fold(word): worth
    for worth, words in {
        1_000: ("k", "ng", "nghìn", "ngàn", "thousand", "हज़ार"),
        100_000: ("lakh", "लाख"),
        1_000_000: ("tr", "triệu", "million"),
        10_000_000: ("crore", "करोड़"),
        1_000_000_000: ("tỷ", "tỉ", "billion"),
    }.items()
    for word in words
}
_HALF = "ruoi"  # "một triệu rưỡi": a million and a half
_CURRENCY = re.compile(r"^(?:₫|vnđ|vnd)\s*|\s*(?:₫|vnđ|vnd|đồng|đ|dong|d|डोंग)$")
_TOKEN = re.compile(r"\d[\d.,]*|[^\d\s.,]+")
_WHOLE = re.compile(r"0|[1-9]\d*")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([., ])\d{3})(?:\1\d{3})*")
_INDIAN = re.compile(r"[1-9]\d?(?:,\d{2})+,\d{3}")
_NO_CENTS = re.compile(r"(?P<whole>\d{4,}|\d{1,3}(?:[., ]\d{2,3})*[., ]\d{3})(?P<mark>[.,])0{1,2}")
_DECIMAL = re.compile(r"(?:0|[1-9]\d*)[.,]\d+")
_NAMES = {"vi": "đồng", "en": "dong", "hi": "डोंग"}


class BadMoney(DomainError):
    """The text is no amount between 0 and 10,000,000,000 đồng; `sentence` goes back on the form."""

    def __init__(self, sentence: object = None) -> None:
        super().__init__(sentence or _l("Enter the price in digits, for example 45,000"))


class AmbiguousMoney(BadMoney):
    """The text reads two ways (1.250 is 1250 or 1250000); the form offers `low` and `high`, in đồng."""

    def __init__(self, low: int, high: int) -> None:
        # Without separators: what is shown can be typed back and is never ambiguous again.
        super().__init__(_l("Is it %(low)s or %(high)s? Enter all the digits.", low=low, high=high))
        self.low = low
        self.high = high


def parse_money(text: str) -> int:
    """Return the đồng that a person wrote: 25k, 1tr2, 1,5 triệu, 45.000, 1.250.000 ₫, 12,50,000.

    Raises AmbiguousMoney for one small group that may stand for thousands (1.250; a đồng sign after it
    settles it), BadMoney for anything else that is not a whole amount from 0 to MOST_MONEY.
    """
    plain = plain_digits(nfc(text)).strip().lower()
    if not plain or len(plain) > _LONGEST_TEXT:
        raise BadMoney
    bare = _CURRENCY.sub("", plain, count=1)
    amount = _plain_number(bare, marked=bare != plain) if set(bare) <= set("0123456789., ") else _with_units(bare)
    if amount > MOST_MONEY:
        raise BadMoney(_l("This amount is too large. Check the zeros."))
    return amount


def _plain_number(text: str, *, marked: bool) -> int:
    cents = _NO_CENTS.fullmatch(text)
    if cents and cents["mark"] not in cents["whole"]:  # 45000.00 and 1.250.000,00 come from spreadsheets
        return _plain_number(cents["whole"], marked=True)
    if not (_WHOLE.fullmatch(text) or _GROUPED.fullmatch(text) or _INDIAN.fullmatch(text)):
        raise BadMoney
    amount = int(re.sub("[., ]", "", text))
    one_small_group = len(text) == len("1.250") and text[1] in "., "
    if one_small_group and not marked and not text.endswith("000"):
        raise AmbiguousMoney(amount, amount * 1000)
    return amount


def _with_units(text: str) -> int:
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text.replace(" ", ""):
        raise BadMoney
    total, last_worth = Fraction(0), 0
    for number, word in _pairs(tokens):
        if word is None:  # the tail of "1tr2"
            total += _tail(number, last_worth)
            break
        worth = _UNITS.get(fold(word), 0)
        if not worth or (last_worth and worth >= last_worth):
            raise BadMoney
        total += _number_of(number, worth, alone=len(tokens) == 2)
        last_worth = worth
    if total.denominator != 1:
        raise BadMoney
    return int(total)


def _pairs(tokens: list[str]) -> list[tuple[str, str | None]]:
    """Pair each number with the unit after it; a last number without unit, or rưỡi, is paired with None."""
    if len(tokens) > 2 and fold(tokens[-1]) == _HALF and len(tokens) % 2:
        tokens = [*tokens[:-1], "5"]
    words: list[str | None] = [*tokens[1::2], None] if len(tokens) % 2 else [*tokens[1::2]]
    numbers = tokens[::2]
    if any(not number[0].isdecimal() for number in numbers):
        raise BadMoney
    return list(zip(numbers, words, strict=True))


def _tail(digits: str, worth: int) -> Fraction:
    if not worth or not digits.isdecimal() or len(digits) > 3:
        raise BadMoney
    return Fraction(int(digits) * worth, 10 ** len(digits))


def _number_of(text: str, worth: int, *, alone: bool) -> Fraction:
    if _WHOLE.fullmatch(text):
        return Fraction(int(text) * worth)
    grouped = _GROUPED.fullmatch(text)
    as_grouped = int(re.sub("[.,]", "", text)) * worth if grouped else 0
    if not _DECIMAL.fullmatch(text):
        return Fraction(as_grouped) if grouped else _refuse()
    as_decimal = Fraction(text.replace(",", ".")) * worth
    if grouped and as_grouped <= MOST_MONEY:
        raise AmbiguousMoney(int(as_decimal), as_grouped) if alone else BadMoney
    return as_decimal


def _refuse() -> NoReturn:
    raise BadMoney


def round_half_up(value: Fraction | Decimal | int) -> int:
    """Return the nearest whole đồng, halves away from zero; floats are refused with TypeError."""
    if isinstance(value, float):
        raise TypeError("money knows no float")
    exact = Fraction(value)
    size = floor(abs(exact) + Fraction(1, 2))
    return size if exact >= 0 else -size


def round_line(price: int, quantity: Fraction | Decimal | int) -> int:
    """Return price (đồng) × quantity or rate, rounded half up once: lines are rounded, sums never again."""
    if isinstance(quantity, float):
        raise TypeError("money knows no float")
    return round_half_up(price * Fraction(quantity))


def in_words(amount: int, lang: str) -> str:
    """Return the amount in đồng spelled out in vi, en or hi: 70000 is "bảy mươi nghìn đồng"."""
    return f"{number_words(amount, lang)} {_NAMES[lang]}"
