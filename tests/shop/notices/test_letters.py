"""Every kind in every language: whole, short enough, one button, nothing fetched, no foreign header."""

import re

import pytest
from lxml import html
from sqlalchemy import select

from shop.core.db import db, writing
from shop.core.i18n import LANGUAGES, use_language
from shop.core.outbox import SUBJECT, OutgoingMail, OutgoingSms, queue_mail
from shop.core.texting import parts_of
from shop.notices import services, tasks
from shop.notices.kinds import KINDS, Group
from shop.notices.mail.letters import Letter, letter
from shop.notices.preferences import services as preferences
from shop.notices.preferences.models import Way

PLACES = re.compile(r"%\((\w+)\)s")
MOST = 40_000  # bytes: ux.md 2.1
LONG = "Hợp tác xã Nông nghiệp hữu cơ và Dịch vụ du lịch cộng đồng bản Sin Suối Hồ, Lai Châu"


def places(kind: str) -> set[str]:
    with use_language("en"):
        return set(PLACES.findall(f"{KINDS[kind].subject} {KINDS[kind].body}"))


def row_of(event: str = "") -> dict:
    chosen = select(OutgoingMail).where(OutgoingMail.event.startswith(event))
    row = db.session.scalars(chosen).one()
    return {column.key: getattr(row, column.key) for column in OutgoingMail.__table__.columns}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_by_mail_and_text(session, cast, language) -> None:
    with writing():
        cast.member.email = "may@example.com"
        every = {group: [Way.MAIL] for group in Group}
        preferences.choose(cast.member, every, quiet=(0, 0), daily=False, language=language)
        for kind in KINDS:
            services.tell(cast.member, kind, "/desk", **dict.fromkeys(places(kind), LONG))
    for kind, words in KINDS.items():
        with use_language(language):
            said = f"{words.subject} {words.body}"
        assert set(PLACES.findall(said)) == places(kind), f"{kind} in {language}"
        if not words.mail:
            continue
        made = letter(row_of(f"{kind}:"))
        assert len(made.subject) <= SUBJECT and "%(" not in made.html + made.text, kind
        assert len(made.html.encode()) <= MOST
        page = html.document_fromstring(made.html)
        assert page.get("lang") == language
        links = [link.get("href") for link in page.cssselect("a")]
        ends = [link for link in links if "/waits/" in link]  # who waits for goods can end it from the letter
        assert len(ends) == (kind == "stock_back"), kind
        assert [link for link in links if link not in ends] == [page.cssselect("a.button")[0].get("href")] * 2
        assert page.cssselect("a.button")[0].get("href") in made.text
        assert not page.cssselect("img, script, link, form")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_worth_a_text_fits_one(session, cast, language) -> None:
    with writing():
        every = {group: [Way.SMS] for group in Group}
        preferences.choose(cast.member, every, quiet=(0, 0), daily=False, language=language)
        for kind in KINDS:
            services.tell(cast.member, kind, "/desk", **dict.fromkeys(places(kind), LONG))
    texts = list(db.session.scalars(select(OutgoingSms.body)))
    assert len(texts) == sum(words.sms for words in KINDS.values())
    assert all(parts_of(text)[1] == 1 for text in texts)
    if language != "hi":
        assert {parts_of(text)[0] for text in texts} == {"gsm"}


def test_a_letter_is_escaped_and_shows_its_facts(session, cast) -> None:
    with writing():
        cast.member.email = "may@example.com"
    with writing():
        services.tell(cast.member, "revision_approved", "/desk", product="<b>Chè</b> & mật ong")
    made = letter(row_of())
    assert "<b>Chè" not in made.html
    page = html.document_fromstring(made.html)
    assert page.cssselect(".facts td")[0].text_content() == "<b>Chè</b> & mật ong"
    assert page.cssselect(".hidden")[0].text_content().startswith("<b>Chè</b>"), (
        "the preheader is the news, no greeting"
    )
    assert "\n\nSản phẩm: <b>Chè</b> & mật ong\n\n" in made.text


def test_a_line_break_makes_no_header(session) -> None:
    with writing():
        queue_mail("e:1", "a@example.com", "vi", "Đơn\r\nBcc: all@example.com\n\nx", "Xin chào")
    assert letter(row_of()).subject == "Đơn Bcc: all@example.com x"


def test_a_mail_without_a_link_has_no_button(session) -> None:
    with writing():
        queue_mail("e:1", "a@example.com", "hi", "x", "y")
    assert 'class="button"' not in letter(row_of()).html


def test_sent_as_a_letter(session, monkeypatch) -> None:
    sent: list[Letter] = []

    class Postman:
        def send(self, _recipient: str, made: Letter) -> None:
            sent.append(made)

    monkeypatch.setattr(tasks, "mail_sender", lambda _settings: Postman())
    with writing():
        queue_mail("e:1", "a@example.com", "vi", "x", "Mở: http://127.0.0.1:8000/n/ABCD1234.\n\nCảm ơn")
    assert tasks.send_mail() == 1
    assert 'href="http://127.0.0.1:8000/n/ABCD1234"' in sent[0].html
