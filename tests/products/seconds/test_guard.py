"""The database holds it too, whoever writes: no approval without another's yes, and no yes that is not one."""

import pytest
from sqlalchemy import delete, insert, select, text
from sqlalchemy.exc import IntegrityError

from products import queries
from products.models import Product
from products.review.models import Decision
from products.review.triggers import SAYS as OWN
from products.seconds import checks, kinds, triggers
from products.seconds.models import FirstLook, SecondKind, WaitingLook
from shop.core import clock
from shop.core.db import db, writing
from tests.products.review.sent import sent_goods
from tests.products.seconds.risky import approve, approve_by_two, risky_goods, second_officer

FORGED = text(
    "INSERT INTO decisions (revision_id, number, officer_id, verdict, note, decided_at, effective_at) "
    "VALUES (:revision, 1, :officer, :verdict, 'x', :now, :now)"
)


@pytest.fixture
def goods(cast):
    return risky_goods(cast)


def revision(key):
    return queries.last_revision(db.session.get_one(Product, key)).id


def forge(key, officer, verdict="approve"):
    values = {"revision": revision(key), "officer": officer.id, "now": clock.now().isoformat(" "), "verdict": verdict}
    with writing() as session:
        session.execute(FORGED, values)


def say(key, person, number=1):
    values = {"revision_id": revision(key), "number": number, "officer_id": person.id}
    with writing() as session:
        session.execute(insert(FirstLook).values(**values, said_at=clock.now()))


def faults():
    return [fault for check in checks.CHECKS for fault in check()]


def test_no_approval_without_a_first_yes(goods, cast):
    with pytest.raises(IntegrityError, match=triggers.SAYS):
        forge(goods, cast.officer)


def test_ones_own_first_yes_is_none(goods, cast):
    say(goods, cast.officer)
    with pytest.raises(IntegrityError, match=triggers.SAYS):
        forge(goods, cast.officer)


def test_nor_is_one_for_another_number_or_one_taken_back(goods, cast):
    say(goods, cast.officer_elsewhere, number=2)
    with pytest.raises(IntegrityError, match=triggers.SAYS):
        forge(goods, cast.officer)
    say(goods, cast.officer_elsewhere)
    with writing() as session:
        session.execute(text("UPDATE first_looks SET withdrawn_at = said_at"))
    with pytest.raises(IntegrityError, match=triggers.SAYS):
        forge(goods, cast.officer)


def test_another_officers_is(goods, cast):
    say(goods, cast.officer_elsewhere)
    forge(goods, cast.officer)
    assert db.session.scalars(select(Decision.officer_id).where(Decision.revision_id == revision(goods))).all()


@pytest.mark.parametrize("verdict", ["return", "reject"])
def test_one_alone_may_say_no(goods, cast, verdict):
    forge(goods, cast.officer, verdict)


def test_other_goods_need_none(cast):
    with writing():
        key = sent_goods(cast).id
    forge(key, cast.officer)


@pytest.mark.parametrize("who", ["member", "second_member"])
def test_no_first_yes_of_the_sellers_own(goods, cast, who):
    with pytest.raises(IntegrityError, match=OWN):
        say(goods, cast.user(who))


def test_one_stands_at_most(goods, cast):
    say(goods, cast.officer)
    with pytest.raises(IntegrityError):
        say(goods, cast.officer_elsewhere)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE first_looks SET officer_id = officer_id + 1",
        "UPDATE first_looks SET number = 2",
        "UPDATE first_looks SET said_at = '2020-01-01 00:00:00'",
        "DELETE FROM first_looks",
    ],
)
def test_it_stays_as_it_was_said(goods, cast, change):
    say(goods, cast.officer)
    with pytest.raises(IntegrityError, match=triggers.STAYS), writing() as session:
        session.execute(text(change))


def test_it_is_not_taken_back_once_somebody_decided(goods, cast):
    say(goods, cast.officer_elsewhere)
    forge(goods, cast.officer)
    with pytest.raises(IntegrityError, match=triggers.STAYS), writing() as session:
        session.execute(text("UPDATE first_looks SET withdrawn_at = said_at"))


def test_verify_finds_an_approval_by_one(goods, cast):
    approve_by_two(cast, goods)
    assert faults() == []
    with writing() as session:
        triggers.drop(session.connection())  # whoever can tamper can do that too
        session.execute(delete(FirstLook))
    assert list(checks.approved_by_two()) == [
        f"product {db.session.get_one(Product, goods).code}: revision 1 was approved by one officer and needed two"
    ]


def test_what_was_approved_before_the_rule_needed_one(goods, cast):
    approve_by_two(cast, goods)
    with writing() as session:
        triggers.drop(session.connection())
        session.execute(delete(FirstLook))
        session.execute(text("UPDATE second_kinds SET since = :now"), {"now": clock.after(days=1).isoformat(" ")})
    assert list(checks.approved_by_two()) == []


def test_a_changed_file_is_noticed_and_told(goods, cast):
    with writing() as session:
        session.execute(delete(SecondKind).where(SecondKind.code == "medicinal"))
        session.add(SecondKind(what="category", code="tea"))
    assert list(checks.the_guard_knows_the_kinds()) == [
        "category medicinal needs two officers, and the database does not know",
        "category tea needs two officers in the database only",
    ]
    with writing() as session:
        assert kinds.load(session) == 2
        assert kinds.load(session) == 0
    assert faults() == []


def test_verify_finds_a_mark_too_many_and_one_too_few(goods, cast):
    second_officer(cast)
    approve(goods, cast.officer)
    with writing() as session:
        session.execute(delete(WaitingLook))
    assert len(list(checks.what_waits_is_marked())) == 1
