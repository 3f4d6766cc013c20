"""Amounts, moments and texts as banks write them into the cells of a statement."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from shop.core.days import from_local
from shop.core.text import fold, plain_digits

Cell = str | int | float | bool | datetime | date | time | timedelta | None
MOST = 9_999_999_999_999  # đồng in one booking
EXACT = 10**15  # from here on a spreadsheet's numbers lose their last digits
_CURRENCY = re.compile(r"(?i)\s*(vnđ|vnd|đ|₫)\s*$")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*(?:(?!\1)[.,]0{1,2})?")
_PLAIN = re.compile(r"([0-9]+)(?:[.,]0{1,2})?")
_CENTS = re.compile(r"[.,]0{1,2}$")
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)
_QUOTED = re.compile(r'="(.*)"', re.DOTALL)
_MOMENTS = re.compile(
    r"(?:(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})|(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}))"
    r"(?:[ T,]+(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?)?"
)


class Damaged(ValueError):
    """A long number that a spreadsheet shortened: its last digits are lost."""


def read_text(cell: Cell) -> str:
    """Return a cell as one line of NFC text; raises Damaged for a number whose digits a spreadsheet lost."""
    if isinstance(cell, bool) or cell is None:
        return "" if cell is None else str(cell)
    if isinstance(cell, float | int):
        if abs(cell) >= EXACT:
            raise Damaged(str(cell))
        return str(int(cell)) if cell == int(cell) else str(cell)
    text = unicodedata.normalize("NFC", str(cell))
    quoted = _QUOTED.fullmatch(text.strip())  # ="0012": how banks keep a spreadsheet from shortening a number
    text = quoted[1] if quoted else text
    return " ".join("".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in text).split())


def read_number(cell: Cell) -> str:
    """Return the bank's number of a booking without what some banks hang on to it; raises Damaged."""
    text = read_text(cell)
    if _SHORTENED.fullmatch(text):
        raise Damaged(text)
    return text.split("\\")[0].strip()


def read_amount(cell: Cell) -> int | None:
    """Return whole đồng, None for an empty cell; raises ValueError for what is no whole amount, or below 0."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        if cell != int(cell) or not 0 <= cell <= MOST:
            raise ValueError(cell)
        return int(cell)
    text = _CURRENCY.sub("", plain_digits(read_text(cell))).removeprefix("+").strip()
    if text in {"", "-"}:
        return None
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[., ]", "", _CENTS.sub("", text))
    plain = _PLAIN.fullmatch(text)
    if plain is None or int(plain[1]) > MOST:
        raise ValueError(text)
    return int(plain[1])


def read_moment(cell: Cell) -> datetime:
    """Return the moment of a booking, of a day alone its first; raises ValueError."""
    if isinstance(cell, datetime):
        return from_local(cell)
    if isinstance(cell, date):
        return from_local(datetime(cell.year, cell.month, cell.day))  # noqa: DTZ001 - a bank's
    found = _MOMENTS.fullmatch(plain_digits(read_text(cell)))
    if found is None:
        raise ValueError(cell)
    day = date.fromisoformat(found["iso"]) if found["iso"] else date(*map(int, found.group("year", "month", "day")))
    hour, minute, second = (int(part or 0) for part in found.group("hour", "minute", "second"))
    return from_local(datetime(day.year, day.month, day.day, hour, minute, second))  # noqa: DTZ001 - a bank's


def has_digit(cell: Cell) -> bool:
    """Say whether there is a date or number in a cell at all."""
    return not isinstance(cell, str | None) or any(sign.isdigit() for sign in cell or "")


def folded(cell: Cell) -> str:
    """Return a cell as it is compared: without marks, case and punctuation."""
    return fold(cell) if isinstance(cell, str) else ""
