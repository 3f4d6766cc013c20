"""Hints beside the photos: for the seller a sentence, for the officer a line; nobody is stopped by one."""

from datetime import timedelta

import pytest
from sqlalchemy import event, text

from cooperatives.photos import services as keeping
from cooperatives.photos.models import PhotoUse
from products import queries
from products.lifecycle import RevisionState
from products.models import Product, RevisionPhoto
from products.photos import services as photos
from products.photos.queries import alike
from shop.core import clock
from shop.core.db import db, writing
from shop.core.looks import Looks
from shop.core.pixels import Master
from tests.cast import make_product
from tests.products.complete import draft_of
from tests.products.review.sent import path_of

DARK = "The photo is a little dark. Daylight works better."
BLURRED = "The photo is a little blurred. Hold still, tap on the goods."
COPIED = "This photo is like another seller's. Photograph your own goods."
LIKE = 0x0F0F_1234_5678_1357


def master(number, likeness=LIKE, *, dark=0, sharp=90):
    return Master(b"x", 1600, 1200, f"{number:064x}", Looks(dark, sharp, likeness))


def goods_of(cast, seller, person, name, picture, state=RevisionState.APPROVED, days=1):
    """Write goods whose only photo is this one, kept by their seller some days ago."""
    cooperative = cast.cooperative(seller)
    made = make_product(cooperative, person, name, category="tea", price=1, on_hand=1, state=state)
    keeping.add(cooperative, person, picture)
    use = db.session.query(PhotoUse).filter_by(cooperative_id=cooperative.id, digest=picture.digest).one()
    use.created_at = clock.now() - timedelta(days=days)
    shown = db.session.query(RevisionPhoto).join(RevisionPhoto.revision).filter_by(product_id=made.id).one()
    shown.digest = picture.digest
    return made


@pytest.fixture
def draft(cast):
    """The member's draft with one photo, which has LIKE as its likeness."""
    with writing():
        product = draft_of(cast)
        keeping.add(product.cooperative, cast.member, master(0xD1))
        photos.add(product, master(0xD1).digest, cast.member)
    return product.id


def the(key):
    return db.session.get_one(Product, key)


def pictures_of(key):
    revision = queries.last_revision(the(key))
    return queries.photos_of([revision.id])[revision.id]


def found(key):
    return [(one.name, one.is_own, one.is_earlier) for one in alike(the(key), pictures_of(key))]


def pages(product):
    return [f"/my/products/{product.code}/{end}" for end in ("edit", "photos")]


@pytest.mark.parametrize(
    ("looks", "sentence", "line"),
    [
        ({"dark": 80}, DARK, "A little dark: photo %(numbers)s"),
        ({"sharp": 20}, BLURRED, "A little blurred: photo %(numbers)s"),
    ],
)
def test_a_poor_photo_is_told_and_sent_all_the_same(cast, browser, draft, looks, sentence, line):
    with writing():
        keeping.add(cast.cooperative(), cast.member, master(0xD2, None, **looks))
        photos.add(the(draft), master(0xD2).digest, cast.member)
    browser.sign_in(cast.member)
    for page in pages(the(draft)):
        browser.get(page)
        assert browser.says(sentence)
    browser.post(f"/my/products/{the(draft).code}/submission")
    assert queries.last_revision(the(draft)).state is RevisionState.SUBMITTED
    browser.sign_in(cast.officer)
    browser.get(path_of(the(draft)))
    assert browser.says(line, numbers=3)


def test_a_small_photo_is_told(cast, browser, draft):
    with writing():
        small = Master(b"x", 500, 400, f"{0xD3:064x}", Looks(0, 90, None))
        keeping.add(cast.cooperative(), cast.member, small)
        photos.add(the(draft), small.digest, cast.member)
    browser.sign_in(cast.member)
    browser.get(pages(the(draft))[0])
    assert browser.says("The photo is small. Choose the original from the camera.")


def test_another_sellers_photo_is_told_without_his_name(cast, browser, draft):
    with writing():
        theirs = goods_of(cast, "other_cooperative", cast.stranger, "Mật ong của Mẩy", master(0xE1, LIKE ^ 0b111)).code
    browser.sign_in(cast.member)
    for page in pages(the(draft)):
        answer = browser.get(page)
        assert browser.says(COPIED)
        assert not browser.says("Mật ong của Mẩy")
        assert theirs not in answer.text
    browser.post(f"/my/products/{the(draft).code}/submission")
    browser.sign_in(cast.officer)
    told = {"number": 2, "name": "Mật ong của Mẩy", "seller": "Hộ Tẩn Lở Mẩy"}
    answer = browser.get(path_of(the(draft)))
    assert browser.says("Photo %(number)s is like one of %(name)s, %(seller)s", **told)
    assert theirs in answer.text


def test_who_had_it_first_is_not_told_but_the_officer_sees_it(cast, draft):
    with writing():
        goods_of(cast, "other_cooperative", cast.stranger, "Sao chép", master(0xD1), days=-1)
    assert found(draft) == [("Sao chép", False, False)]


def test_a_draft_of_another_seller_is_nobodys_business(cast, draft):
    with writing():
        goods_of(cast, "other_cooperative", cast.stranger, "Nháp", master(0xE1), RevisionState.DRAFT)
        goods_of(cast, "cooperative", cast.member, "Nháp nhà", master(0xE2), RevisionState.DRAFT)
    assert found(draft) == [("Nháp nhà", True, True)]


def test_own_photos_used_again_are_a_mild_word(cast, browser, draft):
    with writing():
        goods_of(cast, "cooperative", cast.member, "Miến dong đỏ", master(0xE2))
    browser.sign_in(cast.member)
    browser.get(pages(the(draft))[0])
    assert browser.says("You already use this photo for %(name)s.", name="Miến dong đỏ")
    assert not browser.says(COPIED)


@pytest.mark.parametrize(("changed", "known"), [(0b111, True), (0b1111, False), (1 | 1 << 16 | 1 << 48, True)])
def test_three_bits_are_a_copy_and_four_are_not(cast, draft, changed, known):
    with writing():
        goods_of(cast, "other_cooperative", cast.stranger, "Kia", master(0xE1, LIKE ^ changed))
    assert bool(found(draft)) is known


def test_a_negative_likeness_is_found_as_well(cast, draft):
    with writing():
        keeping.add(cast.cooperative(), cast.member, master(0xD4, -(2**63) + 5))
        photos.add(the(draft), master(0xD4).digest, cast.member)
        goods_of(cast, "other_cooperative", cast.stranger, "Kia", master(0xE1, 5))
    assert [name for name, _own, _earlier in found(draft)] == ["Kia"]


def test_blank_photos_and_own_revisions_are_no_copies(cast, draft):
    with writing():
        keeping.add(cast.cooperative(), cast.member, master(0xD5, None))
        photos.add(the(draft), master(0xD5).digest, cast.member)
        goods_of(cast, "other_cooperative", cast.stranger, "Trắng", master(0xD5, None))
    assert found(draft) == []


def test_nine_photos_cost_no_more_queries_than_one(cast, draft):
    def asked():
        statements, product = [], the(draft)
        engine = db.session.get_bind()

        def note(_conn, _cursor, statement, *_rest):
            statements.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        alike(product, shown)
        event.remove(engine, "before_cursor_execute", note)
        return len(statements)

    with writing():
        goods_of(cast, "other_cooperative", cast.stranger, "Kia", master(0xE1))
    shown = pictures_of(draft)
    few = asked()
    with writing():
        for number in range(7):
            keeping.add(cast.cooperative(), cast.member, master(0xF0 + number, LIKE + number * 99_991))
            photos.add(the(draft), master(0xF0 + number).digest, cast.member)
    shown = pictures_of(draft)
    assert len(shown) == 9
    assert asked() == few <= 3


def test_bands_are_found_by_their_index_among_many(cast):
    """20,000 photos, 80,000 bands: the plan of either engine looks none of them through."""
    with writing():
        base = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
        facts = "SELECT 'z' || i, 1, 1, 1, 'ready', 0, CURRENT_TIMESTAMP FROM n"
        db.session.execute(
            text(f"INSERT INTO photos (digest, width, height, size, state, tries, created_at) {base}{facts}")
        )
        for place in range(4):
            bands = f"SELECT 'z' || i, {place} * 65536 + (i * {7919 + place}) % 65536 FROM n"
            db.session.execute(text(f"INSERT INTO photo_bands (digest, band) {base}{bands}"))
        db.session.execute(text("ANALYZE photo_bands"))
        db.session.execute(text("ANALYZE photos"))
    is_sqlite = db.session.get_bind().dialect.name == "sqlite"
    asked = "SELECT p.digest, p.likeness FROM photos p JOIN photo_bands b ON b.digest = p.digest WHERE b.band IN "
    asked += f"({', '.join(str(number * 1801) for number in range(36))})"
    plan = db.session.execute(text(f"EXPLAIN {'QUERY PLAN ' if is_sqlite else ''}{asked}")).all()
    words = "\n".join(" ".join(map(str, row)) for row in plan)
    assert "ix_photo_bands_band" in words
    assert "SCAN" not in words if is_sqlite else "Seq Scan" not in words, words


def test_a_stranger_and_a_visitor_see_no_hint(cast, browser, draft):
    path = pages(the(draft))[1]
    assert browser.get(path).status_code == 302
    browser.sign_in(cast.stranger)
    assert browser.get(path).status_code == 404
