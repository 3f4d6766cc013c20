"""The rows of an .xlsx file. What it holds is looked at before it is read: a small file can unpack to gigabytes."""

import io
import re
import zipfile

from shop.core.errors import Invalid
from shop.core.i18n import lazy_gettext as _l
from shop.payments.statements.limits import MOST_CELLS, MOST_PARTS, MOST_ROWS, MOST_UNPACKED, too_many_rows
from shop.payments.statements.values import Cell

_ACTIVE = re.compile(r"(?i)vbaproject|macrosheet|externallinks?/|activex|embeddings/|dialogsheets/|connections\.xml")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_PLACE = re.compile(rb"<(?:\w+:)?(?:c|row)\s[^>]*?\br\s*=\s*[\"']([A-Z]*)([0-9]+)[\"']")


def rows_of(data: bytes) -> list[list[Cell]]:
    """Return the rows of the first sheet that is shown; raises Invalid."""
    try:
        _look_through(data)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, zipfile.LargeZipFile):
        raise _damaged() from None
    return _read(data)


def _read(data: bytes) -> list[list[Cell]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        kinds = SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible
        shown = [sheet.name for sheet in book.sheets_metadata if (sheet.typ, sheet.visible) == kinds]
        rows = book.get_sheet_by_name(shown[0]).to_python(skip_empty_area=False)
    except (Exception, BaseExceptionGroup):
        raise _damaged() from None
    if len(rows) > MOST_ROWS:
        raise too_many_rows()
    return [list(row) for row in rows]


def _look_through(data: bytes) -> None:
    """Refuse what is too large unpacked, what may run or fetch something, and formulas: only values are read."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        infos = parts.infolist()
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
            raise Invalid("file", _l("This Excel file is too large inside. Choose a shorter time."))
        if any(_ACTIVE.search(info.filename) for info in infos):
            raise Invalid("file", _l("This Excel file has macros or links. Save it as a plain .xlsx or as CSV."))
        left = MOST_UNPACKED
        for info in infos:
            with parts.open(info) as part:
                content = part.read(left + 1)
            left -= len(content)
            if left < 0:
                raise Invalid("file", _l("This Excel file is too large inside. Choose a shorter time."))
            if info.filename.endswith(".xml"):
                _look_at(info.filename, content)


def _look_at(name: str, content: bytes) -> None:
    if b"<!DOCTYPE" in content or b"\0" in content:
        raise _damaged()
    if not name.startswith("xl/worksheets/"):
        return
    if _FORMULA.search(content):
        raise Invalid("file", _l("This Excel file has formulas. Save it as CSV, or download it from the bank again."))
    for column, row in _PLACE.findall(content):
        if int(row) > MOST_ROWS:
            raise too_many_rows()
        if len(column) > 2 or _number(column) > MOST_CELLS:
            raise Invalid("file", _l("The file has more than %(columns)s columns.", columns=MOST_CELLS))


def _number(column: bytes) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _damaged() -> Invalid:
    return Invalid("file", _l("The file is damaged. Download it from the bank again."))
