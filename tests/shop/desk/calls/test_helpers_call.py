"""A helper's call list: the silent sellers who asked for help with orders, and nobody else's."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from cooperatives.helping import services as helping
from cooperatives.helping.models import Scope
from cooperatives.helping.services import Terms, give
from shop.audit.models import AuditEntry
from shop.audit.services import READ
from shop.core import clock
from shop.core.db import db, writing
from shop.desk.calls import checks, queries, tasks
from shop.desk.calls.models import OrderCall, Step
from shop.desk.calls.services import remind
from shop.notices.models import Notice
from tests.browser import Browser
from tests.cooperatives.helping import helped
from tests.shop.orders.buying import act, ordered


@pytest.fixture
def silent(cast) -> tuple[str, str]:
    """The codes of the cooperative's and of the household's order, both unanswered for twelve hours."""
    orders = {one.cooperative_id: one for one in ordered(cast, tea=1, honey=1).orders}
    with writing():
        for one in orders.values():
            remind(one.id, Step.CALL)
    return orders[cast.ids["cooperative"]].code, orders[cast.ids["other_cooperative"]].code


def listed(browser: Browser) -> list[str]:
    return [one.get("href") for one in browser.all("main a[href^='/calls/']")]


def test_on_the_list_with_the_number_until_it_is_answered(browser: Browser, cast, silent) -> None:
    helped.team(cast)
    helped.consent(cast, Scope.ORDERS)
    browser.sign_in(cast.helper)
    browser.get("/desk")
    assert browser.one("main a[href='/calls']").text_content().startswith("1")
    browser.get("/calls")
    assert listed(browser) == [f"/calls/{silent[0]}"]
    assert browser.one("main a[href^='tel:']").get("href") == "tel:+84912000101"
    assert browser.all(".nav a[href='/calls']") or browser.all("nav a[href='/calls']")
    assert browser.post(f"/calls/{silent[0]}", result="promised", note="Chị nhận ngay").location == "/calls"
    call = db.session.scalars(select(OrderCall)).one()
    assert (call.caller_id, call.note) == (cast.ids["helper"], "Chị nhận ngay")
    assert list(checks.every_call_was_due()) == []
    row = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "seller_called")).one()
    assert (row.actor_id, row.on_behalf_of_id) == (cast.ids["helper"], None), "a call is her own deed, not the seller's"
    act(db.session.scalar(select(OrderCall.order_id)), "accept")
    browser.get("/calls")
    assert browser.says("Nobody to call")


def test_reading_whom_to_ask_for_is_kept(browser: Browser, cast, silent) -> None:
    helped.team(cast)
    helped.consent(cast, Scope.ORDERS)
    browser.sign_in(cast.helper)
    browser.get("/calls")
    browser.get(f"/calls/{silent[0]}")
    assert cast.member.name in browser.text
    (read,) = db.session.scalars(select(AuditEntry).where(AuditEntry.action == READ)).all()
    assert (read.subject_id, read.actor_id) == (cast.ids["cooperative"], cast.ids["helper"])
    assert read.facts["fields"] == ["contact"]


@pytest.mark.parametrize("scopes", [(), (Scope.GOODS, Scope.REPLIES)])
def test_without_consent_for_orders_there_is_nobody(browser: Browser, cast, silent, scopes) -> None:
    helped.team(cast)
    if scopes:
        helped.consent(cast, *scopes)
    browser.sign_in(cast.helper)
    browser.get("/calls")
    assert listed(browser) == []
    for code in silent:
        assert browser.get(f"/calls/{code}").status_code == 404
        assert browser.post(f"/calls/{code}", result="promised").status_code == 404
    assert db.session.scalar(select(OrderCall.id)) is None


def test_nothing_of_another_seller(browser: Browser, cast, silent) -> None:
    helped.team(cast)
    helped.consent(cast, Scope.ORDERS)
    browser.sign_in(cast.helper)
    browser.get("/calls")
    assert cast.cooperative("other_cooperative").name not in browser.text
    assert browser.post(f"/calls/{silent[1]}", result="promised").status_code == 404


def test_an_ended_consent_ends_it(browser: Browser, cast, silent) -> None:
    helped.team(cast)
    code = helped.consent(cast, Scope.ORDERS)
    with writing():
        helping.end(helped.stored(code), cast.member)
    browser.sign_in(cast.helper)
    browser.get("/calls")
    assert listed(browser) == []
    assert browser.get(f"/calls/{silent[0]}").status_code == 404


def test_while_helping_one_the_desk_speaks_of_that_one(browser: Browser, cast, silent) -> None:
    helped.helping(browser, cast, Scope.ORDERS)
    browser.get("/desk")
    assert not browser.all("main ul a[href='/calls']")


def test_told_after_twelve_hours_once_each(session, cast) -> None:
    """The officer and who helps with orders; neither who helps with goods only, nor one whose consent ended."""
    helped.team(cast)
    helped.consent(cast, Scope.ORDERS)
    with writing():
        give(cast.cooperative("other_cooperative"), cast.helper, cast.stranger, Terms([Scope.GOODS], 12))
    ordered(cast, tea=1, honey=1)
    clock.set_for_tests(clock.now() + timedelta(hours=12, minutes=1))
    tasks.remind()
    assert tasks.remind() == 0
    told = db.session.execute(select(Notice.user_id, Notice.params).where(Notice.kind == "order_to_call")).all()
    names = sorted((user, params["name"]) for user, params in told)
    tea, honey = cast.cooperative().name, cast.cooperative("other_cooperative").name
    officer, helper = cast.ids["officer"], cast.ids["helper"]
    assert names == sorted([(officer, tea), (officer, honey), (helper, tea)])
    assert queries.number(cast.helper, {"helper"}) == 1
    assert queries.number(cast.helper, {"buyer"}) == 0
