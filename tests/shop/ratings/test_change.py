"""Changing a rating: by its author, for 14 days, with what stood there kept."""

from datetime import timedelta

import pytest

from shop.core import clock
from shop.core.db import db, writing
from shop.ratings.models import FormerRating, Rating
from tests.shop.ratings.bought import hide, page_of, rated, tally, violations

NEW = {"stars": "2", "words": "Lần này bị ẩm.", "shown_as": "nobody"}


@pytest.fixture
def path(cast):
    return page_of(rated(cast, 5).order)


def rating():
    return db.session.query(Rating).one()


def test_changed_and_counted_anew(browser, cast, path):
    browser.get(path)
    assert f"{path}?change=1" in [link.get("href") for link in browser.all("main a")]
    browser.get(f"{path}?change=1")
    assert browser.one("input[name=stars][checked]").get("value") == "5"
    assert browser.one("textarea").text.strip() == "Thơm, sạch."
    assert browser.post(f"{path}?change=1", **NEW).status_code == 302
    found = rating()
    assert (found.stars, found.words, found.name) == (2, "Lần này bị ẩm.", "")
    assert found.changed_at is not None
    assert (tally(cast), violations()) == ([0, 1, 0, 0, 0], [])
    former = db.session.query(FormerRating).one()
    assert (former.stars, former.words) == (5, "Thơm, sạch.")


def test_the_same_words_change_nothing(browser, cast, path):
    same = {"stars": "5", "words": "Thơm, sạch.", "shown_as": "name"}
    assert browser.post(f"{path}?change=1", **same).status_code == 302
    assert (rating().changed_at, db.session.query(FormerRating).count()) == (None, 0)


def test_twice_keeps_both(browser, cast, path):
    browser.post(f"{path}?change=1", **NEW)
    browser.post(f"{path}?change=1", **NEW | {"stars": "3"})
    browser.post(f"{path}?change=1", **NEW | {"stars": "3"})
    assert [row.stars for row in db.session.query(FormerRating).order_by(FormerRating.id)] == [5, 2]
    assert tally(cast) == [0, 0, 1, 0, 0]


def test_after_14_days_it_stands(browser, cast, path):
    with writing():
        rating().written_at = clock.now() - timedelta(days=14, minutes=1)
    browser.get(f"{path}?change=1")
    assert browser.all("textarea") == []
    assert browser.post(f"{path}?change=1", **NEW).status_code == 409
    assert browser.says("This rating cannot be changed any more. You may still take it back.")
    assert rating().stars == 5


def test_a_hidden_one_stays_as_it_was_hidden(browser, cast, path):
    hide(cast, rating().id)
    assert browser.post(f"{path}?change=1", **NEW).status_code == 409
    assert rating().stars == 5


def test_wrong_input(browser, cast, path):
    assert browser.post(f"{path}?change=1", **NEW | {"stars": ""}).status_code == 422
    assert browser.one("textarea").text.strip() == NEW["words"]
    assert rating().stars == 5
