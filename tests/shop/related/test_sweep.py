"""The nightly sweep: once a day, from two o'clock, and only what is another than before is written."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from shop.core import clock
from shop.core.days import from_local
from shop.core.db import db, writing
from shop.related import services
from shop.related.checks import CHECKS
from shop.related.models import RelatedGoods, RelatedRun, Relation
from shop.related.tasks import count, relate
from tests.shop.related.pairs import beside, bought, counted, goods

MIDNIGHT = datetime(2027, 3, 1)  # noqa: DTZ001 - as the clocks of Việt Nam show it


@pytest.fixture
def at_hour():
    yield lambda hours: clock.set_for_tests(from_local(MIDNIGHT + timedelta(hours=hours)))
    clock.set_for_tests(None)


def test_the_first_time_at_once_and_then_each_night(cast, at_hour):
    at_hour(0)
    new = goods(cast, "Chè Shan tuyết")
    assert relate() == 2
    assert beside(cast.ids["tea"]) == [new]
    newer = goods(cast, "Chè Shan tuyết cổ thụ")
    at_hour(23)
    assert relate() == 0, "once a day"
    at_hour(25)
    assert relate() == 0, "not before two in the morning"
    at_hour(26)
    assert relate() == 2
    assert beside(cast.ids["tea"]) == [newer, new]
    assert [row.day.day for row in db.session.scalars(db.select(RelatedRun))] == [2]


def test_what_is_the_same_is_not_written(cast, at_hour):
    at_hour(0)
    counted(cast)
    before = db.session.scalar(text("SELECT count(*) FROM page_changes"))
    at_hour(27)
    assert relate() == 0
    assert db.session.scalar(text("SELECT count(*) FROM page_changes")) == before, "every page stays kept"


def test_a_night_that_was_cut_off_is_finished(cast):
    goods(cast, "Chè Shan tuyết")
    with writing():
        services.begin(clock.now().date())
    assert relate() == 2


def test_what_holds_no_more_goes(cast, at_hour):
    at_hour(0)
    counted(cast)
    assert beside(cast.ids["tea"], Relation.TOGETHER) == [cast.ids["honey"]]
    at_hour(24 * 400 + 3)
    relate()
    assert beside(cast.ids["tea"], Relation.TOGETHER) == []
    assert set(count()) == set(db.session.scalars(db.select(RelatedGoods.product_id)))


def test_verify_sees_a_gap(cast):
    counted(cast)
    assert [problem for check in CHECKS for problem in check()] == []
    with writing():
        db.session.execute(db.update(RelatedGoods).filter_by(relation=Relation.TOGETHER).values(position=2))
    assert len([problem for check in CHECKS for problem in check()]) == 2


def test_nothing_of_a_buyer_is_kept(cast):
    bought(cast, "tea", "honey")
    assert {column.name for column in RelatedGoods.__table__.columns} == {
        "product_id",
        "relation",
        "position",
        "other_id",
    }
