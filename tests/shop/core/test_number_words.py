import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.core.money import in_words
from shop.core.number_words import number_words

VIETNAMESE = """
0 không
1 một
4 bốn
5 năm
10 mười
11 mười một
14 mười bốn
15 mười lăm
19 mười chín
20 hai mươi
21 hai mươi mốt
24 hai mươi tư
25 hai mươi lăm
31 ba mươi mốt
44 bốn mươi tư
55 năm mươi lăm
91 chín mươi mốt
100 một trăm
101 một trăm linh một
104 một trăm linh bốn
105 một trăm linh năm
110 một trăm mười
111 một trăm mười một
115 một trăm mười lăm
121 một trăm hai mươi mốt
555 năm trăm năm mươi lăm
1000 một nghìn
1001 một nghìn không trăm linh một
1015 một nghìn không trăm mười lăm
1500 một nghìn năm trăm
21000 hai mươi mốt nghìn
70000 bảy mươi nghìn
100005 một trăm nghìn không trăm linh năm
105000 một trăm linh năm nghìn
265000 hai trăm sáu mươi lăm nghìn
1000000 một triệu
1005000 một triệu không trăm linh năm nghìn
1200000 một triệu hai trăm nghìn
1000050 một triệu không trăm năm mươi
10000000000 mười tỷ
1000000050 một tỷ không trăm năm mươi
1234567890 một tỷ hai trăm ba mươi tư triệu năm trăm sáu mươi bảy nghìn tám trăm chín mươi
1000000000000 một nghìn tỷ
"""
ENGLISH = """
0 zero
13 thirteen
21 twenty-one
40 forty
100 one hundred
105 one hundred and five
70000 seventy thousand
1050 one thousand and fifty
1250000 one million two hundred and fifty thousand
10000000000 ten billion
"""
HINDI = """
0 शून्य
19 उन्नीस
29 उनतीस
59 उनसठ
99 निन्यानवे
105 एक सौ पाँच
70000 सत्तर हज़ार
1250000 बारह लाख पचास हज़ार
10000000 एक करोड़
10000000000 दस अरब
"""


def rows(table, lang):
    return [(int(line.partition(" ")[0]), lang, line.partition(" ")[2]) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("number", "lang", "words"), rows(VIETNAMESE, "vi") + rows(ENGLISH, "en") + rows(HINDI, "hi"))
def test_numbers_in_words(number, lang, words):
    assert unicodedata.normalize("NFC", number_words(number, lang)) == unicodedata.normalize("NFC", words)


@pytest.mark.parametrize(
    ("lang", "words"), [("vi", "bảy mươi nghìn đồng"), ("en", "seventy thousand dong"), ("hi", "सत्तर हज़ार डोंग")]
)
def test_money_in_words(lang, words):
    assert in_words(70_000, lang) == words


@given(st.integers(0, 10**15 - 1), st.sampled_from(["vi", "en", "hi"]))
def test_words_are_single_spaced_and_tell_neighbours_apart(number, lang):
    words = number_words(number, lang)
    assert words == " ".join(words.split())
    assert words != number_words(number + 1 if number < 10**15 - 1 else 0, lang)


@given(st.integers(0, 10**12))
def test_vietnamese_rules(number):
    words = number_words(number, "vi")
    for never in (
        "mươi một",
        "mươi bốn",
        "mươi năm",
        "mười năm",
        "mười mốt",
        "mười tư",
        "linh lăm",
        "linh mười",
        "mươi không",
    ):
        assert never not in words


@pytest.mark.parametrize("number", [-1, 10**15])
def test_outside_the_range(number):
    with pytest.raises(ValueError, match="not spelled out"):
        number_words(number, "vi")
