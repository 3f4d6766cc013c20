"""A household without a phone agrees aloud, sells through its helper, and takes its account over later."""

from io import BytesIO

import pytest
from sqlalchemy import select

from cooperatives.helping.models import Consent, Scope
from cooperatives.households.sentences import VERSION, sentence
from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative
from shop.accounts.models import LoginName
from shop.audit.models import AuditEntry
from shop.core.db import db
from shop.core.outbox import OutgoingSms
from shop.notices.models import Notice
from tests import voices
from tests.browser import Browser
from tests.cast import BINH_LU
from tests.cooperatives.helping import helped

FIELDS = {
    "person": "Lò Thị Vân",
    "name": "Hộ Lò Thị Vân",
    "commune_code": BINH_LU,
    "phone": "0912 000 107",
    "language": "vi",
    "months": "12",
}


def begun(browser: Browser, cast, **changes: str) -> Consent:
    """A household that agreed aloud, begun by the helper, who stays signed in."""
    helped.team(cast)
    browser.sign_in(cast.helper)
    browser.post("/helping/households/new", files={"voice": (BytesIO(voices.webm(3)), "yes.webm")}, **FIELDS | changes)
    return db.session.scalars(select(Consent)).one()


def test_begun_and_sent_to_the_officer_with_both_names(browser: Browser, cast) -> None:
    consent = begun(browser, cast)
    assert (consent.way, consent.spoken_by, consent.spoken_version, consent.scopes) == (
        "recording", "Lò Thị Vân", VERSION, list(Scope),
    )  # fmt: skip
    seller = db.session.get_one(Cooperative, consent.cooperative_id)
    assert (seller.name, seller.state) == ("Hộ Lò Thị Vân", CooperativeState.SUBMITTED)
    sent = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "cooperative_submitted")).one()
    assert (sent.actor_id, sent.on_behalf_of_id) == (cast.helper.id, consent.given_by_id)
    told = db.session.scalars(select(Notice.user_id).where(Notice.kind == "cooperative_submitted")).all()
    assert told == [cast.officer.id]


def test_the_helper_lists_goods_for_it(browser: Browser, cast) -> None:
    consent = begun(browser, cast)
    browser.post(f"/helping/consents/{consent.code}/begin")
    assert browser.get("/my/products/new").status_code == 200
    assert "Hộ Lò Thị Vân" in browser.one(".help-bar").text_content()


def test_the_page_shows_the_sentence_in_three_languages(browser: Browser, cast) -> None:
    helped.team(cast)
    browser.sign_in(cast.helper)
    browser.get("/helping/households/new")
    assert [quote.get("lang") for quote in browser.all("blockquote")] == ["vi", "en", "hi"]
    assert cast.helper.name in browser.all("blockquote")[0].text_content()
    assert sentence(1, "vi", "A", "B").startswith("Tôi đồng ý cho A làm thay tôi")


def test_heard_by_the_officer_and_admin_each_hearing_kept(browser: Browser, cast) -> None:
    code = begun(browser, cast).code
    for name in ("officer", "admin"):
        browser.sign_in(cast.user(name))
        assert browser.get(f"/consents/{code}/recording").mimetype == "audio/webm"
    heard = db.session.scalars(select(AuditEntry.actor_id).where(AuditEntry.action == "consent_heard")).all()
    assert sorted(heard) == sorted([cast.officer.id, cast.admin.id])
    browser.sign_in(cast.officer)
    browser.get(f"/review/cooperatives/{seller_code()}/decision")
    assert len(browser.all("audio")) == 1


def seller_code() -> str:
    return db.session.scalars(select(Cooperative.code).where(Cooperative.name == "Hộ Lò Thị Vân")).one()


@pytest.mark.parametrize("name", ["helper", "member", "stranger", "officer_elsewhere", "buyer"])
def test_nobody_else_hears_it(browser: Browser, cast, name: str) -> None:
    code = begun(browser, cast).code
    browser.sign_in(cast.user(name))
    assert browser.get(f"/consents/{code}/recording").status_code == 404


@pytest.mark.parametrize("helper", ["helper", "officer"])
def test_it_takes_its_account_over_with_a_code_on_its_own_phone(browser: Browser, cast, helper: str) -> None:
    consent = begun(browser, cast)
    code, person = consent.code, consent.given_by_id
    browser.sign_in(cast.user(helper))
    page = browser.post(f"/consents/{code}/phone", phone="0912 000 555")
    assert page.status_code == 200
    proof = browser.one("input[name=proof]").get("value")
    sms = db.session.scalars(select(OutgoingSms.body).where(OutgoingSms.recipient == "+84912000555")).one()
    wrong = browser.post(f"/consents/{code}/account", proof=proof, code="000000")
    assert wrong.status_code == 200
    answer = browser.post(f"/consents/{code}/account", proof=proof, code=sms[:6])
    assert answer.status_code == 302
    assert db.session.scalars(select(LoginName.user_id).where(LoginName.value == "+84912000555")).one() == person
    told = db.session.scalars(select(Notice.user_id).where(Notice.kind == "account_taken_over")).all()
    assert {person, cast.helper.id, cast.officer.id} == set(told)
    assert browser.get(f"/consents/{code}/phone").status_code == 404


def test_a_forged_proof_gives_nothing(browser: Browser, cast) -> None:
    code = begun(browser, cast).code
    assert browser.post(f"/consents/{code}/account", proof="x", code="123456").status_code == 302
    assert db.session.scalars(select(LoginName).where(LoginName.user_id > cast.admin.id)).all() == []


def test_a_seller_who_signs_in_is_never_asked_aloud(browser: Browser, cast) -> None:
    helped.team(cast)
    browser.sign_in(cast.helper)
    assert browser.get(f"/helping/sellers/{cast.cooperative().code}/recording").status_code == 404
    begun(browser, cast)
    page = f"/helping/sellers/{seller_code()}/recording"
    assert browser.get(page).status_code == 200
    assert browser.post(page, months="3", files={"voice": (BytesIO(voices.webm(2)), "yes.webm")}).status_code == 302
    assert db.session.scalars(select(Consent.end_reason).order_by(Consent.id)).all() == ["renewed", None]


def test_bad_input_gets_sentences(browser: Browser, cast) -> None:
    helped.team(cast)
    browser.sign_in(cast.helper)
    browser.post("/helping/households/new", **FIELDS)
    assert browser.says("Nothing can be heard in it. Record it again.")
    browser.post("/helping/households/new", files={"voice": (BytesIO(b"not a sound"), "x")}, **FIELDS)
    assert browser.says("This is not a sound recording. Choose another file.")
    browser.post("/helping/households/new", **FIELDS | {"commune_code": "03394", "person": ""})
    assert browser.says("Choose one from the list.")
    assert browser.says("Enter a name.")
    assert db.session.scalars(select(Consent)).all() == []


def test_only_helpers_begin_one(browser: Browser, cast) -> None:
    for name in ("member", "officer", "admin"):
        browser.sign_in(cast.user(name))
        assert browser.get("/helping/households/new").status_code == 403
