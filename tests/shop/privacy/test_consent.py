"""A yes is an act, kept with the words it was said to; taking it back is as easy as giving it."""

from sqlalchemy import select

from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.privacy import queries
from shop.privacy.models import PurposeConsent
from tests.browser import Browser

PATH = "/account/privacy/consents"


def test_nothing_is_allowed_before_a_yes(browser: Browser, cast) -> None:
    browser.sign_in(cast.buyer)
    browser.get("/account/privacy")
    assert browser.says("You did not say yes.")
    assert not queries.says_yes(cast.buyer.id, "questions")


def test_yes_and_back_leave_a_log(browser: Browser, cast) -> None:
    browser.sign_in(cast.buyer)
    for answer in ("yes", "yes", "no", "yes"):
        assert browser.post(PATH, purpose="questions", answer=answer).status_code == 302
    rows = db.session.scalars(select(PurposeConsent).order_by(PurposeConsent.id)).all()
    assert [(row.version, row.language, row.withdrawn_how) for row in rows] == [(1, "vi", "page"), (1, "vi", "")]
    assert queries.says_yes(cast.buyer.id, "questions")
    assert not queries.says_yes(cast.buyer.id, "stories")
    actions = select(AuditEntry.action).where(AuditEntry.action.like("consent%")).order_by(AuditEntry.id)
    assert list(db.session.scalars(actions)) == ["consent_given", "consent_withdrawn", "consent_given"]


def test_a_yes_to_older_words_does_not_count(browser: Browser, cast) -> None:
    browser.sign_in(cast.buyer)
    with writing():
        db.session.add(PurposeConsent(user_id=cast.buyer.id, purpose="questions", version=0, language="vi"))
    assert not queries.says_yes(cast.buyer.id, "questions")
    browser.post(PATH, purpose="questions", answer="yes")
    assert [row.version for row in queries.consents(cast.buyer.id)] == [1, 0]
    assert queries.consents(cast.buyer.id)[1].withdrawn_how == "new words"


def test_no_such_purpose_and_no_visitor(browser: Browser, cast) -> None:
    assert browser.post(PATH, purpose="questions", answer="yes").status_code == 401
    browser.sign_in(cast.buyer)
    assert browser.post(PATH, purpose="spam", answer="yes").status_code == 400
