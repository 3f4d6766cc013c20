"""One line takes back all that one press approved."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from products.review.models import UNDO, Decision, Withdrawal
from products.review.tasks import carry_out_due
from shop.accounts.models import OfficerCommune
from shop.core import clock
from shop.core.db import db, writing
from tests.cast import BINH_LU
from tests.products.bulk.test_alike import SEASON, edits, keys, waiting


@pytest.fixture
def desk(browser, cast):
    browser.sign_in(cast.officer)
    return browser


def approved(desk, cast, number):
    """Approve so many with one press; returns the address of the way back."""
    edits(cast, number)
    desk.get(SEASON)
    desk.post(SEASON, item=keys(desk), press=desk.one("input[name=press]").get("value"))
    return desk.one(".undo").get("action")


def decisions():
    db.session.rollback()
    return db.session.scalars(select(Decision).where(Decision.press.is_not(None))).all()


def test_one_line_takes_all_of_the_press_back(desk, cast):
    way_back = approved(desk, cast, 3)
    assert "3" in desk.one(".undo [role=status]").text
    assert int(desk.one(".undo").get("data-seconds")) >= UNDO.total_seconds()
    assert len({one.effective_at for one in decisions()}) == 1
    desk.get("/review/products")
    assert desk.one(".undo").get("action") == way_back, "also on the next page"
    assert desk.post(way_back).status_code == 302
    assert {one.withdrawn_why for one in decisions()} == {Withdrawal.UNDONE}
    assert waiting() == 3
    desk.get(SEASON)
    assert not desk.all(".undo")
    clock.pass_for_tests(timedelta(minutes=1))
    assert carry_out_due() == 0


def test_one_alone_has_the_usual_line(desk, cast):
    assert approved(desk, cast, 1).endswith("/decision/withdrawal")


def test_an_earlier_press_stays(desk, cast):
    approved(desk, cast, 2)
    edits(cast, 2, first=2)
    desk.get(SEASON)
    desk.post(SEASON, item=keys(desk), press=desk.one("input[name=press]").get("value"))
    desk.post(desk.one(".undo").get("action"))
    assert sorted(one.withdrawn_at is None for one in decisions()) == [False, False, True, True]
    desk.get("/review/products")
    assert "2" in desk.one(".undo [role=status]").text, "now the way back of the one before"


def test_what_took_effect_stays(desk, cast):
    way_back = approved(desk, cast, 2)
    clock.pass_for_tests(timedelta(minutes=1))
    assert desk.post(way_back).status_code == 409
    assert carry_out_due() == 2
    assert desk.post(way_back).status_code == 404


def test_twice_is_once(desk, cast):
    way_back = approved(desk, cast, 2)
    assert [desk.post(way_back).status_code for _time in "12"] == [302, 404]


def test_the_same_press_sent_twice_approves_once(desk, cast):
    edits(cast, 2)
    desk.get(SEASON)
    press = {"item": keys(desk), "press": desk.one("input[name=press]").get("value")}
    for _time in "12":
        assert desk.post(SEASON, **press).status_code == 200
    assert len(decisions()) == 2


def test_who_may_not(desk, cast):
    way_back = approved(desk, cast, 2)
    with writing():
        second = cast.officer_elsewhere.id
        db.session.add(OfficerCommune(user_id=second, commune_code=BINH_LU, valid_from=clock.after(days=-1)))
    for who, status in (("officer_elsewhere", 404), ("member", 403), ("admin", 403)):
        desk.sign_in(getattr(cast, who))
        assert desk.post(way_back).status_code == status
    desk.sign_out()
    assert desk.post(way_back).status_code == 401
    assert waiting() == 0
