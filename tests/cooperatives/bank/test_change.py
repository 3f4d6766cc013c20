"""Another bank account: a second proof, a second person, two days, and anybody of them may stop it."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from cooperatives.bank import services
from cooperatives.bank.checks import after_the_delay, two_people
from cooperatives.bank.tasks import put_accounts_in_force
from cooperatives.models import BankAccount, MemberRole, Membership
from cooperatives.queries import bank_account
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import Conflict, NotAllowed
from shop.core.outbox import OutgoingSms
from shop.notices.models import Notice
from tests.browser import Browser
from tests.cooperatives.bank.proposing import FIRST, SECOND, numbers, proposed, second_manager
from tests.shop.accounts.test_sign_in import code_for

ACCOUNT = {"bank_bin": "970405", "number": SECOND, "holder": "HTX CHE BINH LU"}


def path(cast) -> str:
    return f"/cooperatives/{cast.cooperative().code}/bank-account"


def later(**parts: float) -> None:
    clock.set_for_tests(clock.now() + timedelta(**parts))


def in_force(cast) -> str:
    account = bank_account(cast.cooperative())
    return account.number if account else ""


def test_the_first_counts_at_once(session, cast) -> None:
    proposed(cast, numbers=(FIRST,))
    assert in_force(cast) == FIRST


def test_a_change_takes_a_second_manager_and_two_days(browser: Browser, cast) -> None:
    second_manager(cast)
    code = proposed(cast)
    assert in_force(cast) == FIRST
    clock.set_for_tests(clock.now())
    browser.sign_in(cast.second_member)
    browser.get(path(cast))
    assert browser.says("A new account waits")
    assert browser.post(f"{path(cast)}/{code}/approval").status_code == 302
    assert put_accounts_in_force() == 0
    assert in_force(cast) == FIRST
    later(hours=48, seconds=1)
    assert put_accounts_in_force() == 1
    assert numbers(cast) == {FIRST: "replaced", SECOND: "in force"}
    assert in_force(cast) == SECOND
    assert put_accounts_in_force() == 0
    assert [*two_people(), *after_the_delay()] == []


def test_two_days_without_a_second_person_are_not_enough(session, cast) -> None:
    second_manager(cast)
    proposed(cast)
    later(days=30)
    assert put_accounts_in_force() == 0
    assert in_force(cast) == FIRST


def test_nobody_approves_own_work(browser: Browser, cast) -> None:
    second_manager(cast)
    code = proposed(cast)
    browser.sign_in(cast.member)
    assert browser.post(f"{path(cast)}/{code}/approval").status_code == 403
    approved = update(BankAccount).where(BankAccount.code == code)
    with pytest.raises(IntegrityError, match="second_person"), writing() as inside:
        inside.execute(approved.values(approved_at=clock.now(), approved_by_id=BankAccount.added_by_id))


def test_where_there_is_one_manager_the_officer_of_the_commune_says_yes(browser: Browser, cast) -> None:
    code = proposed(cast)
    review = f"/review/cooperatives/{cast.cooperative().code}/bank-account"
    told = select(Notice.user_id).where(Notice.kind == "bank_account_to_approve")
    assert list(db.session.scalars(told)) == [cast.officer.id]
    for who, status in (("officer_elsewhere", 404), ("member", 403), ("admin", 403)):
        browser.sign_in(cast.user(who))
        assert browser.post(review, verdict="approve", account=code).status_code == status
    browser.sign_in(cast.officer)
    browser.get(review)
    assert browser.says("Approve this account")
    assert browser.post(review, verdict="approve", account=code).status_code == 302
    assert numbers(cast)[SECOND] == "approved"
    assert browser.post(review, verdict="approve", account=code).status_code == 409, "not twice"


def test_the_officer_has_no_say_where_another_manager_is(browser: Browser, cast) -> None:
    second_manager(cast)
    code = proposed(cast)
    browser.sign_in(cast.officer)
    review = f"/review/cooperatives/{cast.cooperative().code}/bank-account"
    for verdict in ("approve", "stop"):
        assert browser.post(review, verdict=verdict, account=code).status_code == 403


@pytest.mark.parametrize("who", ["member", "second_member"])
def test_any_manager_stops_it_even_when_approved(browser: Browser, cast, who: str) -> None:
    second_manager(cast)
    code = proposed(cast)
    with writing():
        services.approve(cast.cooperative(), code, cast.second_member)
    browser.sign_in(cast.user(who))
    assert browser.post(f"{path(cast)}/{code}/stop").status_code == 302
    later(hours=49)
    assert put_accounts_in_force() == 0
    assert numbers(cast) == {FIRST: "in force", SECOND: "stopped"}
    assert browser.post(f"{path(cast)}/{code}/stop").status_code == 409, "not twice"


def test_a_plain_member_neither_approves_nor_stops(browser: Browser, cast) -> None:
    code = proposed(cast)
    browser.sign_in(cast.second_member)
    assert browser.post(f"{path(cast)}/{code}/approval").status_code == 403
    assert browser.post(f"{path(cast)}/{code}/stop").status_code == 403
    browser.sign_in(cast.stranger)
    assert browser.post(f"{path(cast)}/{code}/stop").status_code == 404


def test_a_newer_proposal_stops_the_older(session, cast) -> None:
    proposed(cast, numbers=(FIRST, SECOND, "5555555555"))
    assert numbers(cast) == {FIRST: "in force", SECOND: "stopped", "5555555555": "waiting"}


def test_everybody_who_should_know_is_told(session, cast) -> None:
    second_manager(cast)
    with writing():
        cast.cooperative().contact_phone = "+84912999999"
    proposed(cast)
    told = select(Notice.user_id).where(Notice.kind == "bank_account_proposed").order_by(Notice.user_id)
    assert list(db.session.scalars(told)) == [cast.ids["member"], cast.ids["second_member"]]
    texts = select(OutgoingSms.body).where(OutgoingSms.recipient == "+84912999999")
    assert len(list(db.session.scalars(texts))) == 1, "the contact that stood there before"
    actions = select(AuditEntry.action).where(AuditEntry.action.like("bank_account%")).order_by(AuditEntry.id)
    assert list(db.session.scalars(actions)) == ["bank_account_set", "bank_account_proposed"]


def test_a_proof_of_long_ago_is_asked_again_and_the_form_comes_back(browser: Browser, cast) -> None:
    proposed(cast, numbers=(FIRST,))
    clock.set_for_tests(clock.now())
    browser.sign_in(cast.member)
    later(minutes=11)
    assert browser.get(path(cast)).status_code == 200, "reading asks nothing"
    browser.post(path(cast), **ACCOUNT)
    assert browser.says("What you typed is kept. Show once more that it is you.")
    assert SECOND not in numbers(cast)
    asks, fields = browser.one("main form.form").get("action"), dict(ACCOUNT, proof_kept="1")
    browser.post(asks, proof_do="send", **fields)
    assert browser.one("input[name=number]").get("value") == SECOND
    answer = browser.post(asks, proof_do="check", proof=code_for("+84912000101"), **fields)
    assert (answer.status_code, answer.headers["Location"]) == (307, path(cast))
    assert browser.post(path(cast), **fields).status_code == 302
    assert numbers(cast) == {FIRST: "in force", SECOND: "waiting"}


def test_an_officer_who_belongs_there_is_no_second_person(session, cast) -> None:
    code = proposed(cast)
    with writing():
        place = {"cooperative_id": cast.ids["cooperative"], "user_id": cast.ids["officer"]}
        db.session.add(Membership(**place, role=MemberRole.MEMBER))
    with pytest.raises(NotAllowed), writing():
        services.approve(cast.cooperative(), code, cast.officer)


def test_what_waits_no_more_is_a_conflict(session, cast) -> None:
    proposed(cast)
    with pytest.raises(Conflict), writing():
        services.approve(cast.cooperative(), "00000000", cast.officer)


def test_verify_finds_an_account_that_slipped_in(session, cast) -> None:
    proposed(cast)
    with writing() as inside:
        row = inside.query(BankAccount).filter_by(number=FIRST).one()
        row.replaced_at = clock.now()
        inside.flush()
        inside.query(BankAccount).filter_by(number=SECOND).one().in_force_at = clock.now()
    assert len(list(two_people())) == 1
    assert len(list(after_the_delay())) == 1
