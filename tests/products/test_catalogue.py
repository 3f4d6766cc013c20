"""The facts about goods are whole, and a name finds its kind."""

import re

import pytest

from products import catalogue
from products.catalogue import CATEGORIES, SHIP_CLASSES, TYPES, UNITS
from tests.architecture import tree


def test_the_facts_are_whole():
    assert (len(CATEGORIES), len(SHIP_CLASSES), len(TYPES)) == (14, 9, 148)
    drawn = re.findall(r'id="(\w+)"', (tree.ROOT / "static/img/categories.svg").read_text(encoding="utf-8"))
    for category in CATEGORIES.values():
        assert category.picture in drawn
        assert category.ship_class in SHIP_CLASSES
        assert 1 <= len(category.units) <= 5
        assert set(category.units) <= set(UNITS)
    for known in TYPES.values():
        assert known.category in CATEGORIES
        assert known.pack_amount > 0
        assert known.pack_amount == UNITS[known.unit].amount or UNITS[known.unit].amount is None
        assert 0 < known.price_low <= known.price_high
        assert 0 <= known.season_months < 2**12


@pytest.mark.parametrize("rows", [CATEGORIES, UNITS, SHIP_CLASSES, TYPES])
def test_everything_has_a_name_of_its_own_in_each_language(rows):
    for lang in ("vi", "en", "hi"):
        names = [row.names[lang] for row in rows.values()]
        assert all(names)
        if rows is not UNITS or lang == "vi":
            assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("che shan tuyet co thu", "che-shan-tuyet-co-thu"),
        ("Gạo SÉNG CÙ Than Uyên, túi 5 kg", "gao-seng-cu-than-uyen"),
        ("sengcu", "gao-seng-cu-than-uyen"),
        ("Mie\u0302\u0301n dong", "mien-dong-binh-lu"),
        ("xoai", "xoai"),
        ("mac kh", "mac-khen-kho"),
        ("tảo mèo", "tao-meo"),
        ("thit chau gac bep", "thit-trau-gac-bep"),
        ("macadamia kernels", "nhan-mac-ca"),
    ],
)
def test_a_name_finds_its_kind(typed, kind):
    assert catalogue.guess_types(typed)[0].slug == kind


@pytest.mark.parametrize("typed", ["", "🍯", "!!!", "zzzz", "k" * 10_000, "١٢٣"])
def test_a_name_that_means_nothing_is_no_guess(typed):
    assert catalogue.guess_types(typed) == []
    assert catalogue.guess_categories(typed) == []
    assert catalogue.classify(typed, "tea") is None


def test_guesses_are_few_and_different():
    for known in TYPES.values():
        assert known in catalogue.guess_types(known.names["vi"], limit=3)
        codes = [category.code for category in catalogue.guess_categories(known.names["vi"])]
        assert known.category in codes
        assert len(codes) <= 3
        assert len(set(codes)) == len(codes)


def test_what_may_not_simply_be_sold():
    calls = {known.slug for known in TYPES.values() if not known.orderable}
    assert len(calls) == 4 + 2 + 2
    assert catalogue.orderable("dry")
    assert catalogue.orderable("fragile", "LC-124")
    assert not catalogue.orderable("live")
    assert not catalogue.orderable("service", None)
    assert not catalogue.orderable("fragile", "LC-131")


@pytest.mark.parametrize(
    ("name", "category", "orderable"),
    [
        ("Rượu mơ núi", "beverage", False),
        ("RƯỢU ngô Sùng Phài", "beverage", False),
        ("Nước ép mận", "beverage", True),
        ("Gà đen H'Mông", "meat_egg", False),
        ("Thịt gà đen H'Mông", "meat_egg", True),
        ("Mật ong ngâm chanh leo", "honey", True),
    ],
)
def test_alcohol_and_live_animals_are_known_by_name(name, category, orderable):
    known = catalogue.classify(name, category)
    assert (known is None or known.orderable) is orderable


def test_a_sure_kind_needs_all_its_words_and_the_right_shelf():
    assert catalogue.classify("Cam sành Mường So", "fruit").slug == "cam"
    assert catalogue.classify("Nước cam", "fruit") is None
    assert catalogue.classify("Miến dong Bình Lư gói 500 g", "processed").slug == "mien-dong-binh-lu"
    assert catalogue.classify("Miến dong Bình Lư", "tea") is None


def test_the_price_band_follows_the_pack():
    assert catalogue.price_band("LC-119", "goi", 500) == (32_500, 57_500)
    assert catalogue.price_band("LC-119", "kg", 1000) == (65_000, 115_000)
    assert catalogue.price_band("LC-119", "chai", 500) is None
    assert catalogue.price_band(None, "kg", 1000) is None
    assert catalogue.price_band("LC-119", "nonsense", 1000) is None


def test_a_season_is_twelve_bits():
    assert catalogue.months(0) == []
    assert catalogue.months(catalogue.mask_of([9, 1, 1, 12])) == [1, 9, 12]
    assert catalogue.mask_of([0, 13, 40, -1]) == 0
    assert catalogue.mask_of(list(range(1, 13))) == 0


def test_an_unknown_code_has_no_name():
    assert catalogue.category_name("tea", "hi") == "चाय"
    assert catalogue.unit_name("goi", "vi") == "gói"
    assert catalogue.ship_class_name("dry", "en") == "Dry goods"
    assert (
        catalogue.category_name("", "vi") == catalogue.unit_name("x", "en") == catalogue.ship_class_name("", "hi") == ""
    )
