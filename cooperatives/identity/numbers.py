"""Numbers that the state gives: read as people write them, checked, put into the one form that is kept."""

import json
import re
from pathlib import Path
from typing import Any

from shop.core.days import today
from shop.core.errors import DomainError
from shop.core.i18n import lazy_gettext as _l
from shop.core.text import plain_digits

_known = json.loads((Path(__file__).parent / "data" / "birthplaces.json").read_text(encoding="utf-8"))
BIRTHPLACES = frozenset(code for code, _name in _known["birthplaces"])
CITIZEN_LENGTH = 12
_ABROAD = 100  # from here on the first three digits name a country
_CENTURIES = {"0": 1900, "1": 1900, "2": 2000, "3": 2000}  # the even one is a man's, the odd one a woman's
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_TAX_LENGTH = 10
_LONGEST_TEXT = 40
_SEPARATORS = re.compile("[ .\u00a0\u2010-\u2015-]+")
_REGISTRATION = re.compile("[0-9A-ZĐ]+(?:[/-][0-9A-ZĐ]+)*")
_LEAST_REGISTRATION = 6


class BadNumber(DomainError):
    """The text is no such number; `sentence` goes back beside the field."""


def parse_citizen_number(text: str) -> str:
    """Return the twelve digits of a citizen number; spaces and dots are read over. Raises BadNumber.

    PPP G YY NNNNNN: birthplace by the 63 provinces before July 2025 or a country from 100 on, century and sex, year
    of birth, six random digits (Circular 59/2021/TT-BCA). There is no check digit: this finds slips, it proves nothing.
    """
    digits = _digits(text)
    if len(digits) != CITIZEN_LENGTH:
        raise BadNumber(_l("A citizen number has 12 digits. Look at the card and count."))
    place, century, year = digits[:3], _CENTURIES.get(digits[3]), int(digits[4:6])
    if place not in BIRTHPLACES and int(place) < _ABROAD:
        raise BadNumber(_l("The first three digits do not fit. Look at the card once more."))
    if century is None or century + year > today().year:
        raise BadNumber(_l("The fourth to sixth digits do not fit. Look at the card once more."))
    return digits


def parse_tax_code(text: str) -> str:
    """Return a tax code as it is kept: 10 digits, 10 and "-" and 3 of a branch, or a person's 12. Raises BadNumber.

    The tenth digit is 10 - (sum of weighted digits mod 11). Since 1 July 2025 a household's tax code is the citizen
    number of its head (Circular 86/2024/TT-BTC).
    """
    digits = _digits(text)
    if len(digits) == CITIZEN_LENGTH:
        return parse_citizen_number(digits)
    main, branch = digits[:_TAX_LENGTH], digits[_TAX_LENGTH:]
    if len(main) != _TAX_LENGTH or len(branch) not in {0, 3}:
        raise BadNumber(_l("A tax code has 10, 13 or 12 digits. Look at the paper and count."))
    total = sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, main, strict=False))
    if int(main[-1]) != 10 - total % 11 or branch == "000":
        raise BadNumber(_l("One digit of the tax code does not fit. Look at the paper once more."))
    return f"{main}-{branch}" if branch else main


def parse_registration(text: str) -> str:
    """Return the number of a registration certificate, spaces and dots taken out. Raises BadNumber.

    Certificates of several decades are about, so only what none of them has is refused.
    """
    plain = re.sub("[ .\u00a0]+", "", plain_digits(text)).upper().strip("/-")
    long_enough = _LEAST_REGISTRATION <= len(plain) <= _LONGEST_TEXT
    if not long_enough or not _REGISTRATION.fullmatch(plain) or not any(char.isdigit() for char in plain):
        raise BadNumber(_l("Enter the number as on the certificate, for example 6200012345."))
    return plain


def _digits(text: Any) -> str:
    plain = _SEPARATORS.sub("", plain_digits(str(text)))
    if len(plain) > _LONGEST_TEXT or not plain.isascii() or not plain.isdigit():
        raise BadNumber(_l("Enter digits only, as on the paper."))
    return plain
