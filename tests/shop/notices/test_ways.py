"""By which ways a notice leaves, and the next one where a way fails."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from shop.core import clock
from shop.core.db import db, writing
from shop.core.outbox import OutgoingMail, OutgoingSms, OutgoingZalo
from shop.notices import checks, services, tasks
from shop.notices.failures import NotSent, Refused
from shop.notices.kinds import KINDS
from shop.notices.models import Notice
from shop.notices.zalo import LONGEST, filled, templates
from tests.browser import Browser


class Line:
    """Carries what it is given, or fails each time with one problem."""

    def __init__(self, problem: NotSent | None = None) -> None:
        self.problem, self.sent = problem, []

    def send(self, *message: object) -> None:
        if self.problem:
            raise self.problem
        self.sent.append(message)


@pytest.fixture
def lines(session, app, monkeypatch):
    """Senders for all three ways, and a market that has a Zalo template for new orders."""
    found = {name: Line() for name in ("mail", "sms", "zalo")}
    for name, line in found.items():
        monkeypatch.setattr(tasks, f"{name}_sender", lambda _settings, line=line: line)
    chosen = replace(app.extensions["settings"], zalo_access_token="x", zalo_templates="order_placed:300001")
    monkeypatch.setitem(app.extensions, "settings", chosen)
    return found


def _order(person) -> None:
    with writing():
        services.tell(person, "order_placed", "/my/orders", code="LC 4817 2063", ship_by="16/2")


def _sweep(*turns: timedelta) -> None:
    for turn in (timedelta(), *turns):
        clock.set_for_tests(clock.now() + turn)
        for sweep in (tasks.send_mail, tasks.send_zalo, tasks.send_sms):
            sweep()


def _lines_of_the_page(browser: Browser, person) -> list[str]:
    browser.sign_in(person)
    browser.get("/notices")
    return browser.one("main li.card .hint").text_content().strip().splitlines()[-1:]


def test_zalo_first_and_no_sms_beside_it(lines, cast) -> None:
    _order(cast.member)
    _sweep(timedelta(hours=10))
    code = db.session.scalar(select(Notice.code))
    event = db.session.scalar(select(OutgoingZalo.event))
    places = {"code": "LC 4817 2063", "ship_by": "16/2", "notice": code}
    assert lines["zalo"].sent == [("+84912000101", "300001", places, event)]
    assert lines["sms"].sent == []


def test_who_has_no_zalo_gets_the_text_at_once(lines, cast, browser: Browser) -> None:
    clock.set_for_tests(clock.now().replace(hour=3))  # ten in the morning there
    lines["zalo"].problem = Refused("Zalo -118")
    _order(cast.member)
    _sweep()
    assert [message[0] for message in lines["sms"].sent] == ["+84912000101"]
    assert db.session.scalar(select(OutgoingZalo.replaced)) is True
    assert list(checks.what_was_replaced_has_a_successor()) == []
    browser.sign_in(cast.member)
    browser.get("/notices")
    assert browser.says("%(way)s: not delivered, %(reason)s", way="Zalo", reason="số này chưa có Zalo")
    assert "SMS: đã gửi" in browser.text


def test_a_service_that_is_away_is_asked_three_times_then_left(lines, cast) -> None:
    clock.set_for_tests(clock.now().replace(hour=3))
    lines["zalo"].problem = NotSent("ConnectError")
    _order(cast.member)
    _sweep(timedelta(minutes=1))
    assert lines["sms"].sent == []
    _sweep(timedelta(minutes=5))
    assert len(lines["sms"].sent) == 1
    assert db.session.scalar(select(OutgoingZalo.tries)) == tasks.TRIES_BEFORE_NEXT


def test_mail_falls_over_to_the_phone(lines, cast) -> None:
    clock.set_for_tests(clock.now().replace(hour=3))
    lines["mail"].problem = Refused("SMTPRecipientsRefused")
    lines["zalo"].problem = Refused("Zalo -118")
    with writing():
        cast.member.email = "may@example.com"
    _order(cast.member)
    _sweep()
    assert len(lines["sms"].sent) == 1
    assert [db.session.scalar(select(table.replaced)) for table in (OutgoingMail, OutgoingZalo, OutgoingSms)] == [
        True,
        True,
        False,
    ]


def test_the_setting_turns_the_order_round(lines, cast, app) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], phone_first="sms")
    _order(cast.member)
    assert db.session.scalar(select(OutgoingZalo.id)) is None
    assert db.session.scalar(select(OutgoingSms.otherwise))["chain"][0]["way"] == "zalo"


def test_zalo_speaks_vietnamese_only(lines, cast) -> None:
    with writing():
        cast.member.language = "hi"
    _order(cast.member)
    assert db.session.scalar(select(OutgoingZalo.id)) is None
    assert db.session.scalar(select(OutgoingSms.language)) == "hi"


def test_every_template_is_a_kind_and_its_places_are_filled() -> None:
    for kind, template in templates().items():
        words = str(KINDS[kind].subject) + str(KINDS[kind].body)
        for place in template["places"]:
            assert place == "notice" or f"%({place})s" in words
            assert place == "notice" or f"{{{{{place}}}}}" in template["words"]
        values = filled(kind, dict.fromkeys(template["places"], "x" * 50), "ABCD1234")
        assert set(values) == set(template["places"]) and max(map(len, values.values())) <= LONGEST


def test_what_waits_too_long_is_named(lines, cast, app) -> None:
    _order(cast.member)
    assert list(checks.nothing_waits_for_ever()) == []
    clock.set_for_tests(clock.now() + timedelta(hours=40))
    assert ["zalo order_placed" in line for line in checks.nothing_waits_for_ever()] == [True]
