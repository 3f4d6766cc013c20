"""Telephone numbers: read as people write them, kept as E.164, shown and masked."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from shop.core.errors import DomainError
from shop.core.i18n import lazy_gettext as _l
from shop.core.text import plain_digits

_HOME = "VN"
_HOME_CODE = 84
_HIDDEN = "•••"
_LONGEST_TEXT = 40
# Letters would be read as keys of a telephone (0912ABCDEF); hyphens come in several lengths.
_WRITTEN = re.compile("[0-9+() ./\u2010-\u2015-]+")
_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


class BadPhone(DomainError):
    """The text is no telephone number; `sentence` goes back on the form."""

    def __init__(self) -> None:
        super().__init__(_l("Enter a phone number, for example 0912 345 678"))


def parse_phone(text: str) -> str:
    """Return the number as E.164 ("+84912345678"); without a country it is Vietnamese.

    Spaces, dots, hyphens, +84, 84, 0084 and full-width digits are read. Raises BadPhone, also for the
    eleven-digit 01x numbers that ended in 2018.
    """
    plain = plain_digits(text).strip()
    if len(plain) > _LONGEST_TEXT or not _WRITTEN.fullmatch(plain):
        raise BadPhone
    number = _read(plain)
    if number is None or not phonenumbers.is_valid_number(number):
        raise BadPhone
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def is_mobile(e164: str) -> bool:
    """Say whether the number can receive an SMS."""
    number = _read(e164)
    return number is not None and phonenumbers.number_type(number) in _MOBILE


def show_phone(e164: str) -> str:
    """Return "0912 345 678" for a Vietnamese number, "+91 98765 43210" for others."""
    number = _read(e164)
    if number is None:
        return e164
    at_home = number.country_code == _HOME_CODE
    return phonenumbers.format_number(
        number, PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    )


def mask_phone(e164: str) -> str:
    """Return the number with its middle hidden: "0912 ••• 678", "+91 ••• 210"."""
    number = _read(e164)
    if number is None:
        return _HIDDEN
    digits = phonenumbers.national_significant_number(number)
    start = f"0{digits[:3]}" if number.country_code == _HOME_CODE else f"+{number.country_code}"
    return f"{start} {_HIDDEN} {digits[-3:]}"


def _read(text: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, _HOME)
    except NumberParseException:
        return None
