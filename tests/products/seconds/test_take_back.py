"""Taking one's own first yes back: for ten seconds by the line, later from the page, until somebody decides."""

import pytest
from sqlalchemy import select

from products.models import Product
from products.review.models import UNDO, Verdict
from products.seconds.checks import CHECKS
from products.seconds.models import FirstLook
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db
from tests.products.review.sent import decisions_on, path_of, ten_seconds_pass
from tests.products.seconds.risky import approve, risky_goods, second_officer

QUEUE = "/review/products"


def back_path(key):
    return path_of(db.session.get_one(Product, key)).replace("decision", "first-look/withdrawal")


def look():
    return db.session.scalars(select(FirstLook)).one()


@pytest.fixture
def goods(cast):
    return risky_goods(cast)


@pytest.fixture
def second(cast):
    second_officer(cast)


@pytest.fixture
def desk(browser, cast):
    browser.sign_in(cast.officer)
    return browser


def test_the_line_of_ten_seconds(goods, second, desk, cast):
    path = path_of(db.session.get_one(Product, goods))
    desk.post(path, verdict="approve")
    desk.get(QUEUE)
    assert desk.says("Your yes is kept: %(product)s", product="Thảo quả khô")
    assert desk.one(".undo").get("action") == back_path(goods)
    assert 0 < int(desk.one(".undo").get("data-seconds")) <= 10
    answer = desk.post(back_path(goods))
    assert (answer.status_code, answer.location) == (302, path)
    assert (look().withdrawn_by_id, look().withdrawn_at is None) == (cast.officer.id, False)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "first_look_undone")).one()
    assert (entry.actor_id, entry.facts) == (cast.officer.id, {"revision": 1})
    desk.get(QUEUE)
    assert not desk.all(".undo")
    assert [one.get("href") for one in desk.all(".queue h2 a")] == [path]
    assert [fault for check in CHECKS for fault in check()] == []


def test_the_line_goes_after_ten_seconds_and_the_page_still_has_a_way(goods, second, desk):
    path = path_of(db.session.get_one(Product, goods))
    desk.post(path, verdict="approve")
    clock.pass_for_tests(UNDO)
    desk.get(path)
    assert not desk.all(".undo")
    assert desk.one(".notice form").get("action") == back_path(goods)
    assert desk.post(back_path(goods)).status_code == 302
    assert look().withdrawn_at is not None
    desk.get(path)
    assert desk.all("button[value=approve]"), "and it can be said again"


@pytest.mark.parametrize("verdict", Verdict)
def test_not_once_somebody_decided(goods, second, desk, cast, verdict):
    approve(goods, cast.officer)
    approve(goods, cast.officer_elsewhere, verdict, "Chưa có giấy phép")
    assert desk.post(back_path(goods)).status_code == 409
    assert desk.says("Somebody has decided already. Your yes cannot be taken back any more.")
    assert look().withdrawn_at is None
    assert ten_seconds_pass() == 1
    assert len(decisions_on(goods)) == 1


def test_not_twice(goods, second, desk, cast):
    approve(goods, cast.officer)
    assert desk.post(back_path(goods)).status_code == 302
    assert desk.post(back_path(goods)).status_code == 404


def test_not_anothers(goods, second, browser, cast):
    approve(goods, cast.officer)
    assert browser.post(back_path(goods)).status_code == 401
    for who, status in (("member", 403), ("admin", 403), ("officer_elsewhere", 404)):
        browser.sign_in(cast.user(who))
        assert browser.post(back_path(goods)).status_code == status, who
    assert look().withdrawn_at is None


@pytest.mark.parametrize("number", [0, 2, 99])
def test_no_such_version(goods, second, desk, cast, number):
    approve(goods, cast.officer)
    assert desk.post(back_path(goods).replace("/1/", f"/{number}/")).status_code == 404
