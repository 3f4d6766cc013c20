"""Packs and amounts as people write them."""

import pytest

from products.packs import (
    BadAmount,
    Steps,
    base_unit,
    pack_text,
    parse_amount,
    parse_cm,
    parse_days,
    parse_permille,
    typed_amount,
    typed_permille,
)


@pytest.mark.parametrize(
    ("word", "amount", "lang", "shown"),
    [
        ("goi", 500, "vi", "gói 500\u00a0g"),
        ("goi", 1500, "en", "pack 1.5\u00a0kg"),
        ("kg", 1000, "vi", "kg"),
        ("kg", 5000, "vi", "kg 5\u00a0kg"),
        ("chai", 750, "hi", "बोतल 750\u00a0ml"),
        ("vi", 10, "vi", "vỉ 10\u00a0cái"),
        ("nonsense", 3, "vi", ""),
    ],
)
def test_a_pack_in_words(word, amount, lang, shown):
    assert pack_text(word, amount, lang) == shown


def test_the_base_unit_of_a_word():
    assert [base_unit(word) for word in ("goi", "chai", "con", "")] == ["g", "ml", "piece", "piece"]


@pytest.mark.parametrize(
    ("typed", "base", "amount"),
    [
        ("500", "g", 500),
        ("500g", "g", 500),
        (" 500  gam ", "g", 500),
        ("５００ ｇ", "g", 500),
        ("0,5 kg", "g", 500),
        ("0.5KG", "g", 500),
        ("1,25 kg", "g", 1250),
        ("2 lạng", "g", 200),
        ("1.500", "g", 1500),
        ("1.500 g", "g", 1500),
        ("1,500 ml", "ml", 1500),
        ("1.5 lít", "ml", 1500),
        ("5 लीटर", "ml", 5000),
        ("10", "piece", 10),
        ("10 quả", "piece", 10),
        ("10.000.000", "g", 10_000_000),
    ],
)
def test_an_amount_is_read(typed, base, amount):
    assert parse_amount(typed, base) == amount


@pytest.mark.parametrize("base", ["g", "ml", "piece"])
@pytest.mark.parametrize(
    "typed",
    ["", "abc", "-5", "0", "0 kg", "1.5", "1.500 kg", "0.0001 kg", "NaN", "1e9", "5 xu", "9" * 400, "500 g g",
     "1.2.3", "1,50,000", "11.000.000", "½", "🍯", "5\x00"],
)  # fmt: skip
def test_what_is_no_amount_is_refused_with_a_sentence(typed, base):
    with pytest.raises(BadAmount) as refused:
        parse_amount(typed, base)
    assert str(refused.value.sentence)


@pytest.mark.parametrize(
    ("typed", "days"),
    [("30", 30), ("2 tuần", 14), ("6 tháng", 180), ("1 năm", 365), ("１２ months", 360), ("2 साल", 730)],
)
def test_days_are_read(typed, days):
    assert parse_days(typed) == days


@pytest.mark.parametrize("typed", ["", "0", "-1", "lâu", "99999", "11 năm", "3 thế kỷ", "1,5 năm", "9" * 5000])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(BadAmount):
        parse_days(typed)


@pytest.mark.parametrize(
    ("typed", "side"), [("1", 1), ("25", 25), ("25 cm", 25), ("２５ｃｍ", 25), ("12,5", 13), ("12.0", 12), ("300", 300)]
)
def test_a_side_is_rounded_up_as_carriers_do(typed, side):
    assert parse_cm(typed) == side


@pytest.mark.parametrize(
    "typed", ["", "0", "-1", "NaN", "25k", "1tr2", "1.250", "301", "300,5", "1 m", "9" * 5000, "🍯"]
)
def test_what_is_no_side_is_refused(typed):
    with pytest.raises(BadAmount):
        parse_cm(typed)


@pytest.mark.parametrize(
    ("typed", "tenths"),
    [("0", 0), ("40", 400), ("12,5", 125), ("12.5 %", 125), ("40 độ", 400), ("４０％", 400), ("100", 1000)],
)
def test_alcohol_is_read_and_written_back(typed, tenths):
    assert parse_permille(typed) == tenths
    assert parse_permille(typed_permille(tenths)) == tenths


@pytest.mark.parametrize("typed", ["", "-1", "NaN", "101", "100,1", "1.250", "25k", "12,55", "mạnh", "9" * 5000])
def test_what_is_no_percent_is_refused(typed):
    with pytest.raises(BadAmount):
        parse_permille(typed)


@pytest.mark.parametrize(
    ("least", "step", "fit", "refused", "within"),
    [
        (None, None, [1, 2, 9], [0], {9: 9, 0: 0}),
        (5, None, [5, 6, 9], [1, 4], {9: 9, 4: 0}),
        (None, 6, [6, 12], [1, 7, 11], {11: 6, 5: 0, 12: 12}),
        (10, 4, [10, 14], [4, 12], {13: 10, 9: 0, 14: 14}),
    ],
)
def test_steps(least, step, fit, refused, within):
    steps = Steps.of(least, step)
    assert all(steps.fit(packs) for packs in fit)
    assert not any(steps.fit(packs) for packs in refused)
    assert {packs: steps.within(packs) for packs in within} == within


@pytest.mark.parametrize(("packs", "most", "near"), [(1, 99, 10), (10, 99, 10), (11, 99, 14), (11, 13, 10), (3, 9, 0)])
def test_the_number_that_may_be_ordered_instead(packs, most, near):
    assert Steps(10, 4).near(packs, most) == near


@pytest.mark.parametrize("amount", [1, 10, 357, 500, 999, 1000, 1500, 5000, 10_000_000])
@pytest.mark.parametrize("word", ["goi", "chai", "vi"])
def test_an_amount_written_out_is_read_back(word, amount):
    assert parse_amount(typed_amount(amount, word), base_unit(word)) == amount


def test_nothing_is_written_where_the_word_says_it():
    assert typed_amount(None, "goi") == typed_amount(1000, "kg") == typed_amount(10, "chuc") == ""
