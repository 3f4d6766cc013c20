import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.core.codes import (
    find_order_codes,
    order_code,
    order_code_is_valid,
    public_code,
    read_public_code,
    secret_token,
    shown,
    token_digest,
)

SEVEN = st.integers(0, 9_999_999)


def made(number):
    class Fixed(random.Random):
        digits = iter(f"{number:07d}")

        def choice(self, _signs):
            return next(self.digits)

    return order_code("LC", Fixed())


def test_public_code_is_crockford():
    codes = {public_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(re.fullmatch("[0-9A-HJKMNP-TV-Z]{8}", code) for code in codes)


def test_public_code_repeats_by_seed():
    assert public_code(random.Random(7)) == public_code(random.Random(7))


def test_public_code_is_read_kindly():
    assert read_public_code(" o1l0ab9i ") == "0110AB91"


def test_damm_of_the_literature():
    assert made(572) == "LC00005724"  # the worked example: 572 has the check digit 4
    assert order_code_is_valid("LC00005724")


@given(SEVEN, st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_found(number, place, shift):
    code = made(number)
    digits = list(code[2:])
    digits[place] = str((int(digits[place]) + shift) % 10)
    assert order_code_is_valid(code)
    assert not order_code_is_valid("LC" + "".join(digits))


@given(SEVEN, st.integers(0, 6))
def test_swapped_neighbours_are_found(number, place):
    digits = list(made(number)[2:])
    swapped = [*digits[:place], digits[place + 1], digits[place], *digits[place + 2 :]]
    assert order_code_is_valid("LC" + "".join(swapped)) == (digits[place] == digits[place + 1])


@pytest.mark.parametrize(
    "code", ["", "LC", "lc00005724", "LC 0000 5724", "LC0000572", "LC000057244", "00005724", "LC0000572\u0664"]
)
def test_other_forms_are_not_valid(code):
    assert not order_code_is_valid(code)


def test_order_code_form_and_shown():
    code = order_code("LC")
    assert re.fullmatch(r"LC\d{8}", code)
    assert shown("LC48172063") == "LC 4817 2063"
    assert shown("ABC") == "ABC"


@given(SEVEN)
def test_a_code_is_found_in_what_banks_write(number):
    code = made(number)
    spaced = f"{code[:2]} {code[2:6]} {code[6:]}"
    for memo in (
        f"MBVCB.123.{code}.CT tu 0011 toi 0022",
        f"ct den: thanh toan {spaced.lower()}",
        f"-{code}-",
        f"Chuyển tiền đơn {' '.join(code)}",
        f"XYZ{code} 260001",
        f"{code}{code}",
        code.translate(str.maketrans("0123456789LC", "０１２３４５６７８９ＬＣ")),
    ):
        assert find_order_codes(memo, "LC") == [code]


def test_codes_are_found_in_order_and_once():
    one, two = made(1234567), made(7654321)
    assert find_order_codes(f"{two} {one} {two}", "LC") == [two, one]


@pytest.mark.parametrize("memo", ["", "LC", "LC00005725", "LC 1234", "DB00005724", "chuyen tien"])
def test_nothing_else_is_found(memo):
    assert find_order_codes(memo, "LC") == []


def test_secret_token_and_its_digest():
    token = secret_token()
    assert len(token) == 22
    assert token != secret_token()
    assert re.fullmatch("[0-9a-f]{64}", token_digest(token))
    assert token_digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
