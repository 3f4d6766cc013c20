"""The call list: whom to call, what came of it, kept until the order is answered."""

import pytest
from sqlalchemy import select

from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.desk.calls import services
from shop.desk.calls.models import CallResult, OrderCall, Step
from shop.orders.models import Order
from tests.browser import Browser
from tests.shop.orders.buying import act, ordered


@pytest.fixture
def waiting(cast) -> str:
    order = ordered(cast).orders[0]
    with writing():
        services.remind(order.id, Step.CALL)
    return order.code


def test_called_and_kept(browser: Browser, cast, waiting) -> None:
    browser.sign_in(cast.officer)
    browser.get("/calls")
    assert browser.one("main a[href^='tel:']").get("href") == "tel:+84912000101"
    assert browser.post(f"/calls/{waiting}", result="no_answer", note="Gọi lại chiều nay").location == "/calls"
    call = db.session.scalars(select(OrderCall)).one()
    assert (call.result, call.caller_id, call.note) == (CallResult.NO_ANSWER, cast.ids["officer"], "Gọi lại chiều nay")
    assert db.session.scalar(select(AuditEntry.action).order_by(AuditEntry.id.desc())) == "seller_called"
    browser.get("/calls")
    assert "Gọi lại chiều nay" in browser.text
    assert browser.says("Nobody answered")


def test_twice_are_two_calls(browser: Browser, cast, waiting) -> None:
    browser.sign_in(cast.officer)
    for result in ("no_answer", "promised"):
        browser.post(f"/calls/{waiting}", result=result)
    assert [row.result for row in db.session.scalars(select(OrderCall).order_by(OrderCall.id))] == [
        CallResult.NO_ANSWER,
        CallResult.PROMISED,
    ]


def test_answered_meanwhile(browser: Browser, cast, waiting) -> None:
    act(db.session.scalar(select(Order.id).where(Order.code == waiting)), "accept")
    browser.sign_in(cast.officer)
    browser.post(f"/calls/{waiting}", result="promised", follow=True)
    assert browser.says(str(services.ANSWERED))
    assert db.session.scalar(select(OrderCall.id)) is None
    assert browser.says("Nobody to call")


def test_says_what_is_missing(browser: Browser, cast, waiting) -> None:
    browser.sign_in(cast.officer)
    for wrong in ({}, {"result": "shouted"}, {"result": "promised", "note": "x" * 301}):
        assert browser.post(f"/calls/{waiting}", **wrong).status_code == 200
        assert browser.all(".error-summary")
    assert db.session.scalar(select(OrderCall.id)) is None


def test_before_it_is_due_there_is_nothing_to_call(browser: Browser, cast) -> None:
    code = ordered(cast).orders[0].code
    browser.sign_in(cast.officer)
    assert browser.get(f"/calls/{code}").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("officer_elsewhere", 404), ("member", 403), ("buyer", 403)])
def test_others_may_not(browser: Browser, cast, waiting, who, status) -> None:
    browser.sign_in(cast.user(who))
    assert browser.post(f"/calls/{waiting}", result="promised").status_code == status
    assert db.session.scalar(select(OrderCall.id)) is None
