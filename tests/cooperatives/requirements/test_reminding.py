"""The daily look: who is told, what the officer sees, what takes a seller off the market."""

from datetime import timedelta

import pytest

from cooperatives.lifecycle import CooperativeState
from cooperatives.requirements import services, tasks
from cooperatives.requirements.rows import SHIPPED, Start
from shop.core import clock
from shop.core.db import db, writing
from shop.notices.models import Notice
from tests.browser import Browser


def told(person) -> list[dict]:
    found = db.session.query(Notice).filter_by(user_id=person.id, kind="requirement_late").order_by(Notice.id)
    return [one.params for one in found]


@pytest.fixture
def a_month_later(cast) -> None:
    clock.set_for_tests(clock.now() + timedelta(days=31))


def test_the_manager_is_told_once_and_the_officer_sees_it(browser: Browser, cast, a_month_later) -> None:
    assert tasks.remind() == 2
    (params,) = told(cast.member)
    assert SHIPPED["seen_in_person"].titles["vi"] in params["what"]
    assert told(cast.second_member) == []
    assert tasks.remind() == 0
    clock.set_for_tests(clock.now() + timedelta(days=2))
    assert tasks.remind() == 2
    assert len(told(cast.member)) == 1
    browser.sign_in(cast.officer)
    browser.get("/review/cooperatives")
    assert browser.says("Something is late")
    assert "Hợp tác xã Chè Bình Lư" in browser.text
    browser.sign_in(cast.officer_elsewhere)
    browser.get("/review/cooperatives")
    assert not browser.says("Something is late")
    browser.sign_in(cast.member)
    browser.get(f"/cooperatives/{cast.cooperative().code}/joining")
    assert browser.says("Should be here by now")
    assert cast.cooperative().state is CooperativeState.ACTIVE, "nothing is taken off by itself"


def test_what_came_is_not_late_any_more(browser: Browser, cast, a_month_later) -> None:
    tasks.remind()
    with writing():
        services.verify(cast.cooperative(), "seen_in_person", cast.officer)
        cast.cooperative().registration_number = "6200012345"
        services.attest(cast.cooperative(), ["known_origin", "shown_to_buyers"], "vi", cast.member)
    clock.set_for_tests(clock.now() + timedelta(days=2))
    tasks.remind()
    browser.sign_in(cast.officer)
    browser.get("/review/cooperatives")
    assert "Hợp tác xã Chè Bình Lư" not in browser.text


def test_taken_off_only_where_the_row_says_so(cast) -> None:
    with writing():
        rule = {"is_on": True, "start": Start.DAYS, "days": 10, "suspends": True, "admin": cast.admin}
        services.change_rule("seen_in_person", **rule)
        services.verify(cast.cooperative("other_cooperative"), "seen_in_person", cast.officer)
    clock.set_for_tests(clock.now() + timedelta(days=11))
    tasks.remind()
    assert cast.cooperative().state is CooperativeState.SUSPENDED
    assert cast.cooperative("other_cooperative").state is CooperativeState.ACTIVE
