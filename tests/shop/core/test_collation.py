import random
import unicodedata

import pytest

from shop.core.text import sort_key_vi

# As sorted by the Unicode collation for vi (ICU 78).
ROW = (
    "10 quả|An|Ăn|Ân|Bả|Bã|Bá|Bạ|Ba Lá|Bà Lá|Bản Bo|Bình Lư|Ca|Co|Dào San|Dung|Dứa|Đào|Đặng|Đoàn Kết|Ếch|Ga|Gà|"
    "Hồng Thu|Hua Bum|Khoen On|Lê Lợi|Mù Cả|Mường Khoa|Mường Kim|Mường Mô|Mường Tè|Mường Than|Nậm Cuổi|Nậm Hàng|"
    "Nậm Mạ|Nậm Sỏ|Nậm Tăm|Ong|Ô mai|Ổi|Ơ|Ớt|Pa Tần|Pa Ủ|Pắc Ta|Phong Thổ|Pu Sam Cáp|Sì Lở Lầu|Sìn Hồ|Sin Suối Hồ|"
    "Tả Lèng|Tà Tổng|Tân Phong|Tân Uyên|Than Uyên|Thu Lũm|Tủa Sín Chải|Ứ|Vải|Xà|Ý dĩ|Yến"
)
IN_ORDER = ROW.split("|")


@pytest.mark.parametrize("seed", range(5))
def test_the_alphabet_of_vietnam(seed):
    shuffled = random.Random(seed).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=sort_key_vi) == IN_ORDER


def test_tones_in_order():
    words = ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(["mạ", "má", "ma", "mà", "mã", "mả"], key=sort_key_vi) == words


def test_forms_case_and_place_of_the_tone_do_not_matter():
    for word in IN_ORDER:
        assert sort_key_vi(unicodedata.normalize("NFD", word).upper()) == sort_key_vi(word)
    assert sort_key_vi("hoà") == sort_key_vi("hòa")


def test_the_key_is_digits_so_every_collation_agrees():
    for word in [*IN_ORDER, "हल्दी", "a-b", ""]:
        assert sort_key_vi(word).isdecimal()
        assert sort_key_vi(word).isascii()


def test_other_scripts_come_last():
    assert sort_key_vi("Yến") < sort_key_vi("हल्दी")
