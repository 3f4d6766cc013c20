import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.core.text import compact, fold, nfc, plain_digits, slugify, sound


@pytest.mark.parametrize(
    "written",
    ["chè Shan tuyết", "CHÈ SHAN TUYẾT", "chè  Shan-tuyết", "che shan tuyet",
     unicodedata.normalize("NFD", "Chè Shan tuyết"),
     "ｃｈｅ　ｓｈａｎ tuyet", "(Chè) shan, tuyết!"],
)  # fmt: skip
def test_one_name_folds_to_one_key(written):
    assert fold(written) == "che shan tuyet"


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Đặng Đình", "dang dinh"), ("H'Mông", "hmong"), ("H\u2019Mông", "hmong"), ("  ", ""), ("500g × 2", "500g 2"),
     ("Nậm_Cuổi", "nam cuoi"), ("हल्दी", "हल्दी")],
)  # fmt: skip
def test_fold(written, folded):
    assert fold(written) == folded


def test_fold_keeps_the_vowel_signs_of_hindi():
    assert fold("हल्दी पाउडर") == "हल्दी पाउडर"


def test_nfc_joins_marks():
    assert nfc(unicodedata.normalize("NFD", "Tủa Sín Chải")) == "Tủa Sín Chải"


def test_compact_ignores_spaces():
    assert compact("Séng cù") == compact("sengcu") == "sengcu"


@pytest.mark.parametrize(
    ("one", "other"),
    [("chè shan tuyết", "che shan tuyeet"), ("chè shan tuyết", "chef shan tuyeets"),
     ("chè shan tuyết", "tre xan tuyeest"),
     ("đông", "ddoong"), ("mường", "muwowngf"), ("mường", "mwowngf"), ("mường", "muongwf"), ("tư", "tw"),
     ("trà", "chà"),
     ("sắn", "xắn"), ("lạc", "nạc"), ("nếp nương", "lếp lương"), ("Mỹ", "Mĩ"), ("thuỷ", "thủy"), ("hoà", "hòa"),
     ("quý", "quí"), ("măng", "mawng"), ("đậu", "ddaauj"), ("rượu", "ruwowuj"), ("Sìn Hồ", "xìn hồ"),
     ("Lai Châu", "nai trâu"), ("mật ong", "maatj ong")],
)  # fmt: skip
def test_what_sounds_alike_has_one_key(one, other):
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("nghệ", "lghệ"), ("gạo", "gà"), ("nhãn", "lhãn"), ("chè", "thè"), ("500g", "500"), ("sả", "cá")],
)
def test_what_sounds_apart_stays_apart(one, other):
    assert sound(one) != sound(other)


@given(st.text())
def test_folding_is_stable_whatever_the_form(text):
    once = fold(text)
    assert fold(once) == once
    assert fold(unicodedata.normalize("NFD", text)) == once
    assert fold(unicodedata.normalize("NFC", text)) == once
    assert sound(once) == sound(text)
    assert sound(text) == sound(text.upper()) or text.lower() != text.upper().lower()


@given(st.text())
def test_a_slug_is_short_ascii(text):
    slug = slugify(text)
    assert 1 <= len(slug) <= 60
    assert slug.isascii()
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert slug == slug.lower()


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Chè Shan tuyết cổ thụ – 200 g", "che-shan-tuyet-co-thu-200-g"), ("Đậu đỏ", "dau-do"), ("हल्दी", "muc"),
     ("", "muc"),
     ("gạo " * 30, "-".join(["gao"] * 15)), ("a" * 80, "a" * 60)],
)  # fmt: skip
def test_slugify(text, slug):
    assert slugify(text) == slug


@pytest.mark.parametrize(
    ("text", "plain"), [("０９１２", "0912"), ("४५", "45"), ("1\u00a0250", "1 250"), ("２５ｋ", "25k"), ("5²", "5²")]
)
def test_plain_digits(text, plain):
    assert plain_digits(text) == plain
