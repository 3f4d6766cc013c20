"""Silence about a new order: told again after two hours, on the call list after twelve, each once."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from shop.accounts.models import Role
from shop.core import clock
from shop.core.db import db, writing
from shop.desk.calls import checks, queries, tasks
from shop.desk.calls.models import CallResult, OrderCall, OrderReminder, Step
from shop.desk.calls.services import remind
from shop.notices.models import Notice
from shop.orders import services as orders
from shop.orders.models import Method, Order
from tests.shop.orders.buying import act, ordered
from tests.shop.storefront.counting import statements


def _later(**time: int) -> None:
    clock.set_for_tests(clock.now() + timedelta(**time))


def _told(kind: str) -> list[int]:
    return list(db.session.scalars(select(Notice.user_id).where(Notice.kind == kind).order_by(Notice.user_id)))


def test_told_again_after_two_hours_once(session, cast) -> None:
    ordered(cast)
    _later(minutes=119)
    assert tasks.remind() == 0
    _later(minutes=2)
    assert [tasks.remind(), tasks.remind()] == [1, 0]
    assert _told("order_waiting") == [cast.ids["member"], cast.ids["second_member"]]
    assert _told("order_to_call") == []


def test_on_the_list_of_the_communes_officer_after_twelve_until_it_is_answered(session, cast) -> None:
    order = ordered(cast).orders[0].id
    _later(hours=12, minutes=1)
    assert [tasks.remind(), tasks.remind()] == [2, 0]
    assert _told("order_to_call") == [cast.ids["officer"]]
    assert (queries.number(cast.officer, {Role.OFFICER}), queries.number(cast.officer_elsewhere, {Role.OFFICER})) == (
        1,
        0,
    )
    act(order, "accept")
    assert queries.number(cast.officer, {Role.OFFICER}) == 0


def test_who_answered_is_left_in_peace(session, cast) -> None:
    act(ordered(cast).orders[0].id, "accept")
    _later(hours=13)
    assert tasks.remind() == 0


def test_what_waits_for_money_is_nobodys_silence_and_counts_from_then(session, cast) -> None:
    order = ordered(cast, Method.CARD).orders[0].id
    with writing():
        db.session.execute(update(Order).values(awaiting_payment=True))
    _later(hours=3)
    assert tasks.remind() == 0
    with writing():
        assert orders.pay_at_the_door(db.session.get_one(Order, order), None)
    assert tasks.remind() == 0
    _later(hours=2)
    assert tasks.remind() == 1


def test_two_sweeps_at_once_do_one_step(session, cast) -> None:
    order = ordered(cast).orders[0].id
    with writing():
        assert [remind(order, Step.REPEAT), remind(order, Step.REPEAT)] == [True, False]
    assert len(list(session.scalars(select(OrderReminder)))) == 1


def test_a_call_that_was_not_due_is_found(session, cast) -> None:
    order = ordered(cast).orders[0].id
    assert list(checks.every_call_was_due()) == []
    with writing():
        session.add(OrderCall(order_id=order, caller_id=cast.ids["officer"], result=CallResult.PROMISED))
    assert len(list(checks.every_call_was_due())) == 1


@pytest.mark.parametrize("number", [1, 5])
def test_the_list_costs_the_same_for_few_and_many(browser, cast, number) -> None:
    for _ in range(number):
        ordered(cast, tea=1)
    _later(hours=13)
    tasks.remind()
    browser.sign_in(cast.officer)
    with statements() as asked:
        browser.get("/calls")
    assert len(browser.all("main li.card")) == number
    assert len(asked) <= 9
