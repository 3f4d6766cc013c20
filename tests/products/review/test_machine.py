"""What the machine looks at: the checklist and the differences."""

import pytest

from cooperatives.photos.models import Photo
from products.catalogue import TYPES
from products.checklist.lines import LOOK, PASS, WRONG
from products.differences import IN, OUT, SAME, changes, pieces
from products.fields import LABELS
from products.models import Product, ProductRevision, RevisionText
from products.review.checklist import checks
from products.review.queries import sellers_of_same_name
from products.search import services as search
from shop.core.db import db, writing
from shop.core.i18n import use_language
from tests.cast import make_product

LONG = "Miến làm từ củ dong trồng trên nương, phơi nắng, không phẩm màu, sợi dai và trong. " * 2


def revision(*, summary=LONG, story="", **columns):
    values = {"type_code": None, "pack_word": "goi", "pack_amount": 500, "proposed_price": 45_000, "facts": {}}
    made = ProductRevision(
        **({"number": 1, "category": "processed", "season_months": 0, "ship_class": "dry"} | values | columns)
    )
    made.texts.append(RevisionText(lang="vi", name="Miến dong", summary=summary, story=story))
    return made


def photo(width, height):
    return Photo(digest="0" * 64, width=width, height=height, size=1)


def kinds(made, photos=(), same_name=()):
    with use_language("en"):
        return [(check.field, check.kind) for check in checks(made, list(photos), list(same_name))]


@pytest.mark.parametrize(
    ("photos", "kind"),
    [
        ([], WRONG),
        ([photo(1600, 1200)], LOOK),
        ([photo(1600, 1200)] * 2, PASS),
        ([photo(1600, 1200), photo(500, 400)], LOOK),
        ([photo(600, 1200)] * 3, PASS),
    ],
)
def test_photos(app, photos, kind):
    with app.app_context():
        assert kinds(revision(), photos)[0] == ("photos", kind)


def test_a_known_name(app):
    with app.app_context():
        assert ("name", PASS) in kinds(revision())
        assert kinds(revision(), same_name=["Hộ Lò Thị Vân"])[5] == ("name", LOOK)


def test_all_that_is_looked_at_each_line_at_a_field(app):
    with app.app_context():
        found = kinds(revision(season_months=1), [photo(1600, 1200)] * 2)
    assert [field for field, _kind in found[:6]] == ["photos", "price", "story", "story", "story", "name"]
    assert {field for field, _kind in found} <= set(LABELS)


@pytest.mark.parametrize(("share", "kind"), [(1, PASS), (50, LOOK)])
def test_the_price_against_its_band(app, share, kind):
    known = next(one for one in TYPES.values() if one.price_low)
    made = revision(
        type_code=known.code,
        pack_word=known.unit,
        pack_amount=known.pack_amount,
        proposed_price=known.price_high * share,
    )
    with app.app_context():
        assert kinds(made)[1] == ("price", kind)


def test_the_same_name_whatever_its_marks(cast):
    with writing():
        other = make_product(
            cast.cooperative("other_cooperative"), cast.stranger, "Miến Dong", category="processed", price=1, on_hand=1
        )
        longer = make_product(
            cast.cooperative("other_cooperative"), cast.stranger, "Miến dong đỏ", category="tea", price=1, on_hand=1
        )
        search.refresh([other.id, longer.id])
    assert sellers_of_same_name(cast.product(), "mien dong") == ["Hộ Tẩn Lở Mẩy"]
    assert sellers_of_same_name(db.session.get_one(Product, other.id), "Miến dong") == []
    assert sellers_of_same_name(cast.product(), "  ") == []


@pytest.mark.parametrize(
    ("old", "new", "runs"),
    [
        ("", "mới", [(IN, "mới")]),
        ("cũ", "", [(OUT, "cũ")]),
        ("một hai ba", "một ba", [(SAME, "một "), (OUT, "hai "), (SAME, "ba")]),
        ("gói nhỏ", "gói to", [(SAME, "gói "), (OUT, "nhỏ"), (IN, "to")]),
    ],
)
def test_words_that_go_and_come(old, new, runs):
    assert list(pieces(old, new)) == runs


def test_only_what_differs_in_the_order_of_the_form(app):
    live, edit = revision(), revision(story="Chuyện mới", shelf_life_days=30, season_months=1)
    edit.texts[0].name = "Miến"
    with app.app_context(), use_language("en"):
        found = changes(live, edit)
    assert [one.field for one in found] == ["name", "story", "season", "shelf_life"]
    assert [(one.old, one.new) for one in found][2:] == [("all year", "1"), ("", "30 days")]
