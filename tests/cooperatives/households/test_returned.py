"""An officer returned a phone-less household's application: its helper reads why, mends, and sends it again."""

from io import BytesIO

import pytest
from sqlalchemy import select

from cooperatives.helping import services as helping
from cooperatives.helping.models import Consent, Scope
from cooperatives.helping.services import Terms, give
from cooperatives.lifecycle import CooperativeState, Task
from cooperatives.models import Cooperative
from cooperatives.papers.models import Paper
from cooperatives.review import services as review
from cooperatives.review.models import AdmissionIssue, Verdict
from shop.accounts.services import change_phone
from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.notices.models import Notice
from tests import photos
from tests.browser import Browser
from tests.cooperatives.applicants import NUMBER, TICKED
from tests.cooperatives.helping import helped
from tests.cooperatives.households.test_spoken import begun

WHO = {"name": "Hộ Lò Thị Vân", "citizen_number": NUMBER, "contact_name": "Lò Thị Vân", "contact_phone": "0912 000 107"}


def seller() -> Cooperative:
    return db.session.scalars(select(Cooperative).where(Cooperative.name == "Hộ Lò Thị Vân")).one()


@pytest.fixture
def returned(browser: Browser, cast) -> str:
    """The household's code; the helper is signed in and has not taken the help up yet."""
    begun(browser, cast)
    with writing():
        asked = {Task.WHO: "Thiếu số căn cước.", Task.PAPERS: "Gửi thêm giấy của xã."}
        review.decide(seller(), cast.officer, Verdict.RETURN, "", asked)
    return seller().code


def taken_up(browser: Browser) -> str:
    consent = db.session.scalars(select(Consent.code).order_by(Consent.id.desc())).first()
    assert browser.post(f"/helping/consents/{consent}/begin").status_code == 302
    return str(consent)


def test_the_whole_path(browser: Browser, cast, returned: str) -> None:
    told = db.session.scalars(select(Notice).where(Notice.kind == "cooperative_returned")).all()
    (of_helper,) = [one for one in told if one.user_id == cast.helper.id]
    assert of_helper.url == "/helping" and "Thiếu số căn cước." in of_helper.params["note"]
    browser.get("/helping")
    assert browser.says("Something to mend")
    consent = taken_up(browser)
    browser.get("/desk")
    page = browser.one("main .task-list a[href$='/joining']").get("href")
    browser.get(page)
    assert "Thiếu số căn cước." in browser.text and "Gửi thêm giấy của xã." in browser.text
    hrefs = [one.get("href") for one in browser.all("main a")]
    assert f"/cooperatives/{returned}/joining/who" in hrefs
    assert not [one for one in hrefs if "bank-account" in one or "members" in one or "profile" in one]
    for one in hrefs:
        assert browser.get(one).status_code == 200, one
    assert browser.post(f"/cooperatives/{returned}/joining/who", **WHO).status_code == 302
    scan = {"photo": (BytesIO(photos.jpeg(900, 1200, seed=3)), "giay.jpg")}
    assert browser.post(f"/cooperatives/{returned}/papers/commune_confirmation", files=scan).status_code == 302
    assert browser.post(f"/cooperatives/{returned}/submission", ticked=TICKED).status_code == 302
    assert seller().state is CooperativeState.SUBMITTED
    assert [one for one in db.session.scalars(select(AdmissionIssue)) if one.mended_at is None] == []
    rows = db.session.scalars(select(AuditEntry).where(AuditEntry.actor_id == cast.helper.id)).all()
    mine = [row for row in rows if row.subject_kind == "cooperatives" and row.action != "help_taken_up"]
    assert {"cooperative_submitted", "citizen_number_kept", "paper_added", "admission_issue_mended"} <= {
        row.action for row in mine
    }
    giver = helped.stored(consent).given_by_id
    assert {(row.on_behalf_of_id, row.facts["consent"]) for row in mine} == {(giver, consent)}
    waiting = db.session.scalars(select(Notice.user_id).where(Notice.kind == "cooperative_submitted")).all()
    assert waiting == [cast.officer.id, cast.officer.id], "begun, and sent again"
    browser.sign_in(cast.officer)
    assert browser.post(f"/review/cooperatives/{returned}/decision", verdict="admit").status_code == 302
    assert seller().state is CooperativeState.ACTIVE


def test_a_sentence_nobody_ticked_stops_it(browser: Browser, cast, returned: str) -> None:
    taken_up(browser)
    browser.post(f"/cooperatives/{returned}/joining/who", **WHO)
    browser.post(f"/cooperatives/{returned}/submission")
    assert browser.says("Tick each sentence, so that we may show your goods.")
    assert seller().state is CooperativeState.RETURNED


def test_what_was_typed_stays_where_a_number_is_wrong(browser: Browser, cast, returned: str) -> None:
    taken_up(browser)
    page = f"/cooperatives/{returned}/joining/who"
    assert browser.post(page, **WHO | {"citizen_number": "123", "name": "Hộ bà Vân"}).status_code == 200
    assert browser.all(".error-summary")
    assert browser.one("input[name=name]").get("value") == "Hộ bà Vân"


def test_twice_is_once(browser: Browser, cast, returned: str) -> None:
    taken_up(browser)
    browser.post(f"/cooperatives/{returned}/joining/who", **WHO)
    assert browser.post(f"/cooperatives/{returned}/submission", ticked=TICKED).status_code == 302
    assert browser.post(f"/cooperatives/{returned}/submission", ticked=TICKED).status_code == 409


def test_only_while_the_help_is_taken_up(browser: Browser, cast, returned: str) -> None:
    assert browser.get(f"/cooperatives/{returned}/joining").status_code == 404
    assert browser.post(f"/cooperatives/{returned}/submission", ticked=TICKED).status_code == 404
    assert seller().state is CooperativeState.RETURNED


def test_not_after_the_consent_ended(browser: Browser, cast, returned: str) -> None:
    code = taken_up(browser)
    with writing():
        consent = helped.stored(code)
        helping.end(consent, consent.given_by)
    assert browser.get(f"/cooperatives/{returned}/joining").status_code in {403, 404}
    assert browser.post(f"/cooperatives/{returned}/submission", ticked=TICKED).status_code in {403, 404}


def test_not_once_they_sign_in_themselves(browser: Browser, cast, returned: str) -> None:
    with writing():
        change_phone(db.session.scalars(select(Consent)).one().given_by, "+84912000555")
    taken_up(browser)
    assert browser.get(f"/cooperatives/{returned}/joining").status_code == 404
    assert browser.post(f"/cooperatives/{returned}/joining/who", **WHO).status_code == 404


def test_an_admitted_household_is_not_renamed_by_its_helper(browser: Browser, cast, returned: str) -> None:
    taken_up(browser)
    browser.post(f"/cooperatives/{returned}/joining/who", **WHO)
    browser.post(f"/cooperatives/{returned}/submission", ticked=TICKED)
    with writing():
        review.decide(seller(), cast.officer, Verdict.ADMIT, "")
    page = f"/cooperatives/{returned}/joining/who"
    assert browser.post(page, **WHO | {"name": "Tên khác"}).status_code == 403
    assert seller().name == "Hộ Lò Thị Vân"


@pytest.mark.parametrize("scope", [Scope.GOODS, Scope.ORDERS])
def test_not_by_who_helps_with_something_else(browser: Browser, cast, scope: Scope) -> None:
    """A seller who signs in gave consent by code: its application stays its own whatever the scope."""
    helped.helping(browser, cast, scope)
    code = cast.cooperative().code
    assert browser.get(f"/cooperatives/{code}/joining").status_code == 404
    assert browser.get(f"/cooperatives/{code}/papers").status_code == 403


def test_a_strangers_household_stays_closed(browser: Browser, cast, returned: str) -> None:
    taken_up(browser)
    other = cast.cooperative("other_cooperative").code
    for path in (f"/cooperatives/{other}/joining", f"/cooperatives/{other}/papers"):
        assert browser.get(path).status_code == 404


def test_the_helper_sees_the_paper_she_sent_and_no_other(browser: Browser, cast) -> None:
    helped.helping(browser, cast, Scope.REPLIES)
    page = f"/cooperatives/{cast.cooperative().code}/papers/food_commitment"
    scan = {"photo": (BytesIO(photos.jpeg(900, 1200, seed=4)), "giay.jpg")}
    assert browser.post(page, files=scan).status_code == 302
    paper = db.session.scalars(select(Paper)).one()
    assert paper.added_by_id == cast.helper.id
    address = f"/papers/{paper.code}/photo"
    assert browser.get(address).status_code == 200
    assert [row.facts["fields"] for row in db.session.scalars(read_by(cast))] == [["paper"]]
    browser.post("/helping/stop")
    assert browser.get(address).status_code == 404
    for scopes, status in (((Scope.GOODS, Scope.ORDERS), 403), ((Scope.REPLIES,), 200)):
        code = helped.consent(cast, *scopes)
        browser.post(f"/helping/consents/{code}/begin")
        assert browser.get(address).status_code == status
    with writing():
        terms = Terms(list(Scope), 12)
        other = give(cast.cooperative("other_cooperative"), cast.helper, cast.stranger, terms).code
    browser.post(f"/helping/consents/{other}/begin")
    assert browser.get(address).status_code == 404


def read_by(cast):
    return select(AuditEntry).where(
        AuditEntry.action == "personal_data_read", AuditEntry.actor_id == cast.ids["helper"]
    )


def test_a_returned_paper_is_told_with_whose_it_is(browser: Browser, cast) -> None:
    helped.helping(browser, cast, Scope.REPLIES)
    page = f"/cooperatives/{cast.cooperative().code}/papers/food_commitment"
    browser.post(page, files={"photo": (BytesIO(photos.jpeg(900, 1200, seed=5)), "giay.jpg")})
    code = db.session.scalars(select(Paper.code)).one()
    browser.sign_in(cast.officer)
    browser.post(f"/review/papers/{code}/return", note="Chưa rõ con dấu.")
    told = {one.user_id: one for one in db.session.scalars(select(Notice).where(Notice.kind == "paper_returned"))}
    assert told[cast.member.id].url == page
    assert told[cast.helper.id].url == "/helping"
    assert cast.cooperative().name in told[cast.helper.id].params["paper"]
    browser.sign_in(cast.member)
    browser.get("/desk")
    assert browser.all(f"main .task-list a[href='{page}']")


def test_the_household_reads_it_in_words(browser: Browser, cast, returned: str) -> None:
    taken_up(browser)
    browser.post(f"/cooperatives/{returned}/joining/who", **WHO)
    browser.post(f"/cooperatives/{returned}/papers/commune_confirmation", absent="1")
    browser.post(f"/cooperatives/{returned}/submission", ticked=TICKED)
    with writing():
        person = db.session.scalars(select(Consent)).one().given_by
        change_phone(person, "+84912000555")
    browser.sign_in(db.session.scalars(select(Consent)).one().given_by)
    browser.get("/helped")
    deeds = [" ".join(one.text_content().split()) for one in browser.all("main li")]
    assert len([one for one in deeds if "thay Lò Thị Vân" in one]) >= 6
    assert not [one for one in deeds if "_" in one], "each action has words"
