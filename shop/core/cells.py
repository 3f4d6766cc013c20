"""Tables that people open in a spreadsheet: no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would calculate (OWASP: CSV injection)."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def csv_file(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV in UTF-8 with the mark by which spreadsheets know it."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + written.getvalue().encode()
