"""What is sold: the pack against the name, the season, the label, other shops."""

import pytest

from cooperatives.photos.models import Photo
from products.catalogue import TYPES, mask_of
from products.checklist.details import channel_checks, label_checks
from products.checklist.goods import pack_agrees, pack_checks, season_checks, season_fits
from products.checklist.lines import LOOK, PASS, WRONG
from products.checklist.pictures import photo_checks
from products.models import ProductRevision, RevisionText
from shop.core.i18n import use_language

SUMMER = next(one for one in TYPES.values() if one.season_months == mask_of([5, 6, 7, 8]))


def goods(name="Chè Shan", *, summary="", facts=None, **columns):
    known = {"pack_word": "goi", "pack_amount": 500, "category": "tea", "ship_class": "dry", "season_months": 0}
    made = ProductRevision(**known | columns, facts=facts or {})
    made.texts.append(RevisionText(lang="vi", name=name, summary=summary, story=""))
    return made


@pytest.mark.parametrize(
    ("name", "word", "amount", "agrees"),
    [
        ("Chè Shan", "goi", 500, None),
        ("Chè Shan 500g", "goi", 500, True),
        ("Chè Shan 500 g", "goi", 200, False),
        ("Chè Shan 0,5 kg", "goi", 500, True),
        ("Chè Shan gói 500 gam", "goi", 500, True),
        ("Mật ong chai 500ml", "chai", 500, True),
        ("Mật ong chai", "goi", 500, False),
        ("Mật ong 1 lít", "chai", 1000, True),
        ("Mật ong 1 lít", "hu", 1400, None),
        ("Cá chài suối", "con", 1, None),
        ("Bánh gói lá dong", "cai", 1, None),
        ("Trà phổ nhĩ (bánh 357 g)", "banh", 357, True),
        ("Chè 2.5 kg", "goi", 2500, True),
        ("Chè 500 g", "", 500, None),
        ("Măng bó 500 g", "bo", 1, None),
    ],
)
def test_the_pack_against_the_name(name, word, amount, agrees):
    assert pack_agrees(goods(name, pack_word=word, pack_amount=amount)) is agrees


def test_the_line_of_the_pack(app):
    with app.app_context(), use_language("en"):
        assert list(pack_checks(goods())) == []
        assert [one.kind for one in pack_checks(goods("Chè 500 g"))] == [PASS]
        assert [(one.kind, one.field) for one in pack_checks(goods("Chè 1 kg"))] == [(LOOK, "unit")]


@pytest.mark.parametrize(
    ("chosen", "fits"), [([6, 7], True), ([4, 9], True), ([3], False), ([6, 12], False), ([], None)]
)
def test_the_season_against_the_usual_months(app, chosen, fits):
    made = goods(type_code=SUMMER.code, season_months=mask_of(chosen))
    assert season_fits(made) is fits
    with app.app_context(), use_language("en"):
        assert [one.kind for one in season_checks(made)] == [PASS if fits else LOOK]


def test_a_season_nobody_knows_has_no_line(app):
    with app.app_context():
        assert list(season_checks(goods(season_months=1))) == []


def test_the_label(app):
    whole = {name: {"vi": "Có"} for name in ("ingredients", "storage", "usage")}
    with app.app_context(), use_language("en"):
        assert [(one.kind, one.field) for one in label_checks(goods())] == [(LOOK, "ingredients")]
        assert [one.kind for one in label_checks(goods(facts=whole, shelf_life_days=365))] == [PASS]
        assert list(label_checks(goods(category="craft"))) == []


def photo(side):
    return Photo(digest="0" * 64, width=side, height=side, size=1)


def test_other_shops(app):
    size = {"packed_grams": 600, "length_cm": 30, "width_cm": 20, "height_cm": 10}
    name = "Chè Shan tuyết cổ thụ Bình Lư"
    with app.app_context(), use_language("en"):
        ready = list(channel_checks(goods(name, summary="Thơm", **size), [photo(1600)]))
        bare = list(channel_checks(goods(), [photo(320)]))
        called = list(channel_checks(goods(ship_class="live"), [photo(1600)]))
    assert [(one.kind, one.sentence) for one in ready] == [
        (PASS, "Ready for Google, Facebook, Shopee, TikTok Shop, Lazada")
    ]
    assert [one.sentence.split(" still")[0] for one in bare] == [
        "Google",
        "Facebook",
        "Shopee",
        "TikTok Shop",
        "Lazada",
    ]
    assert "Photos" in bare[4].sentence
    assert "Photos" not in bare[0].sentence
    assert [one.kind for one in called] == [LOOK]


def test_no_photo_is_wrong_and_no_more_is_said_of_it(app):
    with app.app_context(), use_language("en"):
        assert [one.kind for one in photo_checks([])] == [WRONG]
