"""Taking a rating back: any time, for good, with its words."""

from datetime import timedelta

import pytest

from shop.core import clock
from shop.core.db import db, writing
from shop.ratings import services
from shop.ratings.lifecycle import RatingState
from shop.ratings.models import FormerRating, Rating
from shop.ratings.services import Told
from tests.shop.ratings.bought import hide, page_of, rated, tally, violations


@pytest.fixture
def path(cast):
    return page_of(rated(cast, 5).order)


def rating():
    return db.session.query(Rating).one()


def test_taken_back(browser, cast, path):
    with writing():
        services.change(rating(), Told(4, "Cũng được.", named=True, language="vi"), None)
        rating().written_at = clock.now() - timedelta(days=100)
    browser.get(path)
    assert f"{path}/withdrawal" in [link.get("href") for link in browser.all("main a")]
    browser.get(f"{path}/withdrawal")
    assert browser.post(browser.one("main form").get("action")).status_code == 302
    found = rating()
    assert (found.state, found.words, found.name) == (RatingState.TAKEN_BACK, "", "")
    assert [row.words for row in db.session.query(FormerRating)] == [""]
    assert (tally(cast), violations()) == ([0] * 5, [])
    browser.get(path)
    assert browser.says("You have taken this rating back. Nobody reads it any more.")


def test_a_look_alone_takes_nothing_back(browser, cast, path):
    browser.get(f"{path}/withdrawal")
    assert rating().state is RatingState.SHOWN


def test_twice_is_once(browser, cast, path):
    assert [browser.post(f"{path}/withdrawal").status_code for _ in range(2)] == [302, 409]
    assert browser.get(f"{path}/withdrawal").status_code == 302
    assert (tally(cast), violations()) == ([0] * 5, [])


def test_it_is_not_written_again(browser, cast, path):
    browser.post(f"{path}/withdrawal")
    assert browser.post(path, stars="5", words="", shown_as="name").status_code == 409
    assert (rating().state, tally(cast)) == (RatingState.TAKEN_BACK, [0] * 5)


def test_a_hidden_one_may_go_too_and_was_not_counted(browser, cast, path):
    hide(cast, rating().id)
    assert browser.post(f"{path}/withdrawal").status_code == 302
    assert (tally(cast), violations()) == ([0] * 5, [])


def test_only_where_there_is_one(browser, cast, path):
    other = path.replace(path.rsplit("/", 1)[1], "KHONGCO0")
    assert browser.post(f"{other}/withdrawal").status_code == 404
