"""A helper who was asked to reply reads what the officer wrote and answers, with both names on each message."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from cooperatives.helping import services as helping
from cooperatives.helping.models import Scope
from products.questions.models import Audience, Message, Talk
from products.questions.services import ask_colleagues, not_understood, say
from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.notices.models import Notice
from tests.browser import Browser
from tests.cooperatives.helping import helped
from tests.products.review.sent import sent_goods

ASKED = "Ảnh nhãn còn mờ, chị chụp lại được không"


@pytest.fixture
def talk(cast) -> str:
    """The code of a talk of the seller in which the officer said something new."""
    with writing():
        made = not_understood(sent_goods(cast), None, cast.member, "Chưa hiểu phải sửa gì")
        say(made, cast.officer, ASKED)
        return made.code


def messages() -> list[Message]:
    return list(db.session.scalars(select(Message).order_by(Message.id)))


def test_she_reads_and_answers_with_both_names(browser: Browser, cast, talk: str) -> None:
    helped.helping(browser, cast, Scope.REPLIES)
    browser.get("/desk")
    assert ASKED[:30] in browser.text
    browser.get(browser.one("main .task-list a[href^='/my/talks/']").get("href"))
    assert ASKED in browser.text
    for one in browser.all("main a[href^='/']"):
        assert browser.get(one.get("href")).status_code == 200, "no link leads to a closed door"
    assert browser.post(f"/my/talks/{talk}", text="Mai em chụp lại").status_code == 302
    last = messages()[-1]
    assert (last.author_id, last.on_behalf_of_id) == (cast.helper.id, cast.member.id)
    row = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "talked").order_by(AuditEntry.id.desc()))
    assert row.first().on_behalf_of_id == cast.member.id
    both = f"{cast.helper.name}, thay {cast.member.name}"
    browser.get(f"/my/talks/{talk}")
    assert both in browser.text
    for name, page in (("officer", f"/review/talks/{talk}"), ("member", f"/my/talks/{talk}")):
        browser.sign_in(cast.user(name))
        browser.get(page)
        assert both in browser.text
        assert f"{cast.officer.name}, thay" not in browser.text
    told = set(db.session.scalars(select(Notice.user_id).where(Notice.kind == "talked")))
    assert {cast.officer.id, cast.member.id} <= told


def test_she_says_for_them_that_something_is_not_understood(browser: Browser, cast) -> None:
    with writing():
        code = sent_goods(cast).code
    helped.helping(browser, cast, Scope.REPLIES)
    assert browser.post(f"/my/products/{code}/talks", text="Chưa hiểu").status_code == 302
    assert messages()[-1].on_behalf_of_id == cast.member.id
    assert browser.post(f"/my/products/{code}/talks", text="x" * 1001).location == "/desk", "the form is closed to her"


def test_no_words_are_refused_beside_the_field(browser: Browser, cast, talk: str) -> None:
    helped.helping(browser, cast, Scope.REPLIES)
    assert browser.post(f"/my/talks/{talk}", text="").status_code == 422
    assert len(messages()) == 2


def test_the_officers_words_reach_who_may_reply(browser: Browser, cast, talk: str) -> None:
    helped.team(cast)
    helped.consent(cast, Scope.REPLIES)
    with writing():
        say(db.session.scalars(select(Talk)).one(), cast.officer, "Còn ảnh bìa nữa")
    told = dict(db.session.execute(select(Notice.user_id, Notice.url).where(Notice.kind == "talked")).all())
    assert told[cast.helper.id] == "/helping"
    assert told[cast.member.id] == f"/my/talks/{talk}"


@pytest.mark.parametrize("scope", [Scope.GOODS, Scope.ORDERS])
def test_without_that_scope_it_is_shut(browser: Browser, cast, talk: str, scope: Scope) -> None:
    helped.helping(browser, cast, scope)
    assert browser.get(f"/my/talks/{talk}").status_code == 403
    assert browser.post(f"/my/talks/{talk}", text="Vâng").status_code == 403
    browser.get("/desk")
    assert ASKED[:30] not in browser.text
    if scope is Scope.GOODS:
        code = db.session.scalars(select(Talk)).one().revision.product.code
        for page in ("preview", "edit"):
            browser.get(f"/my/products/{code}/{page}")
            assert ASKED[:30] not in browser.text
            assert not browser.all("a[href^='/my/talks/'], form[action$='/talks']")
    assert len(messages()) == 2


def test_not_taken_up_not_ended_not_anothers_not_the_officers_own(browser: Browser, cast, talk: str) -> None:
    helped.team(cast)
    code = helped.consent(cast, Scope.REPLIES)
    browser.sign_in(cast.helper)
    assert browser.get(f"/my/talks/{talk}").status_code == 403, "not taken up"
    browser.post(f"/helping/consents/{code}/begin")
    with writing():
        goods = db.session.scalars(select(Talk)).one().revision.product
        secret = ask_colleagues(goods, 1, cast.officer, "Có phải miến pha không").code
    assert db.session.scalars(select(Talk.audience).where(Talk.code == secret)).one() is Audience.OFFICERS
    assert browser.get(f"/my/talks/{secret}").status_code == 404
    assert browser.get(f"/review/talks/{talk}").status_code == 403
    with writing():
        helping.end(helped.stored(code), cast.member)
    other = helped.consent(cast, Scope.REPLIES, seller="other_cooperative", giver="stranger")
    assert browser.get(f"/my/talks/{talk}").status_code == 403, "ended"
    browser.post(f"/helping/consents/{other}/begin")
    assert browser.get(f"/my/talks/{talk}").status_code == 404, "another's"


def test_the_database_takes_no_message_for_oneself(cast, talk: str) -> None:
    key, person = db.session.scalars(select(Talk.id)).one(), cast.member.id
    db.session.rollback()
    with pytest.raises(IntegrityError), writing():
        db.session.add(Message(talk_id=key, author_id=person, on_behalf_of_id=person, text="Vâng", lang="vi"))
