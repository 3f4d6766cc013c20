"""The seller adds, mends and renews certificates on a phone; the officer sees the photo beside the fields."""

from datetime import timedelta
from io import BytesIO

import pytest

from cooperatives.certificates.lifecycle import CertificateState
from cooperatives.certificates.models import Certificate, CertificateVerdict
from products.certificates.queries import links_of
from shop.audit.models import AuditEntry
from shop.audit.services import READ
from shop.core.days import today
from shop.core.db import db
from tests import photos
from tests.browser import Browser
from tests.cooperatives.certificates.sending import PICTURE, decided, found, on_day, sent, verified

V = CertificateVerdict


def path(cast, rest: str = "") -> str:
    return f"/cooperatives/{cast.cooperative().code}/certificates{rest}"


def typed(**changes: object) -> dict[str, object]:
    given = {"number": "07/QĐ", "grade": "4", "issuer": "UBND tỉnh", "issued_on": f"{today():%d/%m/%Y}"}
    return given | {"expires_on": f"{today() + timedelta(days=800):%Y-%m-%d}", "scope": ""} | changes


def picture() -> dict[str, object]:
    return {"photo": (BytesIO(PICTURE), "giay.jpg")}


def newest() -> Certificate:
    db.session.expire_all()
    return db.session.query(Certificate).order_by(Certificate.id.desc()).first()


def test_a_member_adds_one_with_its_goods(browser: Browser, cast) -> None:
    browser.sign_in(cast.second_member)
    browser.get(path(cast))
    assert browser.says("None yet")
    browser.get(path(cast, "/new/ocop"))
    answer = browser.post(path(cast, "/new/ocop"), **typed(goods=str(cast.ids["tea"])), files=picture())
    assert answer.status_code == 302
    made = newest()
    assert (made.state, made.grade, set(links_of(made))) == (CertificateState.SUBMITTED, 4, {cast.ids["tea"]})
    browser.get(answer.location)
    assert browser.says("with the officer")
    browser.get(path(cast))
    assert browser.says("OCOP 4 sao")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"grade": None}, "Choose how many stars it has."),
        ({"number": ""}, "Enter the number on the paper."),
        ({"issued_on": "31/2/2026"}, "Enter the day like this: 16/2/2027"),
        ({"expires_on": ""}, "Enter its last day."),
        ({"issuer": ""}, "Enter who gave it."),
        ({"goods": "999999"}, "Choose one from the list."),
    ],
)
def test_what_is_wrong_is_said_at_the_field(browser: Browser, cast, changes: dict, sentence: str) -> None:
    browser.sign_in(cast.member)
    browser.post(path(cast, "/new/ocop"), **typed(**changes), files=picture())
    assert browser.says(sentence)
    assert newest() is None


def test_a_photo_is_needed_and_must_be_one(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    browser.post(path(cast, "/new/ocop"), **typed())
    assert browser.says("Choose a photo first.")
    browser.post(path(cast, "/new/ocop"), **typed(), files={"photo": (BytesIO(photos.pdf()), "giay.jpg")})
    assert newest() is None
    assert browser.post(path(cast, "/new/none"), **typed(), files=picture()).status_code == 404


def test_what_came_back_says_why_at_the_field_and_keeps_its_photo(browser: Browser, cast) -> None:
    code = decided(cast, sent(cast), V.RETURN, field="number", note="Số mờ quá")
    browser.sign_in(cast.member)
    browser.get(path(cast, f"/{code}/renewal"))
    assert browser.says("Số mờ quá")
    assert browser.post(path(cast, f"/{code}/renewal"), **typed(number="88/QĐ")).status_code == 302
    assert (newest().number, newest().digest, newest().replaces_id) == ("88/QĐ", found(code).digest, None)
    other = decided(cast, sent(cast, days=700), V.RETURN, field="photo", note="Chụp lại")
    browser.post(path(cast, f"/{other}/renewal"), **typed())
    assert browser.says("Choose a photo first.")


def test_a_renewal_needs_a_new_photo_and_is_sent_once(browser: Browser, cast) -> None:
    code = verified(cast, days=20)
    browser.sign_in(cast.member)
    browser.get(path(cast))
    assert browser.says("còn 20 ngày")
    again = path(cast, f"/{code}/renewal")
    browser.post(again, **typed())
    assert browser.says("Choose a photo first.")
    assert browser.post(again, **typed(), files=picture()).status_code == 302
    assert browser.post(again, **typed(), files=picture()).status_code == 409
    assert found(code).state is CertificateState.VERIFIED


def test_the_day_after_the_last_the_list_says_so(browser: Browser, cast) -> None:
    code = verified(cast, days=1)
    browser.sign_in(cast.member)
    on_day(today() + timedelta(days=1))
    assert browser.get(path(cast)) and browser.says("ends today")
    on_day(today() + timedelta(days=1))
    browser.get(path(cast, f"/{code}"))
    assert browser.says("It has ended. Buyers no longer see it.")
    assert browser.post(path(cast, f"/{code}"), goods=None).status_code == 409


def test_the_officer_sees_photo_and_fields_and_leaves_a_trace(browser: Browser, cast) -> None:
    code = sent(cast)
    browser.sign_in(cast.officer)
    browser.get("/review/certificates")
    assert browser.says("OCOP 4 sao")
    browser.get(f"/review/certificates/{code}")
    assert browser.says("123/QĐ-UBND")
    assert browser.says("Chè Shan tuyết Bình Lư")
    answer = browser.get(f"/certificates/{code}/scan")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    read = db.session.query(AuditEntry).filter_by(action=READ, actor_id=cast.officer.id).one()
    assert read.facts["fields"] == sorted(["certificate", code])
    form = {"verdict": "verify", "goods": str(cast.ids["tea"]), "seen": str(cast.ids["tea"])}
    assert browser.post(f"/review/certificates/{code}", **form).status_code == 302
    assert found(code).state is CertificateState.VERIFIED
    browser.get("/review/certificates")
    assert browser.says("No certificate waits in your communes.")
    assert browser.post(f"/review/certificates/{code}", **form).status_code == 200  # verify is not offered any more


def test_goods_added_later_wait_for_the_officer(browser: Browser, cast) -> None:
    code = verified(cast, "vietgap", goods=())
    browser.sign_in(cast.member)
    assert browser.post(path(cast, f"/{code}"), **{"goods": str(cast.ids["tea"])}).status_code == 302
    assert links_of(found(code))[cast.ids["tea"]].decision_id is None
    browser.sign_in(cast.officer)
    browser.get("/review/certificates")
    assert browser.says("Goods were added")
    unseen = {"verdict": "goods", "goods": str(cast.ids["tea"])}
    browser.post(f"/review/certificates/{code}", **unseen)  # the page was opened before they were added
    assert links_of(found(code))[cast.ids["tea"]].decision_id is None
    browser.post(f"/review/certificates/{code}", **(unseen | {"seen": str(cast.ids["tea"])}))
    assert links_of(found(code))[cast.ids["tea"]].decision_id is not None


def test_goods_of_others_are_passed_over(session, cast) -> None:
    assert set(links_of(found(sent(cast, goods=("tea", "honey"))))) == {cast.ids["tea"]}


def test_who_may_see_what(browser: Browser, cast) -> None:
    code = sent(cast)
    doors = (path(cast), path(cast, f"/{code}"), f"/certificates/{code}/scan", f"/review/certificates/{code}")
    for who, expected in (
        ("stranger", [404, 404, 404, 403]),
        ("officer_elsewhere", [404, 404, 404, 404]),
        ("admin", [404, 404, 200, 403]),
        ("member", [200, 200, 200, 403]),
    ):
        browser.sign_in(cast.user(who))
        assert [browser.get(door).status_code for door in doors] == expected, who


def test_taken_back_by_the_seller(browser: Browser, cast) -> None:
    code = sent(cast)
    browser.sign_in(cast.member)
    assert browser.post(path(cast, f"/{code}/taking-back")).status_code == 302
    assert found(code).state is CertificateState.TAKEN_BACK
    assert browser.post(path(cast, f"/{code}/taking-back")).status_code == 409


def test_the_first_page_names_what_ends_and_what_came_back(browser: Browser, cast) -> None:
    verified(cast, days=61, number="xa")
    near = verified(cast, "vietgap", days=60)
    back = decided(cast, sent(cast, "organic"), V.RETURN, field="number", note="Số mờ quá")
    browser.sign_in(cast.second_member)
    browser.get("/desk")
    for code in (near, back):
        assert browser.document.xpath(f"//a[contains(@href, '/{code}/renewal')]")
    assert browser.says("Số mờ quá")
    assert not browser.says("OCOP 4 sao")
    sent(cast, "vietgap", days=900, older=near)
    browser.get("/desk")
    assert not browser.document.xpath(f"//a[contains(@href, '/{near}/renewal')]")
