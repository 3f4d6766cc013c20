"""Which column of a statement holds what, by its heading.

The words are those of Agribank, BIDV and Vietcombank, in Vietnamese and English, compared without marks. Source: files
and readers of these banks' statements in public repositories; Vietcombank writes date and number into one cell under
"Ngày/ TNX Date/ Số CT/ Doc No".
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from shop.core.errors import Invalid
from shop.core.i18n import lazy_gettext as _l
from shop.payments.statements.values import Cell, folded, read_text

ABOVE = 60  # rows that may stand above the table


class Column(StrEnum):
    """What is read of a booking."""

    DATE = "date"
    NUMBER = "number"
    CREDIT = "credit"
    MEMO = "memo"


NAMES = {
    Column.DATE: _l("date"),
    Column.NUMBER: _l("bank's number"),
    Column.CREDIT: _l("money in"),
    Column.MEMO: _l("message"),
}
_WORDS = {
    Column.DATE: (
        "ngay giao dich|ngay gd|ngay|ngay gio giao dich|ngay gio|thoi gian giao dich|thoi gian|ngay hach toan"
        "|ngay ghi so|ngay hieu luc|transaction date|trans date|tnx date|date|posting date|value date|date time"
    ),
    Column.NUMBER: (
        "so tham chieu|tham chieu|so chung tu|so ct|ma giao dich|ma gd|so giao dich|so gd|so but toan|so tham chieu gd"
        "|reference|reference no|reference number|ref|ref no|doc no|transaction id|transaction no|trans no|seq|seq no"
    ),
    Column.CREDIT: (
        "ghi co|co|phat sinh co|ps co|so tien ghi co|so tien gui|gui vao|tien vao|so tien co|credit|credit amount"
        "|so tien gui vao|so phat sinh co|credit vnd|ghi co vnd|so tien vao"
    ),
    Column.MEMO: (
        "noi dung|noi dung giao dich|noi dung chi tiet|noi dung chuyen khoan|dien giai|mo ta|mo ta giao dich"
        "|description|transaction description|transactions in detail|transaction detail|transaction details"
        "|details|detail|remark|remarks|narrative|noi dung chuyen tien|chi tiet giao dich"
    ),
}
MEANING = {word: column for column, words in _WORDS.items() for word in words.split("|")}
_BETWEEN = re.compile(r"[/\n\r()|]")
_NUMBERS = re.compile(r"[0-9]{6,19}")


class Table(NamedTuple):
    """Where the table begins, and in which place of a row its columns stand."""

    head: int  # the row of the headings, counted from 0
    places: dict[Column, int]
    titles: dict[Column, str]  # as they stand in the file
    accounts: frozenset[str]  # numbers that the rows above call an account


def find(rows: Sequence[Sequence[Cell]]) -> Table | None:
    """Return where the table is, or None where no row has all the headings."""
    for place, row in enumerate(rows[:ABOVE]):
        places = _places(row)
        if len(places) == len(Column):
            titles = {column: read_text(row[at]) for column, at in places.items()}
            return Table(place, places, titles, _accounts(rows[:place]))
    return None


def missing(rows: Sequence[Sequence[Cell]]) -> Invalid:
    """Return the refusal of a file without a table, naming what the nearest row lacks."""
    nearest = max((_places(row) for row in rows[:ABOVE]), key=len, default={})
    if not nearest:
        return Invalid("file", _l("No table of bookings was found. Choose the statement as the bank gives it."))
    lacks = ", ".join(str(NAMES[column]) for column in Column if column not in nearest)
    return Invalid("file", _l("The table lacks a column: %(columns)s.", columns=lacks))


def _places(row: Sequence[Cell]) -> dict[Column, int]:
    found: dict[Column, int] = {}
    for place, cell in enumerate(row):
        for part in _parts(cell):
            column = MEANING.get(part) or _in_two_languages(part)
            if column is not None:
                found.setdefault(column, place)
    return found


def _in_two_languages(part: str) -> Column | None:
    """Read "Phát sinh có Credit": both halves name the same."""
    words = part.split()
    for middle in range(1, len(words)):
        first = MEANING.get(" ".join(words[:middle]))
        if first is not None and first is MEANING.get(" ".join(words[middle:])):
            return first
    return None


def _parts(cell: Cell) -> list[str]:
    """Return the whole heading and its parts: "Số dư/ Balance" has both names."""
    if not isinstance(cell, str) or len(cell) > 80:
        return []
    return [folded(cell), *(folded(part) for part in _BETWEEN.split(cell))]


def _accounts(rows: Sequence[Sequence[Cell]]) -> frozenset[str]:
    found: set[str] = set()
    for row in rows:
        text = " ".join(read_text(cell) for cell in row)
        if re.search(r"tai khoan|account|so tk", folded(text)):
            found.update(_NUMBERS.findall(text), _NUMBERS.findall(re.sub(r"(?<=[0-9])[ .-](?=[0-9])", "", text)))
    return frozenset(found)
