"""The admin sees how the queues stand, and sends again what failed."""

import pytest
from sqlalchemy import select, update

from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.core.outbox import OutgoingSms, queue_mail, queue_sms
from tests.browser import Browser

RETRY = "/staff/messages/another-try"


@pytest.fixture
def failed(session) -> None:
    with writing():
        for number in range(3):
            queue_sms(f"order:{number}", f"+8491200010{number}", "vi", "x")
        queue_mail("order:1", "a@example.com", "vi", "Một", "Hai", due_at=clock.after(hours=5))
        session.execute(
            update(OutgoingSms)
            .where(OutgoingSms.event != "order:0")
            .values(failed_at=clock.now(), tries=8, problem="CodeResult 108")
        )
        session.execute(update(OutgoingSms).where(OutgoingSms.event == "order:2").values(replaced=True))


def test_what_waits_and_what_failed(browser: Browser, cast, failed) -> None:
    browser.sign_in(cast.admin)
    browser.get("/staff/messages")
    assert browser.says("Waiting for their hour: %(number)s", number=1)
    assert "số điện thoại sai" in browser.text
    assert len(browser.all("main form")) == 1


def test_sent_again(browser: Browser, cast, failed) -> None:
    browser.sign_in(cast.admin)
    for left in (1, 0):
        browser.post(RETRY, way="sms", problem="CodeResult 108", follow=True)
        assert f"{left} tin" in browser.text
    row = db.session.scalars(select(OutgoingSms).where(OutgoingSms.event == "order:1")).one()
    assert (row.failed_at, row.tries) == (None, 0)
    assert db.session.scalar(select(OutgoingSms.failed_at).where(OutgoingSms.event == "order:2")) is not None
    assert db.session.scalar(select(AuditEntry.action).order_by(AuditEntry.id.desc())) == "messages_tried_again"


def test_a_way_that_does_not_exist(browser: Browser, cast, failed) -> None:
    browser.sign_in(cast.admin)
    assert browser.post(RETRY, way="pigeon", problem="").status_code == 404


@pytest.mark.parametrize("who", ["officer", "member", "buyer"])
def test_others_may_not(browser: Browser, cast, failed, who) -> None:
    browser.sign_in(cast.user(who))
    assert browser.get("/staff/messages").status_code == 403
    assert browser.post(RETRY, way="sms", problem="CodeResult 108").status_code == 403
    assert db.session.scalar(select(OutgoingSms.failed_at).where(OutgoingSms.event == "order:1")) is not None


def test_ready_says_when_a_queue_stands(browser: Browser, cast, failed, app, monkeypatch) -> None:
    from shop.notices.outgoing import queries

    monkeypatch.setitem(queries.SENDERS, "sms", lambda _settings: object())
    assert browser.get("/readyz").json["queue"] is True
    clock.set_for_tests(clock.after(hours=2))
    assert browser.get("/readyz").json["queue"] is False
