"""What a bank's file says: three banks, several writings, and every refusal with its row and column."""

from datetime import UTC, date, datetime

import pytest

from shop.core.errors import Invalid
from shop.core.i18n import use_language
from shop.payments.statements import workbooks
from shop.payments.statements.limits import MAX_BYTES, MOST_ROWS
from shop.payments.statements.reading import read
from shop.payments.statements.values import Damaged, read_amount, read_moment, read_number
from tests.shop.payments.statement_files import BANKS, OURS, Row, agribank, as_csv, as_xlsx

MEMO = "MBVCB.1.LC48172063 thanh toán chè Ẩm thực, đường ưỡn"
ROWS = [
    Row(datetime(2026, 11, 1, 8, 0, 5, tzinfo=UTC), "FT26000001", 1_250_000, MEMO),
    Row(datetime(2026, 11, 2, tzinfo=UTC), "FT26000002", 5_000, "phí", out=True),
    Row(datetime(2026, 11, 3, 9, tzinfo=UTC), "FT26000003", 250_000, "LC 4817 2063"),
]
HEAD = ["Ngày giao dịch", "Số tham chiếu", "Ghi có", "Nội dung"]
WRITINGS = ["utf-8-sig", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1258"]


def refused(data):
    with pytest.raises(Invalid) as problem, use_language("en"):
        read(data)
    assert problem.value.field == "file"
    with use_language("en"):
        return str(problem.value.sentence)


def one(*cells, head=HEAD):
    return as_csv([head, list(cells)])


def found(data):
    return [(line.came.reference, line.came.amount, line.came.memo) for line in read(data).lines]


WANTED = [("FT26000001", 1_250_000, MEMO), ("FT26000003", 250_000, "LC 4817 2063")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", WRITINGS)
@pytest.mark.parametrize("bank", BANKS)
def test_every_bank_in_every_writing(app, bank, encoding, separator):
    with app.app_context():
        assert found(as_csv(BANKS[bank](ROWS), encoding, separator)) == WANTED


@pytest.mark.parametrize("bank", BANKS)
def test_every_bank_as_a_workbook(app, bank):
    with app.app_context():
        statement = read(as_xlsx(BANKS[bank](ROWS)))
    assert [line.came.amount for line in statement.lines] == [1_250_000, 250_000]
    assert OURS in statement.accounts


def test_the_row_is_that_of_the_file_and_the_time_ours(app):
    line = read(as_csv(agribank(ROWS))).lines[0]
    assert line.row == 5
    assert line.came.booked_at == datetime(2026, 11, 1, 1, 0, 5, tzinfo=UTC)


def test_numbers_and_dates_of_a_workbook_are_read_as_such(app):
    sheet = as_xlsx([HEAD, ["01/11/2026", 5078, 1_250_000.0, 77]])
    assert found(sheet) == [("5078", 1_250_000, "77")]
    naive = datetime(2026, 11, 1, 7)  # noqa: DTZ001 - as a workbook holds it
    assert read_moment(naive) == datetime(2026, 11, 1, tzinfo=UTC)
    assert read_moment(date(2026, 11, 1)) == datetime(2026, 10, 31, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1.250.000", 1_250_000),
        ("1,250,000", 1_250_000),
        ("1250000,00", 1_250_000),
        ("1,250,000.00", 1_250_000),
        ("1.250.000,00", 1_250_000),
        ("1 250 000", 1_250_000),
        ("1\u00a0250\u00a0000 đ", 1_250_000),
        ("+5.000 VND", 5_000),
        ("1.250", 1_250),
        ("0", 0),
        ("0,00", 0),
        ("", None),
        ("-", None),
        (None, None),
        (1_250_000.0, 1_250_000),
    ],
)
def test_amounts(cell, amount):
    assert read_amount(cell) == amount


@pytest.mark.parametrize(
    "cell", ["1250,5", "1.250.00", "12.50.000", "1,250.000", "-5.000", "5k", "=1+1", "1e6", 2.5, -5, "9" * 14, "năm"]
)
def test_what_is_no_whole_amount(cell):
    with pytest.raises(ValueError, match=r".*"):
        read_amount(cell)


@pytest.mark.parametrize("cell", ["31/02/2026", "13/13/2026", "1/1/26", "hôm qua", "01/11/2026 25:00:00", ""])
def test_what_is_no_date(cell):
    with pytest.raises(ValueError, match=r".*"):
        read_moment(cell)


@pytest.mark.parametrize("cell", ["1/11/2026", "01-11-2026", "01.11.2026", "2026-11-01", "01/11/2026 00:00"])
def test_dates(cell):
    assert read_moment(cell) == datetime(2026, 10, 31, 17, tzinfo=UTC)


def test_numbers_of_the_bank():
    assert read_number("FT22343408026078\\BNK") == "FT22343408026078"
    assert read_number('="00123"') == "00123"
    for shortened in ("1.23457E+11", 1.5e15):
        with pytest.raises(Damaged):
            read_number(shortened)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["01/11/2026", "FT1", "5k", "x"], "Row 2, column “Ghi có”: “5k” cannot be read."),
        (["31/02/2026", "FT1", "5.000", "x"], "Row 2, column “Ngày giao dịch”: “31/02/2026” cannot be read."),
        (["", "FT1", "5.000", "x"], "Row 2, column “Ngày giao dịch”: nothing is written."),
        (["01/11/2026", "=A1", "5.000", "x"], "Row 2, column “Số tham chiếu”: “=A1” cannot be read."),
        (["01/11/2026", "FT1", "5.000", "=SUM(A1)"], "Row 2, column “Nội dung”: “=SUM(A1)” cannot be read."),
        (["01/11/2026", "FT1", "5.000", "x" * 1_001], f"Row 2, column “Nội dung”: “{'x' * 40}” cannot be read."),
        (
            ["01/11/2026", "1.2E+11", "5.000", "x"],
            "Row 2, column “Số tham chiếu”: Excel has shortened the number. Take the file as the bank gave it.",
        ),
    ],
)
def test_what_is_wrong_is_named(app, row, sentence):
    assert refused(one(*row)) == sentence


def test_totals_and_headings_below_are_passed_over(app):
    table = [
        HEAD,
        ["Date", "Ref No", "Credit", "Detail"],
        ["01/11/2026", "FT1", "5.000", "x"],
        ["Tổng cộng", "", "5.000", ""],
    ]
    assert found(as_csv(table)) == [("FT1", 5_000, "x")]


def test_money_in_without_the_banks_number_is_named(app):
    assert read(one("01/11/2026", "", "5.000", "lãi")).unnumbered == (2,)


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"x" * (MAX_BYTES + 1), "too large"),
        (b"%PDF-1.7", "This kind of file"),
        (b"\xd0\xcf\x11\xe0rest", "This kind of file"),
        (b"PK\x03\x04 no zip", "damaged"),
        (b"\x00\x01\x02 x" * 9, "letters of this file"),
        (b"hello\nworld", "No table of bookings"),
        (as_csv([["Ngày", "Ghi có", "Nội dung"], ["1", "2", "3"]]), "lacks a column: bank's number."),
        (as_csv([HEAD]), "No money came in"),
        (as_csv([HEAD, ["01/11/2026", "FT1", "", "x"]]), "No money came in"),
        (as_csv([HEAD] + [["01/11/2026", "FT1", "", "x"]] * MOST_ROWS), "more than 5000 rows"),
        (as_csv([HEAD, ["x" * 140_000, "", "", ""]]), "damaged"),
    ],
)
def test_other_files_are_refused_with_a_sentence(app, data, part):
    assert part in refused(data)


@pytest.mark.parametrize(
    ("extra", "cells", "part"),
    [
        ({"xl/vbaProject.bin": b"x"}, "", "macros or links"),
        ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, "", "macros or links"),
        ({"xl/connections.xml": b"<x/>"}, "", "macros or links"),
        ({}, '<row r="9"><c r="A9"><f>1+1</f><v>2</v></c></row>', "formulas"),
        ({}, '<row r="1048576"><c r="A1048576"><v>2</v></c></row>', "more than 5000 rows"),
        ({}, '<row r="9"><c r="XFD9"><v>2</v></c></row>', "more than 60 columns"),
        ({"xl/theme.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}, "", "damaged"),
        ({f"xl/{number}.xml": b"<x/>" for number in range(201)}, "", "too large inside"),
        ({"xl/media/a.bin": b"\0" * 31_000_000}, "", "too large inside"),
    ],
)
def test_workbooks_that_hold_more_than_text_are_refused(app, extra, cells, part):
    assert part in refused(as_xlsx(agribank(ROWS), extra, cells))


def test_a_workbook_that_lies_about_its_size_is_refused(app, monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 20_000)
    sheet = bytearray(as_xlsx(agribank(ROWS), {"xl/big.xml": b" " * 50_000}))
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = sheet.rfind(signature)
        sheet[at + place : at + place + 4] = (9).to_bytes(4, "little")
    assert refused(bytes(sheet)) in {
        "This Excel file is too large inside. Choose a shorter time.",
        "The file is damaged. Download it from the bank again.",
    }


@pytest.mark.parametrize("cut", [30, 200, 500, 900, -40])
def test_a_cut_workbook_is_refused(app, cut):
    sheet = as_xlsx(agribank(ROWS))
    assert read(sheet)
    assert "damaged" in refused(sheet[:cut])
