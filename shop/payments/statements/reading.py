"""A statement's file read into what came in; what is unclear is refused with its row and column."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from shop.core.errors import Invalid
from shop.core.i18n import lazy_gettext as _l
from shop.payments.statements import files, headings
from shop.payments.statements.headings import Column, Table
from shop.payments.statements.limits import LONGEST
from shop.payments.statements.values import Cell, Damaged, has_digit, read_amount, read_moment, read_number, read_text
from shop.payments.transfers.services import Came

_BOTH = re.compile(r"\s*([0-9]{1,2}/[0-9]{1,2}/[0-9]{4}(?:\s+[0-9:]{5,8})?)\s+(.*)", re.DOTALL)


class Line(NamedTuple):
    """One amount that came in, and the row of the file that says so, counted from 1."""

    row: int
    came: Came


class Statement(NamedTuple):
    """What a file tells, in the order in which it happened."""

    lines: tuple[Line, ...]
    accounts: frozenset[str]  # numbers that the file calls an account
    unnumbered: tuple[int, ...]  # rows of money in without the bank's number: they cannot be known again


def read(data: bytes) -> Statement:
    """Return what came in by a CSV or XLSX file; raises Invalid (field `file`) saying which row and column is wrong."""
    first: list[list[Cell]] = []
    for rows in files.tables_of(data):
        table = headings.find(rows)
        if table is not None:
            return _statement(rows, table)
        first = max(first, rows, key=lambda some: max(map(len, some), default=0))
    raise headings.missing(first)


def _statement(rows: Sequence[Sequence[Cell]], table: Table) -> Statement:
    lines: list[Line] = []
    unnumbered: list[int] = []
    for number, row in enumerate(rows[table.head + 1 :], start=table.head + 2):
        came = _came(_picked(row, table), number, table)
        if came is not None and came.reference:
            lines.append(Line(number, came))
        elif came is not None:
            unnumbered.append(number)
    if not lines and not unnumbered:
        raise Invalid("file", _l("No money came in by this file."))
    newest_first = bool(lines) and lines[0].came.booked_at > lines[-1].came.booked_at
    in_order = sorted(reversed(lines) if newest_first else lines, key=lambda line: line.came.booked_at)
    return Statement(tuple(in_order), table.accounts, tuple(unnumbered))


def _picked(row: Sequence[Cell], table: Table) -> dict[Column, Cell]:
    """Take the cells that are used; Vietcombank's date and number may share one."""
    cells = {column: row[place] if place < len(row) else None for column, place in table.places.items()}
    shared = cells[Column.DATE] if table.places[Column.DATE] == table.places[Column.NUMBER] else None
    both = _BOTH.fullmatch(shared) if isinstance(shared, str) else None
    return cells | ({Column.DATE: both[1], Column.NUMBER: both[2]} if both else {})


def _came(cells: dict[Column, Cell], row: int, table: Table) -> Came | None:
    """Return what came in by one row; None for money that went out, a total, or a second row of headings."""
    try:
        amount = read_amount(cells[Column.CREDIT])
    except ValueError:
        if has_digit(cells[Column.DATE]):
            raise _wrong(row, Column.CREDIT, table, cells) from None
        return None
    if not amount:
        return None
    number = _number(cells, row, table)
    if not has_digit(cells[Column.DATE]) and not any(map(str.isdigit, number)):
        return None
    try:
        at = read_moment(cells[Column.DATE])
    except (ValueError, OverflowError):
        raise _wrong(row, Column.DATE, table, cells) from None
    return Came(number, amount, _text(cells, row, table), at)


def _number(cells: dict[Column, Cell], row: int, table: Table) -> str:
    try:
        number = read_number(cells[Column.NUMBER])
    except Damaged:
        title = table.titles[Column.NUMBER]
        raise Invalid(
            "file",
            _l(
                "Row %(row)s, column “%(column)s”: Excel has shortened the number. Take the file as the bank gave it.",
                row=row,
                column=title,
            ),
        ) from None
    if number.startswith("=") or len(number) > LONGEST // 10:
        raise _wrong(row, Column.NUMBER, table, cells)
    return number


def _text(cells: dict[Column, Cell], row: int, table: Table) -> str:
    try:
        text = read_text(cells[Column.MEMO])
    except Damaged as problem:
        text = str(problem)
    if text.startswith("=") or len(text) > LONGEST:
        raise _wrong(row, Column.MEMO, table, cells)
    return text


def _wrong(row: int, column: Column, table: Table, cells: dict[Column, Cell]) -> Invalid:
    shown = str(cells[column] or "").strip()[:40]
    title = table.titles[column]
    if not shown:
        return Invalid("file", _l("Row %(row)s, column “%(column)s”: nothing is written.", row=row, column=title))
    return Invalid(
        "file",
        _l("Row %(row)s, column “%(column)s”: “%(written)s” cannot be read.", row=row, column=title, written=shown),
    )
