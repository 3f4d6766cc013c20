"""Invited by phone, joining, leaving, handing over; the bank account."""

from sqlalchemy import select

from cooperatives.models import Invitation, MemberRole
from cooperatives.queries import membership
from shop.core.db import db
from shop.core.outbox import OutgoingSms
from tests.browser import Browser


def invited(browser: Browser, cast, phone: str = "0912 000 106") -> str:
    browser.sign_in(cast.member)
    answer = browser.post(f"/cooperatives/{cast.cooperative().code}/invitations", phone=phone, role="member")
    assert answer.status_code == 302
    return db.session.scalars(select(Invitation.code).order_by(Invitation.id.desc())).first()


def test_invited_by_phone_and_joined(browser: Browser, cast) -> None:
    code = invited(browser, cast)
    assert db.session.scalar(select(OutgoingSms.recipient).where(OutgoingSms.event == f"invitation:{code}"))
    browser.sign_in(cast.buyer)
    browser.get("/desk")
    assert cast.cooperative().name in browser.text
    assert browser.post(f"/invitations/{code}/acceptance").status_code == 302
    assert membership(cast.buyer, cast.cooperative()).role is MemberRole.MEMBER


def test_an_invitation_works_once_and_for_one_number(browser: Browser, cast) -> None:
    code = invited(browser, cast)
    browser.sign_in(cast.stranger)
    assert browser.post(f"/invitations/{code}/acceptance").status_code == 404
    browser.sign_in(cast.buyer)
    browser.post(f"/invitations/{code}/acceptance")
    assert browser.post(f"/invitations/{code}/acceptance").status_code == 409


def test_taken_back_is_over(browser: Browser, cast) -> None:
    code = invited(browser, cast)
    browser.post(f"/cooperatives/{cast.cooperative().code}/invitations/{code}/withdrawal")
    browser.sign_in(cast.buyer)
    assert browser.post(f"/invitations/{code}/acceptance").status_code == 409


def _member_code(cast, name: str) -> str:
    return membership(cast.user(name), cast.cooperative()).code


def test_leaving_ends_the_rights_at_once(browser: Browser, cast) -> None:
    browser.sign_in(cast.second_member)
    code = cast.cooperative().code
    assert browser.get(f"/cooperatives/{code}").status_code == 200
    browser.post(f"/cooperatives/{code}/members/{_member_code(cast, 'second_member')}/departure")
    assert browser.get(f"/cooperatives/{code}").status_code == 404


def test_the_last_manager_hands_over_first(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    code = cast.cooperative().code
    departure = f"/cooperatives/{code}/members/{_member_code(cast, 'member')}/departure"
    assert browser.post(departure).status_code == 409
    browser.post(f"/cooperatives/{code}/members/{_member_code(cast, 'second_member')}/management")
    assert browser.post(departure).status_code == 302


def test_members_do_not_manage(browser: Browser, cast) -> None:
    browser.sign_in(cast.second_member)
    code = cast.cooperative().code
    assert browser.post(f"/cooperatives/{code}/invitations", phone="0912000106", role="manager").status_code == 403
    departure = f"/cooperatives/{code}/members/{_member_code(cast, 'member')}/departure"
    assert browser.post(departure).status_code == 403
    account = {"bank_bin": "970405", "number": "1234567890", "holder": "LO VAN TAM"}
    assert browser.post(f"/cooperatives/{code}/bank-account", **account).status_code == 403


def test_bad_account_numbers_get_a_sentence(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    path = f"/cooperatives/{cast.cooperative().code}/bank-account"
    browser.post(path, bank_bin="970405", number="12", holder="A")
    assert browser.says("Enter 6 to 19 digits, as on the bank card or app.")
    browser.post(path, bank_bin="999999", number="12345678", holder="A")
    assert browser.response.status_code == 200
