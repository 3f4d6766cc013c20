"""The state's numbers by the published examples, and as people write them."""

import json
from pathlib import Path

import pytest

from cooperatives.identity.numbers import (
    BIRTHPLACES,
    BadNumber,
    parse_citizen_number,
    parse_registration,
    parse_tax_code,
)

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("number", [one["number"] for one in VECTORS["citizen_valid"]])
def test_a_citizen_number(number):
    assert parse_citizen_number(number) == number
    assert parse_citizen_number(f" {number[:3]} {number[3:6]}.{number[6:9]}-{number[9:]} ") == number
    assert parse_tax_code(number) == number, "of a household they are one"


@pytest.mark.parametrize("number", [one["number"] for one in VECTORS["citizen_invalid"]])
def test_no_citizen_number(number):
    with pytest.raises(BadNumber):
        parse_citizen_number(number)


def test_nobody_is_born_next_year():
    with pytest.raises(BadNumber):
        parse_citizen_number("012399000018")


def test_born_abroad_and_full_width_digits():
    assert parse_citizen_number("１３７０９０００００１８") == "137090000018"


def test_63_birthplaces():
    assert len(BIRTHPLACES) == 63
    assert {"001", "012", "096"} <= BIRTHPLACES


@pytest.mark.parametrize("code", VECTORS["tax_valid"])
def test_a_tax_code(code):
    assert parse_tax_code(code) == code
    assert parse_tax_code(code.replace("-", " ")) == code
    assert parse_tax_code(f"{code[:4]}.{code[4:]}") == code


@pytest.mark.parametrize("code", [one["value"] for one in VECTORS["tax_invalid"]])
def test_no_tax_code(code):
    with pytest.raises(BadNumber):
        parse_tax_code(code)


def test_every_slip_of_one_digit_in_a_tax_code_is_found():
    good = "0100112437"
    for place in range(10):
        for digit in "0123456789":
            if digit != good[place]:
                with pytest.raises(BadNumber):
                    parse_tax_code(good[:place] + digit + good[place + 1 :])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("6200 012 345", "6200012345"),
        ("23a8.001234", "23A8001234"),
        ("6207b000012/htx", "6207B000012/HTX"),
        ("01-2025", "01-2025"),
    ],
)
def test_a_registration_number(typed, kept):
    assert parse_registration(typed) == kept


@pytest.mark.parametrize("typed", ["123", "HTX CHE", "62000123456?", "6" * 41, "//"])
def test_no_registration_number(typed):
    with pytest.raises(BadNumber):
        parse_registration(typed)
