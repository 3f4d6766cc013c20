"""A helper asks, the household says yes by the code on its own phone; either of the two types it."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from cooperatives.helping import services
from cooperatives.helping.models import Consent, ConsentRequest, Scope
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import NotAllowed
from shop.core.outbox import OutgoingSms
from shop.core.texting import parts_of, unaccented
from shop.notices.models import Notice
from tests.browser import Browser
from tests.cooperatives.helping import helped


def asked(browser: Browser, cast, **fields: object) -> str:
    """The helper asked the cooperative; returns the address of the page for the code."""
    helped.team(cast)
    browser.sign_in(cast.helper)
    told = {"scopes": ["goods", "orders"], "months": "6"} | fields
    answer = browser.post(f"/helping/sellers/{cast.cooperative().code}", **told)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_the_code_is_read_to_the_helper(browser: Browser, cast) -> None:
    page = asked(browser, cast)
    assert browser.get(page).status_code == 200
    assert browser.post(page, code=helped.code_in_sms()).status_code == 302
    given = db.session.scalars(select(Consent)).one()
    assert (given.scopes, given.given_by_id, given.way) == ([Scope.GOODS, Scope.ORDERS], cast.member.id, "code")
    assert timedelta(days=182) <= given.valid_until - given.agreed_at <= timedelta(days=183)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "consent_given")).one()
    assert (entry.actor_id, entry.facts["helper"]) == (cast.member.id, cast.helper.id)
    told = db.session.scalars(select(Notice).where(Notice.kind == "help_began")).one()
    assert (told.user_id, told.url) == (cast.member.id, "/helped")


def test_the_message_says_who_what_until_when_and_how_to_stop(browser: Browser, cast) -> None:
    asked(browser, cast)
    sms = db.session.scalars(select(OutgoingSms).where(OutgoingSms.event.startswith("help:"))).one()
    assert sms.recipient == cast.member.phone
    for word in (unaccented(cast.helper.name), unaccented(cast.cooperative().name), "/helped", "hang", "don"):
        assert word in sms.body


@pytest.mark.parametrize("language", ["vi", "en", "hi"])
def test_the_message_fits_into_three_parts_whatever_the_names(browser: Browser, cast, language: str) -> None:
    with writing():
        cast.member.language = language
        cast.helper.name, cast.cooperative().name = "Nguyễn " * 14, "Hợp tác xã " * 10
    asked(browser, cast, scopes=["goods", "orders", "replies"])
    sms = db.session.scalars(select(OutgoingSms.body).where(OutgoingSms.event.startswith("help:"))).one()
    assert sms.endswith("/helped")
    assert parts_of(sms)[1] <= 3


def test_the_household_types_it_itself(browser: Browser, cast) -> None:
    asked(browser, cast)
    browser.sign_in(cast.member)
    browser.get("/helped")
    assert cast.helper.name in browser.text
    code = db.session.scalars(select(ConsentRequest.code)).one()
    assert browser.post(f"/helped/requests/{code}", code=helped.code_in_sms()).status_code == 302
    assert db.session.scalars(select(Consent.helper_id)).one() == cast.helper.id


def test_only_the_two_may_type_it(browser: Browser, cast) -> None:
    asked(browser, cast)
    code, right = db.session.scalars(select(ConsentRequest.code)).one(), helped.code_in_sms()
    for name in ("second_member", "stranger", "officer"):
        browser.sign_in(cast.user(name))
        assert browser.post(f"/helped/requests/{code}", code=right).status_code == 404
    browser.sign_in(cast.helper)
    assert browser.post(f"/helped/requests/{code}", code=right).status_code == 404


def test_a_wrong_code_counts_and_five_are_enough(browser: Browser, cast) -> None:
    page, right = asked(browser, cast), helped.code_in_sms()
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _ in range(5):
        browser.post(page, code=wrong)
        assert browser.says("This code is not right or too old. Check it, or ask again.")
    browser.post(page, code=right)
    assert db.session.scalars(select(Consent)).all() == []


def test_an_old_code_or_a_used_one_is_none(browser: Browser, cast) -> None:
    page, code = asked(browser, cast), helped.code_in_sms()
    browser.post(page, code=code)
    assert browser.post(page, code=code).status_code == 404
    page = asked_again(browser, cast)
    helped.later(minutes=61)
    assert browser.post(page, code=helped.code_in_sms()).status_code == 404


def asked_again(browser: Browser, cast) -> str:
    path = f"/helping/sellers/{cast.cooperative().code}"
    return str(browser.post(path, scopes=["goods"], months="12").headers["Location"])


def test_a_new_consent_takes_the_place_of_the_old(browser: Browser, cast) -> None:
    page = asked(browser, cast)
    browser.post(page, code=helped.code_in_sms())
    browser.post(asked_again(browser, cast), code=helped.code_in_sms())
    old, new = db.session.scalars(select(Consent).order_by(Consent.id))
    assert (old.end_reason, new.ended_at, new.scopes) == ("renewed", None, [Scope.GOODS])


def test_what_cannot_be_asked(browser: Browser, cast) -> None:
    helped.team(cast)
    browser.sign_in(cast.helper)
    own = f"/helping/sellers/{cast.cooperative().code}"
    browser.post(own, scopes=[], months="12")
    assert browser.says("Choose what you will help with.")
    browser.post(own, scopes=["goods", "money"], months="12")
    assert db.session.scalars(select(ConsentRequest)).all() == []
    assert browser.get(f"/helping/sellers/{cast.cooperative('other_cooperative').code}").status_code == 404
    with pytest.raises(NotAllowed), writing():
        services.ask(cast.second_member, cast.cooperative(), [Scope.GOODS], 12)


def test_found_by_the_managers_phone_in_ones_own_communes(browser: Browser, cast) -> None:
    helped.team(cast)
    browser.sign_in(cast.helper)
    assert browser.post("/helping/sellers", phone="0912 000 101").status_code == 302
    browser.post("/helping/sellers", phone="0912 000 103")
    assert browser.says("No seller in your communes has this number.")


@pytest.mark.parametrize("name", ["member", "officer", "admin", "buyer"])
def test_others_may_not_ask(browser: Browser, cast, name: str) -> None:
    browser.sign_in(cast.user(name))
    assert browser.get("/helping").status_code == 403
    assert browser.post(f"/helping/sellers/{cast.cooperative().code}", scopes=["goods"]).status_code == 403


@pytest.mark.parametrize("change", ["valid_until = '2099-01-01 00:00:00'", "orders = NOT orders", "helper_id = 1"])
def test_the_database_keeps_consents_as_they_were_given(cast, change: str) -> None:
    helped.team(cast)
    code = helped.consent(cast)
    for statement in (f"UPDATE consents SET {change} WHERE code = :code", "DELETE FROM consents WHERE code = :code"):
        with pytest.raises(DatabaseError), writing() as session:
            session.execute(text(statement), {"code": code})
    with writing():
        services.end(helped.stored(code), cast.member)
    with pytest.raises(DatabaseError), writing() as session:
        session.execute(text("UPDATE consents SET ended_at = NULL, ended_by_id = NULL, end_reason = NULL"))


def test_its_day_comes(browser: Browser, cast) -> None:
    code = helped.helping(browser, cast)
    clock.set_for_tests(helped.stored(code).valid_until + timedelta(seconds=1))
    browser.sign_in(cast.helper)
    assert browser.post(f"/helping/consents/{code}/begin").status_code == 404
