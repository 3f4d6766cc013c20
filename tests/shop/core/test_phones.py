import pytest

from shop.core.phones import BadPhone, is_mobile, mask_phone, parse_phone, show_phone


@pytest.mark.parametrize(
    "written",
    ["0912345678", "0912 345 678", "0912.345.678", "0912-345-678", "+84912345678", "+84 (0) 912 345 678",
     "84912345678", "0084912345678", "(0912) 345678", "０９１２３４５６７８", "०९१२३४५६७८",
     "+84\u00a0912\u00a0345\u00a0678", " 912345678 "],
)  # fmt: skip
def test_one_number_however_written(written):
    assert parse_phone(written) == "+84912345678"


@pytest.mark.parametrize(
    ("written", "e164"),
    [("0213 3876 123", "+842133876123"), ("+91 98765 43210", "+919876543210"), ("0389 123 456", "+84389123456")],
)
def test_other_numbers(written, e164):
    assert parse_phone(written) == e164


@pytest.mark.parametrize(
    "written",
    ["", " ", "0162 1234 567", "091234567", "09123456789", "0912ABCDEF", "0912345678 ext 5", "113", "nhà", "+", "+84",
     "0912345678\x00", "0" * 50, "+999 123 456 789"],
)  # fmt: skip
def test_what_is_no_number(written):
    with pytest.raises(BadPhone):
        parse_phone(written)


def test_mobile_or_not():
    assert is_mobile("+84912345678")
    assert not is_mobile("+842133876123")
    assert not is_mobile("+8419001234")
    assert not is_mobile("rubbish")


@pytest.mark.parametrize(
    ("e164", "shown", "masked"),
    [("+84912345678", "0912 345 678", "0912 ••• 678"), ("+842133876123", "0213 3876 123", "0213 ••• 123"),
     ("+919876543210", "+91 98765 43210", "+91 ••• 210"), ("rubbish", "rubbish", "•••")],
)  # fmt: skip
def test_shown_and_masked(e164, shown, masked):
    assert show_phone(e164) == shown
    assert mask_phone(e164) == masked
