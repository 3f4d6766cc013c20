"""What a person said of goods: in their file, gone when they leave, nameless when addresses go."""

from datetime import timedelta

import pytest

from shop.core import clock
from shop.core.db import db, writing
from shop.privacy import erasing
from shop.privacy.gathering import gathered
from shop.privacy.periods.table import THREE_YEARS, addresses
from shop.ratings.lifecycle import RatingState
from shop.ratings.models import Rating
from tests.shop.ratings.bought import rated, tally, violations


@pytest.fixture
def rating(cast):
    made = rated(cast, 2, "Chè hơi ẩm.")
    key = made.id
    with writing():
        db.session.get_one(Rating, key).order.purchase.buyer_id = cast.ids["buyer"]
    return key


def test_it_stands_in_the_file(cast, rating):
    (row,) = gathered(cast.buyer)["ratings"]
    assert (row["stars"], row["words"], row["name"]) == (2, "Chè hơi ẩm.", "Anh")
    assert gathered(cast.member)["ratings"] == []


def test_it_goes_with_the_person(cast, rating):
    other = rated(cast, 5).id
    with writing():
        erasing.erase(cast.buyer)
    gone = db.session.get_one(Rating, rating)
    assert (gone.state, gone.words, gone.name) == (RatingState.TAKEN_BACK, "", "")
    assert db.session.get_one(Rating, other).state is RatingState.SHOWN
    assert (tally(cast), violations()) == ([0, 0, 0, 0, 1], [])


def test_it_loses_its_name_with_the_address(cast, rating):
    clock.set_for_tests(clock.now() + timedelta(days=THREE_YEARS + 1))
    with writing():
        assert addresses(clock.after(days=-THREE_YEARS)) == 1
    kept = db.session.get_one(Rating, rating)
    assert (kept.state, kept.words, kept.name) == (RatingState.SHOWN, "Chè hơi ẩm.", "")
    assert violations() == []
