"""Looking again on each save: what a machine sees mended is closed by itself, the rest waits for who asked."""

import pytest

from cooperatives.photos.models import Photo
from products import queries, services
from products.issues.models import Outcome
from products.issues.queries import mended_for, open_for
from products.issues.recheck import seen
from products.issues.rules import RULES
from products.issues.services import Reason
from products.models import Product
from products.photos import services as photos
from products.review.models import Verdict
from shop.core import clock
from shop.core.db import db, writing
from shop.core.i18n import use_language
from tests.cast import make_photo
from tests.products.complete import PHOTO, draft_of
from tests.products.review.sent import decided, sent_goods

LONG = "Miến làm từ củ dong trồng trên nương, phơi nắng, không phẩm màu, sợi dai và trong, ngâm mười phút."


@pytest.fixture
def back(cast):
    """Give a function that sends goods with some words and returns them for some rules."""

    def send(*rules, **words):
        with writing():
            product = sent_goods(cast, **words)
            key = product.id
        decided(cast, product, Verdict.RETURN, issues=[Reason(rule) for rule in rules])
        return key

    return send


def save(cast, key, **values):
    with writing():
        product = db.session.get_one(Product, key)
        services.save_draft(services.editable(product, cast.member), values, cast.member)


def asked(key):
    revision = queries.open_revision(db.session.get_one(Product, key))
    return [one.rule for one in open_for(revision)], [(one.rule, one.outcome) for one in mended_for(revision)]


@pytest.mark.parametrize(
    ("rule", "before", "still", "after"),
    [
        ("text_short", {}, {"summary": "Ngon"}, {"summary": LONG}),
        ("health_claim", {"story": "Chữa bệnh"}, {"story": "Trị bệnh"}, {"story": "Thơm"}),
        ("health_claim", {"summary": "Chữa khỏi"}, {"story": "Thơm"}, {"summary": "Thơm"}),
        ("unit_against_name", {"name": "Miến dong 300 g"}, {"name": "Miến dong 400 g"}, {"name": "Miến dong 500 g"}),
        ("price_unusual", {"price": "4500k"}, {"price": "3500k"}, {"price": "45k"}),
        ("label_missing", {}, {"usage": "Nấu"}, {"ingredients": "Củ dong"}),
    ],
)
def test_what_a_machine_sees_is_closed_once_it_is_gone(back, cast, rule, before, still, after):
    key = back(rule, **before)
    save(cast, key, **still)
    assert asked(key) == ([rule], [])
    save(cast, key, **after)
    assert asked(key) == ([], [(rule, Outcome.MENDED)])


def test_what_only_people_see_is_for_the_officer_to_look_at(back, cast):
    key = back("name_unclear", "category_wrong")
    save(cast, key, name="Miến dong sạch Bình Lư")
    assert asked(key) == (["category_wrong"], [("name_unclear", Outcome.CHANGED)])


def test_an_officer_who_saw_more_than_the_machine_looks_again_himself(back, cast):
    key = back("price_unusual")
    save(cast, key, story="Thơm")
    assert asked(key) == (["price_unusual"], []), "nothing was done about it"
    save(cast, key, price="50k")
    assert asked(key) == ([], [("price_unusual", Outcome.CHANGED)])


def test_a_dark_photo_is_mended_by_a_bright_one(back, cast):
    with writing():
        draft_of(cast, "key-of-another-form")  # makes the photo
        db.session.get_one(Photo, PHOTO).dark, db.session.get_one(Photo, PHOTO).measured_at = 90, clock.now()
    key = back("photo_dark")
    with writing():
        bright = make_photo(cast.cooperative(), cast.member, "cd" * 32)
        bright.dark, bright.measured_at = 3, clock.now()
        photos.add(db.session.get_one(Product, key), "cd" * 32, cast.member)
    assert asked(key)[0] == ["photo_dark"], "the dark one still stands there"
    with writing():
        photos.remove(db.session.get_one(Product, key), PHOTO, cast.member)
    assert asked(key) == ([], [("photo_dark", Outcome.MENDED)])


def test_what_was_not_touched_is_said_to_be_sent_as_it_was(back, cast):
    key = back("category_wrong")
    with writing():
        services.submit(db.session.get_one(Product, key), cast.member)
    revision = queries.open_revision(db.session.get_one(Product, key))
    assert (open_for(revision), mended_for(revision)) == ([], [])


def test_the_form_says_what_is_done_and_why_the_rest_is_asked(back, cast, browser):
    key = back("text_short", "photo_cover", "name_unclear")
    save(cast, key, summary=LONG, name="Miến dong sạch")
    browser.sign_in(cast.member)
    browser.get(f"/my/products/{db.session.get_one(Product, key).code}/edit")
    assert "Đã xong 2 việc" in browser.text
    assert browser.says("Mended, the machine has looked")
    assert browser.says("Changed, the officer looks again")
    with use_language("vi"):
        assert str(RULES["photo_cover"].why) in browser.text
    assert [one.get("src").rpartition("/")[2] for one in browser.all("#photos .why img")] == ["cover.svg"]


def test_the_preview_says_what_a_machine_sees_before_it_is_sent(cast, browser):
    with writing():
        code = draft_of(cast, story="Chữa bệnh đau lưng").code
    browser.sign_in(cast.member)
    browser.get(f"/my/products/{code}/preview")
    assert browser.says("A machine looked. You may send it all the same.")
    links = [one.get("href") for one in browser.all(".issues a")]
    assert f"/my/products/{code}/edit#story" in links
    assert f"/my/products/{code}/edit#photos" in links


def test_a_machine_asks_nothing_of_what_is_whole(cast):
    with writing():
        product = draft_of(
            cast, summary=LONG, ingredients="Củ dong", shelf_life="6 tháng", storage="Nơi khô", usage="Nấu"
        )
        make_photo(cast.cooperative(), cast.member, "cd" * 32)
        revision = photos.add(product, "cd" * 32, cast.member)
        found = seen(revision, queries.photos_of([revision.id])[revision.id])
    assert [one.rule for one in found] == []
