"""A person begins to sell; an officer of the commune admits."""

from io import BytesIO

import pytest
from sqlalchemy import select

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative
from cooperatives.review.models import AdmissionDecision
from shop.core.db import db
from shop.notices.models import Notice
from tests.browser import Browser

ANSWERS = {
    "kind": "household",
    "name": "Hộ Chẻo A Sán",
    "commune_code": "03390",
    "contact_name": "Chẻo A Sán",
    "contact_phone": "0912 000 106",
}


def begun(browser: Browser, person) -> Cooperative:
    browser.sign_in(person)
    assert browser.post("/cooperatives/new", **ANSWERS).status_code == 302
    return db.session.scalars(select(Cooperative).order_by(Cooperative.id.desc())).first()


def test_from_application_to_admission(browser: Browser, cast) -> None:
    code = begun(browser, cast.buyer).code
    assert browser.get(f"/cooperatives/{code}").status_code == 200
    assert browser.post(f"/cooperatives/{code}/submission").status_code == 302
    assert db.session.scalar(select(Notice.kind).where(Notice.user_id == cast.officer.id)) == "cooperative_submitted"
    browser.sign_in(cast.officer)
    browser.get("/review/cooperatives")
    assert "Hộ Chẻo A Sán" in browser.text
    browser.get(f"/review/cooperatives/{code}/decision")
    assert browser.post(f"/review/cooperatives/{code}/decision", verdict="admit").status_code == 302
    made = db.session.scalar(select(Cooperative).where(Cooperative.code == code))
    assert made.state is CooperativeState.ACTIVE
    assert db.session.scalar(select(Notice.kind).where(Notice.user_id == cast.buyer.id)) == "cooperative_admitted"


def test_a_return_needs_words_and_can_be_mended(browser: Browser, cast) -> None:
    code = begun(browser, cast.buyer).code
    browser.post(f"/cooperatives/{code}/submission")
    browser.sign_in(cast.officer)
    path = f"/review/cooperatives/{code}/decision"
    browser.post(path, verdict="return", note="")
    assert browser.says("Say what is missing, so that they can mend it.")
    assert browser.post(path, verdict="return", note="Chưa có số điện thoại đúng").status_code == 302
    browser.sign_in(cast.buyer)
    browser.get(f"/cooperatives/{code}")
    assert "Chưa có số điện thoại đúng" in browser.text
    assert browser.post(f"/cooperatives/{code}/submission").status_code == 302


def test_nobody_decides_twice(browser: Browser, cast) -> None:
    code = begun(browser, cast.buyer).code
    browser.post(f"/cooperatives/{code}/submission")
    browser.sign_in(cast.officer)
    path = f"/review/cooperatives/{code}/decision"
    browser.post(path, verdict="admit")
    assert browser.post(path, verdict="decline", note="Không").status_code == 409
    assert (
        len(db.session.scalars(select(AdmissionDecision.id).join(Cooperative).where(Cooperative.code == code)).all())
        == 1
    )


def test_an_officer_elsewhere_finds_nothing(browser: Browser, cast) -> None:
    code = begun(browser, cast.buyer).code
    browser.post(f"/cooperatives/{code}/submission")
    browser.sign_in(cast.officer_elsewhere)
    browser.get("/review/cooperatives")
    assert "Hộ Chẻo A Sán" not in browser.text
    assert browser.get(f"/review/cooperatives/{code}/decision").status_code == 404
    assert browser.post(f"/review/cooperatives/{code}/decision", verdict="admit").status_code == 404


def test_an_officer_never_admits_his_own(browser: Browser, cast) -> None:
    code = begun(browser, cast.officer).code
    browser.post(f"/cooperatives/{code}/submission")
    assert browser.post(f"/review/cooperatives/{code}/decision", verdict="admit").status_code == 403


@pytest.mark.parametrize("name", ["member", "helper", "admin", "buyer"])
def test_only_officers_review(browser: Browser, cast, name: str) -> None:
    browser.sign_in(cast.user(name))
    assert browser.get("/review/cooperatives").status_code == 403


def test_what_was_typed_is_kept(browser: Browser, cast) -> None:
    browser.sign_in(cast.buyer)
    browser.post("/cooperatives/new", **(ANSWERS | {"contact_phone": "12", "commune_code": ""}))
    assert browser.says("Choose the commune.")
    assert browser.one("#name").get("value") == "Hộ Chẻo A Sán"
    assert browser.one("#contact_phone").get("value") == "12"


def test_a_lying_photo_is_explained_and_nothing_lost(browser: Browser, cast) -> None:
    browser.sign_in(cast.buyer)
    browser.post("/cooperatives/new", **ANSWERS, files={"photo": (BytesIO(b"%PDF-1.7 not a photo"), "a.jpg")})
    assert browser.response.status_code == 200
    assert browser.one("#name").get("value") == "Hộ Chẻo A Sán"
    assert db.session.scalar(select(Cooperative).where(Cooperative.name == "Hộ Chẻo A Sán")) is None


def test_strangers_see_nothing(browser: Browser, cast) -> None:
    browser.sign_in(cast.stranger)
    code = cast.cooperative().code
    for path in ("", "/profile", "/members", "/bank-account"):
        assert browser.get(f"/cooperatives/{code}{path}").status_code == 404
    assert browser.post(f"/cooperatives/{code}/submission").status_code == 404


def test_an_admitted_seller_keeps_its_commune(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    code = cast.cooperative().code
    told = ANSWERS | {"name": "Hợp tác xã Chè mới", "commune_code": "03595", "kind": "household"}
    assert browser.post(f"/cooperatives/{code}/profile", **told).status_code == 302
    assert cast.cooperative().name == "Hợp tác xã Chè mới"
    assert cast.cooperative().commune_code == "03390"
    assert cast.cooperative().kind == "cooperative"


def test_a_visitor_is_led_to_sign_in(browser: Browser) -> None:
    assert browser.get("/cooperatives/new").headers["Location"].startswith("/sign-in")
