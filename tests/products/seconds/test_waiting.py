"""What needs a second yes stands in a view of its own for those who may say it, and nowhere in the way of the first."""

import pytest
from sqlalchemy import event

from cooperatives.models import MemberRole, Membership
from products.models import Product
from products.seconds.checks import CHECKS
from shop.core.db import db, writing
from tests.products.queue.test_queue import names, views
from tests.products.review.sent import path_of, sent_goods
from tests.products.seconds.risky import approve, risky_goods, second_officer

QUEUE = "/review/products"
SECOND = f"{QUEUE}?view=second"


@pytest.fixture
def goods(cast):
    return risky_goods(cast)


@pytest.fixture
def second(cast):
    second_officer(cast)


def test_the_other_officer_finds_it_marked(goods, second, browser, cast):
    browser.sign_in(cast.officer_elsewhere)
    browser.get(SECOND)
    assert (names(browser), views(browser, 0)["second"]) == ([], 0)
    approve(goods, cast.officer)
    browser.get(SECOND)
    assert (names(browser), views(browser, 0)["second"]) == (["Thảo quả khô"], 1)
    assert browser.says("Needs a second officer: %(name)s said yes", name=cast.officer.name)
    assert all(one.cssselect(".shape") for one in browser.all(".queue .status"))
    browser.get("/desk")
    assert browser.one("a[href='/review/products?view=second'] strong").text == "1"
    approve(goods, cast.officer_elsewhere)
    browser.get(SECOND)
    assert (names(browser), views(browser, 0).get("second", 0)) == ([], 0)


def test_the_first_officer_is_not_led_there_again(goods, second, browser, cast):
    browser.sign_in(cast.officer)
    with writing():
        other = path_of(sent_goods(cast, "other-goods"))
    path = path_of(db.session.get_one(Product, goods))
    assert browser.get(browser.post(path, verdict="approve").location).location == other
    assert browser.get(other.replace("decision", "next")).location == QUEUE, "nothing else is his"
    browser.get(SECOND)
    assert (names(browser), views(browser, 0)["second"], views(browser, 0)["mine"]) == ([], 0, 0)
    browser.get(QUEUE)
    assert names(browser) == ["Thảo quả khô", "Miến dong Bình Lư"], "it waits, and he sees where it is"
    assert browser.says("You said yes; another officer goes on")


def test_not_who_may_not_decide(goods, second, browser, cast):
    approve(goods, cast.officer)
    with writing():
        row = {"cooperative_id": cast.cooperative().id, "user_id": cast.officer_elsewhere.id, "role": MemberRole.MEMBER}
        db.session.add(Membership(**row))
    browser.sign_in(cast.officer_elsewhere)
    browser.get(SECOND)
    assert (names(browser), views(browser, 0)["second"]) == ([], 0)


def test_suspended_sellers_wait_unseen_and_come_back(goods, second, browser, cast):
    approve(goods, cast.officer)
    browser.sign_in(cast.officer_elsewhere)
    for state, expected in (("suspended", []), ("active", ["Thảo quả khô"])):
        with writing():
            cast.cooperative().state = state
        browser.get(SECOND)
        assert names(browser) == expected
    assert [fault for check in CHECKS for fault in check()] == []


def test_many_cost_no_more_queries(second, browser, cast):
    browser.sign_in(cast.officer_elsewhere)
    seen, costs = [], []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    for place in range(4):
        approve(risky_goods(cast, f"goods-{place}"), cast.officer)
        browser.get(SECOND)
        seen.clear()
        browser.get(SECOND)
        costs.append(len([one for one in seen if not one.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))]))
    event.remove(db.engine, "before_cursor_execute", note)
    assert len(names(browser)) == 4
    assert set(costs) == {costs[0]}
    assert costs[0] <= 8
