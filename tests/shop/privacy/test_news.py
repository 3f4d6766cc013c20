"""News by mail: only to who said yes, seen before it goes, sent slowly, ended with one click and without a sign-in."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shop.accounts.models import User
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.core.outbox import OutgoingMail, OutgoingSms
from shop.notices import services as notices
from shop.notices.mail.letters import letter
from shop.notices.models import Notice
from shop.notices.senders import Smtp
from shop.privacy import queries as consents
from shop.privacy import services as privacy
from shop.privacy.news import services, tasks
from shop.privacy.news.models import NewsLetter
from tests.browser import Browser

PAGE = "/staff/news"
WORDS = {f"{part}_{lang}": f"{part} {lang}" for part in ("subject", "body") for lang in ("vi", "en", "hi")}
WORDS |= {"leads_to": "/search?q=che", "attempt": "attempt-of-a-page"}
CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def asked(cast) -> User:
    """The buyer has a mail address and said yes."""
    with writing():
        cast.buyer.email = "minhanh@example.vn"
        privacy.consent(cast.buyer, "news", "vi")
    return cast.buyer


@pytest.fixture
def sent(browser: Browser, cast, asked) -> OutgoingMail:
    """A letter that is queued for her."""
    browser.sign_in(cast.admin)
    assert browser.post(PAGE, do="send", **WORDS).status_code == 302
    assert tasks.spread() == 1
    browser.sign_out()
    return db.session.scalars(select(OutgoingMail).where(OutgoingMail.event.like("newsletter:%"))).one()


def _letter(mail: OutgoingMail):
    mail = db.session.merge(mail)
    return letter({column.name: getattr(mail, column.name) for column in mail.__table__.columns})


def _path(mail: OutgoingMail, app) -> str:
    return _letter(mail).unsubscribe.removeprefix(app.extensions["settings"].origin)


def test_written_looked_at_counted_and_sent(browser: Browser, cast, asked) -> None:
    browser.sign_in(cast.admin)
    browser.get(PAGE)
    assert not browser.all("button[value=send]"), "nothing goes unseen"
    browser.post(PAGE, do="look", **WORDS)
    assert len(browser.all("article[lang]")) == 3
    browser.post(PAGE, do="look", **WORDS | {"body_vi": "Chè mới.\r\n\r\nMời xem."})
    assert [part.text for part in browser.all("article[lang=vi] h3 ~ p")] == ["Chè mới.", "Mời xem."]
    assert db.session.scalar(select(NewsLetter.id)) is None
    for _time in range(2):
        assert browser.post(PAGE, do="send", **WORDS).status_code == 302
    assert [tasks.spread(), tasks.spread()] == [1, 0]
    kept = db.session.scalars(select(NewsLetter)).one()
    assert (kept.queued, kept.done_at is not None) == (1, True)
    (row,) = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "news_sent"))
    assert (row.actor_id, row.facts["asked"], row.facts["by_mail"]) == (cast.ids["admin"], 1, 1)
    (mail,) = db.session.scalars(select(OutgoingMail))
    assert (mail.recipient, mail.subject, mail.language) == ("minhanh@example.vn", "subject vi", "vi")
    assert db.session.scalar(select(OutgoingSms.id)) is None


def test_who_did_not_ask_gets_nothing(browser: Browser, cast) -> None:
    with writing():
        services.send(cast.admin, "attempt", {"vi": {"subject": "a", "body": "b"}}, "/")
    assert tasks.spread() == 0
    assert db.session.scalar(select(Notice.id)) is None
    assert db.session.scalars(select(NewsLetter.done_at)).one()


def test_who_has_no_mail_reads_it_in_the_list(browser: Browser, cast, asked) -> None:
    with writing():
        asked.email = None
        services.send(cast.admin, "attempt", {"vi": {"subject": "Chè mới", "body": "Vụ xuân"}}, "/")
    assert tasks.spread() == 1
    assert db.session.scalar(select(OutgoingMail.id)) is None
    browser.sign_in(cast.buyer)
    browser.get("/notices")
    assert "Chè mới" in browser.text


def test_letters_keep_their_pace(cast, asked) -> None:
    with writing():
        for person in (cast.member, cast.stranger):
            person.email = f"{person.id}@example.vn"
            privacy.consent(person, "news", "vi")
        made = services.send(cast.admin, "attempt", {"vi": {"subject": "a", "body": "b"}}, "/")
        made.sent_at = clock.now() + timedelta(days=1)  # whatever the hour is where the test runs
    tasks.spread()
    due = sorted(db.session.scalars(select(OutgoingMail.due_at)))
    assert len(due) == 3
    assert due[0] <= due[1] <= due[2]


def test_the_headers_stand_on_news_and_on_nothing_else(app, cast, sent, monkeypatch) -> None:
    with writing():
        notices.queue_mail("order:1", "minhanh@example.vn", "vi", "Đơn", "Đơn của bạn")
    other = db.session.scalars(select(OutgoingMail).where(OutgoingMail.event == "order:1")).one()
    news, plain = _letter(sent), _letter(other)
    assert news.unsubscribe in news.text and news.unsubscribe in news.html
    assert plain.unsubscribe == ""
    given = []
    monkeypatch.setattr(Smtp, "_hand_over", lambda _self, _server, message: given.append(message))
    monkeypatch.setattr("smtplib.SMTP", _Silent)
    for one in (news, plain):
        Smtp("smtp://127.0.0.1:1", "a@b.example").send("minhanh@example.vn", one)
    assert given[0]["List-Unsubscribe"] == f"<{news.unsubscribe}>"
    assert given[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert given[1]["List-Unsubscribe"] is None


class _Silent:
    def __init__(self, *_args, **_more) -> None: ...
    def __enter__(self):
        return self

    def __exit__(self, *_args) -> None: ...


def test_one_click_of_a_mail_program_ends_it_and_again_changes_nothing(app, cast, sent) -> None:
    path, program = _path(sent, app), app.test_client()
    for _time in range(2):
        answer = program.post(path, data=CLICK)
        assert answer.status_code == 200, "no sign-in, no token, no redirect"
        assert "Set-Cookie" not in answer.headers
    assert not consents.says_yes(cast.ids["buyer"], "news")
    (row,) = consents.consents(cast.ids["buyer"])
    assert row.withdrawn_how == "one click"
    assert db.session.get_one(OutgoingMail, sent.id).problem == "unsubscribed", "what waits does not go either"


def test_a_look_ends_nothing_the_button_does(app, browser: Browser, cast, sent) -> None:
    path = _path(sent, app)
    browser.get(path)
    assert consents.says_yes(cast.ids["buyer"], "news")
    assert browser.post(path).status_code == 200
    assert not consents.says_yes(cast.ids["buyer"], "news")


@pytest.mark.parametrize("wrong", ["AAAAAAAA-00", "AAAAAAAA", "-", "é-é"])
def test_a_token_that_is_not_ours(browser: Browser, cast, sent, wrong) -> None:
    for answer in (browser.get(f"/news/{wrong}"), browser.post(f"/news/{wrong}")):
        assert answer.status_code == 404
    assert consents.says_yes(cast.ids["buyer"], "news")


def test_taken_back_on_the_own_page_it_stops_too(browser: Browser, cast, sent) -> None:
    key = sent.id
    browser.sign_in(cast.buyer)
    browser.post("/account/privacy/consents", purpose="news", answer="no")
    assert db.session.get_one(OutgoingMail, key).failed_at


@pytest.mark.parametrize(
    "wrong", [{"subject_hi": ""}, {"body_vi": "x" * 1501}, {"leads_to": "//evil.example"}, {"leads_to": "x"}]
)
def test_bad_input_is_said_at_its_field(browser: Browser, cast, asked, wrong) -> None:
    browser.sign_in(cast.admin)
    assert browser.post(PAGE, do="send", **WORDS | wrong).status_code == 422
    assert browser.all(".field.wrong")
    assert db.session.scalar(select(NewsLetter.id)) is None


def test_nobody_else_writes(browser: Browser, cast) -> None:
    assert browser.post(PAGE, do="send", **WORDS).status_code == 401
    browser.sign_in(cast.officer)
    assert browser.post(PAGE, do="send", **WORDS).status_code == 403
