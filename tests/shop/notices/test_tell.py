"""Told in the app, by mail, by SMS; sent once, tried again, kept."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop.core import clock
from shop.core.db import writing
from shop.core.outbox import OutgoingMail, OutgoingSms, queue_mail
from shop.notices import services, tasks
from shop.notices.failures import NotSent
from shop.notices.models import Notice


class Postman:
    """Takes mails, or fails so many times first."""

    def __init__(self, fails: int = 0) -> None:
        self.fails, self.sent = fails, []

    def send(self, *message: str) -> None:
        if self.fails:
            self.fails -= 1
            raise NotSent("away")
        self.sent.append(message)


EVENING = datetime(2026, 12, 1, 15, 30, tzinfo=UTC)  # half past ten in Việt Nam
MORNING = datetime(2026, 12, 1, 23, 0, tzinfo=UTC)  # six o'clock there


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
    assert f"http://127.0.0.1:8000/n/{session.scalar(select(Notice.code))}" in mail.body
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
    ((recipient, letter),) = postman.sent
    assert (recipient, letter.subject, letter.language) == ("a@example.com", "Một", "vi")
    assert letter.text.startswith("Hai\n\n-- \n")


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


def test_one_text_without_marks_and_with_a_short_way(session, cast) -> None:
    _told(cast)
    code = session.scalar(select(Notice.code))
    body = session.scalar(select(OutgoingSms.body))
    assert body == f"Tu nay co the gui san pham de duyet. http://127.0.0.1:8000/n/{code}"


def test_what_is_not_urgent_waits_for_the_morning(session, cast) -> None:
    clock.set_for_tests(EVENING)
    with writing():
        services.tell(cast.member, "cooperative_admitted", "/desk", name="Hợp tác xã Chè")
        services.tell(cast.member, "bank_account_set", "/desk", name="Hợp tác xã Chè", person="Lò Văn Tâm")
    due = {row.event.split(":")[0]: row.due_at for row in session.scalars(select(OutgoingSms))}
    assert due == {"cooperative_admitted": MORNING, "bank_account_set": EVENING}


def test_a_warning_goes_by_every_way(session, cast) -> None:
    with writing():
        cast.member.email = "may@example.com"
    with writing():
        services.tell(cast.member, "bank_account_set", "/desk", name="Hợp tác xã Chè", person="Lò Văn Tâm")
    assert session.scalar(select(OutgoingMail.recipient)) == "may@example.com"
    assert session.scalar(select(OutgoingSms.recipient)) == cast.member.phone


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example", "desk"])
def test_a_notice_leads_nowhere_else(session, cast, url) -> None:
    with pytest.raises(IntegrityError), writing():
        services.tell(cast.member, "cooperative_admitted", url, name="Hợp tác xã Chè")
