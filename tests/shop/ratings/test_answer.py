"""The seller's answer: one, for everybody to read, changed for two weeks; new ratings are told."""

from datetime import timedelta

import pytest

from shop.core import clock
from shop.core.db import db, writing
from shop.core.outbox import OutgoingMail
from shop.notices.models import Notice
from shop.ratings import services
from shop.ratings.answers.models import RatingAnswer
from shop.ratings.models import Rating
from tests.shop.ratings.bought import hide, rated

WORDS = "Cảm ơn chị. Đợt sau chúng tôi gói hai lớp."


@pytest.fixture
def path(cast):
    return f"/my/ratings/{rated(cast, 2, 'Gói bị rách.').code}"


def kept():
    return db.session.query(RatingAnswer).one()


def told(person):
    return [(one.kind, one.url) for one in db.session.query(Notice).filter_by(user_id=person.id) if "rat" in one.kind]


@pytest.mark.parametrize("who", ["member", "second_member"])
def test_told_answered_and_shown(browser, cast, path, who):
    assert told(cast.user(who)) == [("rated", path)]
    browser.sign_in(cast.user(who))
    browser.get("/my/ratings")
    assert path in [link.get("href") for link in browser.all("main a")]
    browser.get(path)
    assert "Gói bị rách." in browser.text
    assert browser.post(path, words=WORDS).status_code == 302
    assert (kept().words, kept().by_id) == (WORDS, cast.ids[who])
    browser.get("/my/ratings?open=1")
    assert browser.says("Everything is answered")
    product = cast.product()
    browser.sign_out()
    browser.get(f"/products/{product.slug}-{product.code}")
    assert WORDS in browser.one("li.rating .rating-answer").text_content()


def test_the_author_is_told_once(browser, cast):
    rating = rated(cast, 2, email="anh@example.com")
    code, key = rating.code, rating.id
    with writing():
        db.session.get_one(Rating, key).order.purchase.buyer_id = cast.ids["buyer"]
    browser.sign_in(cast.member)
    browser.post(f"/my/ratings/{code}", words=WORDS)
    browser.post(f"/my/ratings/{code}", words=f"{WORDS} Mời chị lại.")
    mails = [one for one in db.session.query(OutgoingMail) if one.event.startswith("rating_answered")]
    assert [one.recipient for one in mails] == ["anh@example.com"]
    assert f"/ratings/{db.session.get_one(Rating, key).line.product_code}" in mails[0].body
    assert [kind for kind, _url in told(cast.buyer)] == ["own_rating"]


def test_changed_for_14_days(browser, cast, path):
    browser.sign_in(cast.member)
    browser.post(path, words=WORDS)
    assert browser.post(path, words="Xin lỗi chị.").status_code == 302
    assert kept().words == "Xin lỗi chị."
    with writing():
        kept().answered_at = clock.now() - timedelta(days=15)
    browser.get(path)
    assert browser.all("textarea") == []
    assert browser.post(path, words="Lại đổi.").status_code == 409
    assert kept().words == "Xin lỗi chị."


@pytest.mark.parametrize("words", ["", "   ", "a" * 1001])
def test_wrong_input(browser, cast, path, words):
    browser.sign_in(cast.member)
    assert browser.post(path, words=words).status_code == 422
    assert db.session.query(RatingAnswer).count() == 0


def test_twice_is_one_answer(browser, cast, path):
    browser.sign_in(cast.member)
    assert [browser.post(path, words=WORDS).status_code for _ in range(2)] == [302, 302]
    assert kept().changed_at is None


@pytest.mark.parametrize(("who", "status"), [("visitor", 401), ("buyer", 403), ("officer", 403), ("stranger", 404)])
def test_nobody_else_answers(browser, cast, path, who, status):
    if who != "visitor":
        browser.sign_in(cast.user(who))
    assert browser.post(path, words=WORDS).status_code == status
    assert db.session.query(RatingAnswer).count() == 0


def test_hidden_and_taken_back_ones_are_not_answered(browser, cast, path):
    key = db.session.query(Rating).one().id
    hide(cast, key)
    browser.sign_in(cast.member)
    assert browser.post(path, words=WORDS).status_code == 409
    with writing():
        services.take_back(db.session.get_one(Rating, key), None)
    assert browser.post(path, words=WORDS).status_code == 404


def test_the_list_costs_the_same_for_many(browser, cast, path):
    from tests.shop.storefront.counting import statements

    browser.sign_in(cast.member)
    with statements() as few:
        browser.get("/my/ratings")
    for _ in range(5):
        rated(cast, 4)
    with statements() as many:
        browser.get("/my/ratings")
    assert len(few) == len(many)
