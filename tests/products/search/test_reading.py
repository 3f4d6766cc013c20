"""A price and a pack are read out of what is typed; all else stays words."""

import pytest

from products.search.reading import Reading, read
from products.search.synonyms import meant, readings, without_empty

PRICED = [  # typed, words, least, most
    ("mật ong dưới 200k", "mật ong", None, 200_000),
    ("mat ong duoi 200", "mat ong", None, 200_000),  # nobody means two hundred đồng
    ("mật ong dưới 200 nghìn đồng", "mật ong", None, 200_000),
    ("mật ong <200k", "mật ong", None, 200_000),
    ("thịt trâu giá dưới 1tr2", "thịt trâu", None, 1_200_000),
    ("tối đa 150.000đ gạo", "gạo", None, 150_000),
    ("gà từ 200000 trở lên", "gà", 200_000, None),
    ("gà 200k trở xuống", "gà", None, 200_000),
    ("sâm trên 1 triệu rưỡi", "sâm", 1_500_000, None),
    ("quà từ 100 đến 300 nghìn", "quà", 100_000, 300_000),
    ("chè 100k-200k", "chè", 100_000, 200_000),
    ("chè 300k - 200k", "chè", 200_000, 300_000),  # the wrong way round
    ("trà shan 1-2 triệu", "trà shan", 1_000_000, 2_000_000),
    ("quà tết 400k", "quà tết", 300_000, 500_000),
    ("khoảng 400k", "", 300_000, 500_000),
    ("honey under 200k", "honey", None, 200_000),
    ("between 100k and 200k tea", "tea", 100_000, 200_000),
    ("शहद 200 हज़ार से कम", "शहद", None, 200_000),
]
PLAIN = [
    "mật ong từ Mường Tè",
    "gạo đến từ Than Uyên",
    "trên núi",
    "7 lá 1 hoa",
    "LC-001",
    "dưới tán rừng",
    "",
    "- - -",
    "giá",
    "từ",
    "99999999999999999999k",
]
PACKED = [
    ("gạo 5 kg", "gạo", 5000, "g"),
    ("gạo 0,5kg", "gạo", 500, "g"),
    ("chè 2 lạng", "chè", 200, "g"),
    ("1 lít mật ong", "mật ong", 1000, "ml"),
    ("gạo trên 5kg", "gạo", 5000, "g"),
]


@pytest.mark.parametrize(("typed", "words", "least", "most"), PRICED)
def test_a_price_is_read(typed, words, least, most):
    assert read(typed)[:3] == (words, least, most)


@pytest.mark.parametrize("typed", PLAIN)
def test_no_price_is_made_up(typed):
    found = read(typed)
    assert (found.least, found.most, found.amount) == (None, None, None)
    assert found.words.replace(" ", "") == typed.replace(" ", "")


@pytest.mark.parametrize(("typed", "words", "amount", "base"), PACKED)
def test_a_pack_is_read(typed, words, amount, base):
    assert read(typed) == Reading(words, None, None, amount, base)


def test_a_pack_and_a_price_and_words():
    assert read("gạo nếp 5kg dưới 200k") == Reading("gạo nếp", None, 200_000, 5000, "g")
    assert read("5kg") == Reading("5kg")  # only a pack: then it is looked for as it stands


def test_words_of_the_south_mean_those_of_the_north():
    assert meant(["thit", "heo"]) == [(), ("lon",)]
    assert ("lac", "do") in readings(["dau", "phong", "do"])
    assert ("bi", "ngo") in readings(["bi", "do"])


def test_a_longer_phrase_keeps_its_own_meaning():
    assert meant(["bap", "cai"]) == [(), ()]
    assert meant(["bap", "nep"]) == [("ngo",), ()]


def test_words_that_say_nothing_go_only_where_something_is_left():
    assert without_empty(["gia", "mat", "ong", "bao", "nhieu"]) == ("mat", "ong")
    assert without_empty(["mua", "o", "dau"]) == ("mua", "o", "dau")
