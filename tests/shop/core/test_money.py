from decimal import Decimal
from fractions import Fraction

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from shop.core.errors import DomainError
from shop.core.money import MOST_MONEY, AmbiguousMoney, BadMoney, parse_money, round_half_up, round_line


@pytest.mark.parametrize(
    ("text", "amount"),
    [("25k", 25_000), ("25 K", 25_000), ("25 nghìn", 25_000), ("25 NGÀN", 25_000), ("25 nghin", 25_000),
     ("25kđ", 25_000), ("1tr2", 1_200_000), ("1tr25", 1_250_000), ("1tr250", 1_250_000),
     ("1tr250k", 1_250_000), ("1tr05", 1_050_000),
     ("1 triệu 2", 1_200_000), ("1 triệu rưỡi", 1_500_000), ("1 triệu 200 nghìn", 1_200_000), ("1,5 triệu", 1_500_000),
     ("1.5tr", 1_500_000), ("0,5 triệu", 500_000), ("2k5", 2_500), ("2 tỷ rưỡi", 2_500_000_000),
     ("1.250.000 ₫", 1_250_000), ("1.250.000\u00a0₫", 1_250_000), ("1.250.000 đ", 1_250_000),
     ("1.250.000 đồng", 1_250_000),
     ("1,250,000", 1_250_000), ("₫1,250,000", 1_250_000), ("₫12,50,000", 1_250_000), ("1 250 000", 1_250_000),
     ("1\u202f250\u202f000", 1_250_000), ("1250000đ", 1_250_000), ("1250000d", 1_250_000), ("1250000 VNĐ", 1_250_000),
     ("VND 1250000", 1_250_000), ("２５０００", 25_000), ("２５ｋ", 25_000), ("४५०००", 45_000), ("25", 25),
     ("0", 0), ("45.000", 45_000),
     ("5.000", 5_000), ("1.250đ", 1_250), ("12.500", 12_500), ("45000.00", 45_000), ("1.250.000,00", 1_250_000),
     ("1,250.00", 1_250), ("2 lakh", 200_000), ("3 हज़ार", 3_000), ("1,255 tỷ", 1_255_000_000),
     ("10000000000", MOST_MONEY)],
)  # fmt: skip
def test_what_people_write(text, amount):
    assert parse_money(text) == amount


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("1.250", 1250, 1_250_000), ("1,250", 1250, 1_250_000), ("9.999", 9999, 9_999_000), ("1.250k", 1250, 1_250_000),
     ("1,250 triệu", 1_250_000, 1_250_000_000)],
)  # fmt: skip
def test_what_reads_two_ways_is_asked(text, low, high):
    with pytest.raises(AmbiguousMoney) as refusal:
        parse_money(text)
    assert (refusal.value.low, refusal.value.high) == (low, high)
    assert isinstance(refusal.value, BadMoney)
    assert parse_money(str(low)) == low
    assert parse_money(str(high)) == high


@pytest.mark.parametrize(
    "text",
    ["", " ", "-5", "\u22125000", "(5000)", "+5", "NaN", "inf", "1e5", "0x10", "abc", "k", "rưỡi", "1 rưỡi", "25.5",
     "25,5", "1.250,5 k",
     "450.00", "1.250,000", "1..000", "1.25.000", "0.500", "045.000", "0912345678", "25kk", "1k1tr", "1trtr", "1,2345k",
     "1tr2500", "45.000/kg", "12 345 6", "5²", "1 250 k", "10000000001", "100 tỷ", "9" * 5000, "1.\x00000", "đ", "₫",
     "12,50,00"],
)  # fmt: skip
def test_what_is_no_amount(text):
    with pytest.raises(BadMoney) as refusal:
        parse_money(text)
    assert isinstance(refusal.value, DomainError)
    assert not isinstance(refusal.value, AmbiguousMoney)


@given(st.integers(0, MOST_MONEY))
def test_what_we_show_can_be_typed_back(amount):
    assert parse_money(str(amount)) == amount
    for lang in ("vi", "en", "hi"):
        assert parse_money(format_currency(amount, "VND", locale=lang)) == amount


@given(st.text(max_size=80))
def test_any_text_is_an_amount_or_a_sentence(text):
    try:
        amount = parse_money(text)
    except BadMoney as refusal:
        amount = 0 if refusal.sentence is not None else None
    assert type(amount) is int
    assert 0 <= amount <= MOST_MONEY


@given(st.text(alphabet="0123456789., kKtrđd₫nghìu", max_size=14))
def test_any_text_like_money_too(text):
    test_any_text_is_an_amount_or_a_sentence.hypothesis.inner_test(text)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [(Decimal("0.5"), 1), (Decimal("1.5"), 2), (Decimal("2.5"), 3), (Decimal("2.4999"), 2), (Fraction(5, 3), 2), (7, 7),
     (Decimal("-0.5"), -1), (Decimal("-2.4"), -2)],
)  # fmt: skip
def test_halves_go_up(value, rounded):
    assert round_half_up(value) == rounded


def test_a_line_is_rounded_once():
    assert round_line(45_000, 3) == 135_000
    assert round_line(12_345, Decimal("0.08")) == 988
    assert round_line(33_333, Fraction(1, 2)) == 16_667


@pytest.mark.parametrize("call", [lambda: round_half_up(0.5), lambda: round_line(10, 0.1)])
def test_floats_are_refused(call):
    with pytest.raises(TypeError):
        call()


@given(st.integers(0, 10**10), st.decimals(0, 100, places=4))
def test_rounding_is_never_off_by_more_than_half(price, rate):
    assert abs(round_line(price, rate) - price * Fraction(rate)) <= Fraction(1, 2)
