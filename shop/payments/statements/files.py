"""The rows of a statement's file, within limits: what is too large or may do more than hold text is refused."""

import csv
import io
import unicodedata
from collections.abc import Iterator

from shop.core.errors import Invalid
from shop.core.i18n import lazy_gettext as _l
from shop.payments.statements import workbooks
from shop.payments.statements.limits import MAX_BYTES, MOST_CELLS, MOST_ROWS, too_many_rows
from shop.payments.statements.values import Cell

SEPARATORS = ",;\t|"
_ZIP, _OLD, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"


def tables_of(data: bytes) -> Iterator[list[list[Cell]]]:
    """Yield the file's rows, for a text once for each sign that may part its columns; raises Invalid."""
    if not data.strip():
        raise Invalid("file", _l("The file is empty."))
    if len(data) > MAX_BYTES:
        raise Invalid("file", _l("The file is too large: at most %(megabytes)s MB.", megabytes=MAX_BYTES // 1_000_000))
    if data.startswith(_ZIP):
        yield workbooks.rows_of(data)
        return
    if data.startswith((_OLD, _PDF)):
        raise Invalid("file", _l("This kind of file cannot be read. Download the statement as Excel (.xlsx) or CSV."))
    text = _decoded(data)
    for separator in SEPARATORS:
        yield _rows(text, separator)


def _rows(text: str, separator: str) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if len(rows) == MOST_ROWS:
                raise too_many_rows()
            rows.append(list(row[:MOST_CELLS]))
    except csv.Error:
        raise Invalid("file", _l("The file is damaged. Download it from the bank again.")) from None
    return rows


def _decoded(data: bytes) -> str:
    """Read UTF-8, UTF-16 or Windows-1258, whichever it is, as NFC."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        names = ["utf-16"]
    elif b"\0" in data[:200]:
        names = ["utf-16-le" if data[1:2] == b"\0" else "utf-16-be"]
    else:
        names = ["utf-8-sig", "cp1258"]
    for name in names:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return unicodedata.normalize("NFC", text)
    raise Invalid("file", _l("The letters of this file cannot be read. Save it as “CSV UTF-8” or as .xlsx."))
