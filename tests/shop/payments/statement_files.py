"""Statements as banks give them, made for tests: three banks' tables, as CSV in several writings and as XLSX."""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from xml.sax.saxutils import escape

from tests.shop.payments.transferring import ACCOUNTS

OURS = ACCOUNTS["cooperative"][1]


class Row(NamedTuple):
    """One booking: đồng that came in, or went out where `out` says so."""

    at: datetime
    number: str
    amount: int
    memo: str
    out: bool = False


def agribank(rows: Sequence[Row], account: str = OURS) -> list[list[str]]:
    """Number, date and time, then debit, credit, balance, message and reference; dots between thousands."""
    head = ["STT", "Ngày giao dịch", "Ghi nợ", "Ghi có", "Số dư", "Nội dung", "Số tham chiếu"]
    above = [["AGRIBANK", "SAO KÊ TÀI KHOẢN"], ["Số tài khoản:", account], [], head]
    table = [
        [
            str(place),
            f"{row.at:%d/%m/%Y %H:%M:%S}",
            *_two(f"{row.amount:,}".replace(",", "."), row),
            "0",
            row.memo,
            row.number,
        ]
        for place, row in enumerate(rows, start=1)
    ]
    return [
        *above,
        *table,
        ["", "Tổng cộng", "0", f"{sum(row.amount for row in rows):,}".replace(",", "."), "", "", ""],
    ]


def bidv(rows: Sequence[Row], account: str = OURS) -> list[list[str]]:
    """Headings in two languages without marks, reference first; decimals behind a comma."""
    head = ["So tham chieu Reference", "Ngay giao dich", "Phat sinh no", "Phat sinh co Credit", "So du", "Dien giai"]
    above = [["BIDV"], [f"Tai khoan {account}, VND"], head]
    return [
        *above,
        *([row.number, f"{row.at:%d/%m/%Y}", *_two(f"{row.amount},00", row), "0,00", row.memo] for row in rows),
        ["", "Cong phat sinh", "0,00", "0,00", "", ""],
        [],
        ["Ngay in: 30/11/2026 10:00"],
    ]


def vietcombank(rows: Sequence[Row], account: str = OURS) -> list[list[str]]:
    """Date and number in one cell, the newest first; commas between thousands."""
    head = [
        "STT/ No.",
        "Ngày1/\nTNX Date/ Số CT/ Doc No",
        "Số tiền ghi nợ/\nDebit",
        "Số tiền ghi có/\nCredit",
        "Số dư/\nBalance",
        "Nội dung chi tiết/\nTransactions in detail",
    ]
    above = [["Vietcombank"], [f"Số tài khoản/Account number: {account}"], ["Từ/ From: 01/11/2026"], head]
    return [
        *above,
        *(
            [str(place), f"{row.at:%d/%m/%Y}\n{row.number}", *_two(f"{row.amount:,}", row), "0", row.memo]
            for place, row in enumerate(reversed(rows), start=1)
        ),
    ]


BANKS = {"agribank": agribank, "bidv": bidv, "vietcombank": vietcombank}


def as_csv(table: Sequence[Sequence[str]], encoding: str = "utf-8-sig", separator: str = ",") -> bytes:
    """The table as text."""
    kept = io.StringIO(newline="")
    csv.writer(kept, delimiter=separator).writerows(table)
    text = kept.getvalue()
    if encoding == "cp1258":
        return b"".join(_cp1258(sign) for sign in text)
    return text.encode(encoding)


def as_xlsx(table: Sequence[Sequence[object]], extra: dict[str, bytes] | None = None, cells: str = "") -> bytes:
    """The table as a workbook of one sheet; `cells` is put into its last row as it is, `extra` adds parts."""
    rows = "".join(
        f'<row r="{place}">{"".join(_cell(value) for value in row)}</row>' for place, row in enumerate(table, start=1)
    )
    spreadsheet = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006"
    sheet_kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{packages}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{sheet_kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packages}/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {spreadsheet} xmlns:r="{office}"><sheets>'
        '<sheet name="Sao kê" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packages}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {spreadsheet}><sheetData>{rows}{cells}</sheetData></worksheet>",
    }
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, text)
        for name, content in (extra or {}).items():
            book.writestr(name, content)
    return kept.getvalue()


def _dotted(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _two(amount: str, row: Row) -> tuple[str, str]:
    return (amount, "") if row.out else ("", amount)


def _cell(value: object) -> str:
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def _cp1258(sign: str) -> bytes:
    """Windows-1258 writes most letters with two marks as a letter and a tone."""
    try:
        return sign.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", sign)
        tone = next(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
        return unicodedata.normalize("NFC", parts.replace(tone, "")).encode("cp1258") + tone.encode("cp1258")
