"""Alike texts: found by few numbers, proved in full, said to the officer with whose they are."""

import pytest
from sqlalchemy import delete, func, select

from products import queries as products
from products import services
from products.models import Product
from products.texts.likeness import BANDS, SHORT, bands, runs, share
from products.texts.models import TextBand
from products.texts.queries import alike
from products.texts.tasks import read_texts
from shop.core.db import db, writing
from tests.products.review.sent import path_of, sent_edit, sent_goods

STORY = (
    "Miến làm từ củ dong đỏ trồng trên nương Bình Lư, lọc bằng nước suối, tráng mỏng rồi phơi nắng hai ngày. "
    "Sợi dai và trong, nấu lâu không nát, không cho phẩm màu."
)
NEARLY = STORY.replace("hai ngày", "ba ngày").upper()
OTHER = (
    "Gạo nếp tan trồng một vụ ở ruộng bậc thang, gặt tay, xay xát dối còn lớp cám. "
    "Đồ xôi dẻo thơm, để nguội vẫn mềm, hợp gói bánh ngày Tết."
)


def test_what_is_in_common():
    assert share(runs(STORY), runs(STORY)) == 1
    assert share(runs(STORY), runs(NEARLY)) > 0.8
    assert share(runs(STORY), runs(OTHER)) < 0.1
    assert share(runs("Ngon"), runs("Ngon")) == 0


def test_alike_texts_meet_in_a_band_and_others_do_not():
    assert set(bands(runs(STORY))) & set(bands(runs(NEARLY)))
    assert not set(bands(runs(STORY))) & set(bands(runs(OTHER)))
    assert bands(runs("Chè hái tay ở Bình Lư")) == [SHORT]
    assert len(set(bands(runs(STORY)))) == BANDS


@pytest.fixture
def theirs(cast):
    """The tea, sent with a long story; returns the key of the product."""
    with writing():
        return sent_edit(cast, summary="", story=STORY).id


@pytest.fixture
def copied(cast, theirs):
    """Goods of a second seller, told in nearly the same words."""
    with writing():
        product = sent_goods(cast, story=NEARLY)
        product.cooperative_id = cast.ids["other_cooperative"]
        return product.id


def found(key):
    product = db.session.get_one(Product, key)
    return alike(product, products.last_revision(product))


def test_whose_it_is_and_how_much(copied, theirs, cast):
    one = found(copied)[0]
    assert (one.product.id, one.number, one.seller) == (theirs, 2, cast.cooperative().name)
    assert 80 < one.percent < 100


def test_ones_own_goods_may_say_the_same(cast, theirs):
    with writing():
        key = sent_goods(cast, story=STORY).id
    assert found(key) == []


def test_a_short_text_is_like_none(cast, theirs):
    with writing():
        key = sent_goods(cast, story="Ngon").id
    assert found(key) == []
    assert db.session.scalars(select(TextBand.band).where(TextBand.band == SHORT)).all() == [SHORT]


def test_the_officer_reads_it_and_the_reason_is_proposed(copied, browser, cast):
    browser.sign_in(cast.officer)
    browser.get(path_of(db.session.get_one(Product, copied)))
    line = next(one for one in browser.all(".checks a") if cast.cooperative().name in one.text_content())
    assert line.get("href") == path_of(cast.product(), 2)
    assert "text_copied" in {box.get("value") for box in browser.all(".reasons > .reason [name=reasons]")}


def test_a_sweep_reads_what_was_sent_before(copied, theirs):
    with writing():
        db.session.execute(delete(TextBand))
    assert found(copied) == []
    assert read_texts() > 0
    assert found(copied)[0].product.id == theirs
    assert read_texts() == 0


def test_sent_again_the_bands_are_those_of_the_new_words(cast, theirs):
    count = select(func.count()).select_from(TextBand)
    assert db.session.scalar(count) == BANDS
    with writing():
        sent_edit_again(cast)
    assert db.session.scalar(count) == BANDS


def sent_edit_again(cast):
    services.take_back(cast.product(), cast.member)
    draft = services.editable(cast.product(), cast.member)
    services.save_draft(draft, {"story": OTHER}, cast.member)
    services.submit(cast.product(), cast.member)
