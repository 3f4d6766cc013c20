"""The officer admits, returns, declines; the whole ladder."""

import pytest

from cooperatives.lifecycle import CooperativeState
from cooperatives.requirements import services as requirements
from cooperatives.requirements.models import RequirementMark
from cooperatives.requirements.rows import Start
from cooperatives.review.models import AdmissionDecision
from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.notices.models import Notice
from tests.browser import Browser
from tests.cooperatives.applicants import NAME, sent, the


@pytest.fixture
def waiting(browser: Browser, cast) -> str:
    """The page of an application, open before its officer."""
    code = sent(browser, cast.buyer)
    browser.sign_in(cast.officer)
    return f"/review/cooperatives/{code}"


def code_of(page: str) -> str:
    return page.split("/")[3]


def test_admitted(browser: Browser, cast, waiting: str) -> None:
    browser.get("/review/cooperatives")
    assert NAME in browser.text
    browser.get(f"{waiting}/decision")
    assert browser.post(f"{waiting}/decision", verdict="admit").status_code == 302
    assert the(code_of(waiting)).state is CooperativeState.ACTIVE
    told = db.session.query(Notice).filter_by(user_id=cast.buyer.id).one()
    assert told.kind == "cooperative_admitted"
    browser.sign_in(cast.buyer)
    assert browser.get(f"/cooperatives/{code_of(waiting)}").status_code == 200


def test_not_while_something_of_admission_is_open(browser: Browser, cast, waiting: str) -> None:
    rule = {"is_on": True, "days": 0, "suspends": False, "admin": cast.admin}
    with writing():
        requirements.change_rule("seen_in_person", start=Start.ADMISSION, **rule)
    assert browser.post(f"{waiting}/decision", verdict="admit").status_code == 200
    what = "Cán bộ đã gặp và đối chiếu người bán"
    assert browser.says("Still open: %(what)s. Return it, or waive it with a reason.", what=what)
    assert the(code_of(waiting)).state is CooperativeState.SUBMITTED
    assert browser.post(f"{waiting}/requirements/seen_in_person/verification").status_code == 302
    assert browser.post(f"{waiting}/decision", verdict="admit").status_code == 302


def test_a_waiver_needs_words_and_keeps_them(browser: Browser, cast, waiting: str) -> None:
    browser.post(f"{waiting}/requirements/food_safety/waiver", reason="")
    assert browser.says("Say why this seller does not need it.")
    page = f"{waiting}/requirements/food_safety/waiver"
    assert browser.post(page, reason="Chỉ bán rau tươi.").status_code == 302
    mark = db.session.query(RequirementMark).filter_by(requirement="food_safety").one()
    assert (mark.said, mark.reason, mark.said_by_id) == ("waived", "Chỉ bán rau tươi.", cast.officer.id)
    browser.get(f"{waiting}/decision")
    assert "Chỉ bán rau tươi." in browser.text
    audit = db.session.query(AuditEntry).filter_by(action="requirement_waived").one()
    assert audit.facts["requirement"] == "food_safety"


def test_nobody_verifies_what_the_seller_has_to_bring(browser: Browser, waiting: str) -> None:
    for code in ("food_safety", "khong-co"):
        assert browser.post(f"{waiting}/requirements/{code}/verification").status_code == 404
    assert browser.get(f"{waiting}/requirements/khong-co/waiver").status_code == 404


def test_a_return_names_a_task_and_a_refusal_says_why(browser: Browser, waiting: str) -> None:
    browser.post(f"{waiting}/decision")
    assert browser.says("Choose a decision.")
    browser.post(f"{waiting}/decision", verdict="return", note="Chưa rõ")
    assert browser.says("Say at one task or more what is missing, so that they can mend it.")
    browser.post(f"{waiting}/decision", verdict="decline", place="Chưa rõ")
    assert browser.says("Say why, so that they understand.")
    assert the(code_of(waiting)).state is CooperativeState.SUBMITTED
    assert browser.post(f"{waiting}/decision", verdict="decline", note="Không ở xã này.").status_code == 302
    assert the(code_of(waiting)).state is CooperativeState.DECLINED


def test_nobody_decides_twice(browser: Browser, waiting: str) -> None:
    browser.post(f"{waiting}/decision", verdict="admit")
    assert browser.post(f"{waiting}/decision", verdict="decline", note="Không").status_code == 409
    decided = db.session.query(AdmissionDecision).filter_by(cooperative_id=the(code_of(waiting)).id)
    assert decided.count() == 1


def test_an_officer_elsewhere_finds_nothing(browser: Browser, cast, waiting: str) -> None:
    browser.sign_in(cast.officer_elsewhere)
    browser.get("/review/cooperatives")
    assert NAME not in browser.text
    for page in ("decision", "requirements/food_safety/waiver"):
        assert browser.get(f"{waiting}/{page}").status_code == 404
    assert browser.post(f"{waiting}/decision", verdict="admit").status_code == 404
    assert browser.post(f"{waiting}/requirements/seen_in_person/verification").status_code == 404


def test_an_officer_never_decides_on_his_own(browser: Browser, cast) -> None:
    page = f"/review/cooperatives/{sent(browser, cast.officer)}"
    assert browser.post(f"{page}/decision", verdict="admit").status_code == 403
    assert browser.post(f"{page}/requirements/seen_in_person/verification").status_code == 403
    assert browser.post(f"{page}/requirements/food_safety/waiver", reason="Của nhà").status_code == 403


@pytest.mark.parametrize("name", ["member", "helper", "admin", "buyer"])
def test_only_officers_review(browser: Browser, cast, name: str) -> None:
    browser.sign_in(cast.user(name))
    assert browser.get("/review/cooperatives").status_code == 403
