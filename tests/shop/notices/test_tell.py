"""Told in the app, by mail, by SMS; sent once, tried again, kept."""

from datetime import timedelta

from sqlalchemy import select

from shop.core import clock
from shop.core.db import db, writing
from shop.core.outbox import OutgoingMail, OutgoingSms, queue_mail
from shop.notices import services, tasks
from shop.notices.models import Notice
from shop.notices.senders import NotSent
from tests.browser import Browser


class Postman:
    """Takes mails, or fails so many times first."""

    def __init__(self, fails: int = 0) -> None:
        self.fails, self.sent = fails, []

    def send(self, *message: str) -> None:
        if self.fails:
            self.fails -= 1
            raise NotSent("away")
        self.sent.append(message)


def _told(cast) -> None:
    with writing():
        services.tell(cast.member, "cooperative_admitted", "/desk", name="Hợp tác xã Chè")


def test_told_in_the_app_and_by_sms(session, cast) -> None:
    _told(cast)
    assert session.scalar(select(Notice.kind).where(Notice.user_id == cast.member.id)) == "cooperative_admitted"
    assert session.scalar(select(OutgoingSms.recipient)) == cast.member.phone
    assert session.scalar(select(OutgoingMail.id)) is None


def test_mail_where_an_address_is_known_in_the_persons_language(session, cast) -> None:
    with writing():
        cast.member.email, cast.member.language = "may@example.com", "en"
    _told(cast)
    mail = session.scalars(select(OutgoingMail)).one()
    assert mail.subject == "Hợp tác xã Chè is admitted"
    assert "http://127.0.0.1:8000/desk" in mail.body
    assert session.scalar(select(OutgoingSms.id)) is None


def test_the_same_event_is_queued_once(session) -> None:
    with writing():
        assert queue_mail("order:1", "a@example.com", "vi", "Một", "Hai")
        assert not queue_mail("order:1", "a@example.com", "vi", "Một", "Hai")
        assert queue_mail("order:1", "b@example.com", "vi", "Một", "Hai")


def test_sent_once(session, monkeypatch) -> None:
    postman = Postman()
    monkeypatch.setattr(tasks, "mail_sender", lambda _settings: postman)
    with writing():
        queue_mail("order:1", "a@example.com", "vi", "Một", "Hai")
    assert tasks.send_mail() == 1
    assert tasks.send_mail() == 0
    assert postman.sent == [("a@example.com", "Một", "Hai", "vi")]


def test_tried_again_later_then_given_up(session, monkeypatch) -> None:
    postman = Postman(fails=100)
    monkeypatch.setattr(tasks, "mail_sender", lambda _settings: postman)
    with writing():
        queue_mail("order:1", "a@example.com", "vi", "Một", "Hai")
    assert tasks.send_mail() == 0
    assert session.scalars(select(OutgoingMail)).one().due_at > clock.now()
    for turn in range(1, tasks.TRIES):
        clock.set_for_tests(clock.now() + timedelta(days=turn))
        tasks.send_mail()
    row = session.scalars(select(OutgoingMail)).one()
    assert row.failed_at is not None
    assert row.problem == "away"
    assert row.tries == tasks.TRIES


def test_the_list_and_its_badge(browser: Browser, cast) -> None:
    _told(cast)
    browser.sign_in(cast.member)
    browser.get("/notices")
    assert "Hợp tác xã Chè" in browser.text
    newest = browser.one("input[name=newest]").get("value")
    browser.post("/notices/read", newest=newest)
    assert db.session.scalar(select(Notice.read_at)) is not None


def test_nobody_reads_anothers(browser: Browser, cast) -> None:
    _told(cast)
    browser.sign_in(cast.stranger)
    browser.get("/notices")
    assert "Hợp tác xã Chè" not in browser.text
    browser.post("/notices/read", newest="999999")
    assert db.session.scalar(select(Notice.read_at)) is None
