"""A booking: between the two accounts of its kind, once, and never changed."""

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from shop.core import clock
from shop.core.db import db, writing
from shop.ledger import checks
from shop.ledger.models import BETWEEN, CREDIT_SIDE, Account, Kind, LedgerEntry
from shop.ledger.queries import balances, sum_of
from shop.ledger.services import Source, book

OURS, THEIRS = Source(1, "LC48172063", 7), Source(2, "LC48172063", 8)


def booked(kind, source=OURS, amount=120_000):
    with writing():
        book(kind, source, amount)


def refused(statement):
    with pytest.raises(DBAPIError), writing():
        db.session.execute(statement)


@pytest.mark.parametrize("kind", Kind)
def test_it_moves_between_the_two_accounts_of_its_kind(session, kind):
    booked(kind)
    debit, credit = BETWEEN[kind]
    found = balances()[7]
    changes = {account: amount for account, amount in found.items() if amount}
    assert changes == {
        debit: -120_000 if debit in CREDIT_SIDE else 120_000,
        credit: 120_000 if credit in CREDIT_SIDE else -120_000,
    }
    assert sum_of(found) == 0


def test_a_sale_that_is_paid_and_given_back_leaves_nothing(session):
    steps = Kind.PLACED, Kind.CARD_PAID, Kind.ENDED, Kind.REFUND_PROMISED, Kind.REFUND_BY_CARD
    for kind in steps:
        booked(kind)
    assert set(balances()[7].values()) == {0}


def test_each_seller_has_books_of_its_own(session):
    booked(Kind.PLACED)
    booked(Kind.PLACED, THEIRS, 5_000)
    assert {seller: found[Account.SALES] for seller, found in balances().items()} == {7: 120_000, 8: 5_000}
    assert list(balances([8])) == [8]


def test_a_step_is_booked_once(session):
    booked(Kind.PLACED)
    with pytest.raises(IntegrityError):
        booked(Kind.PLACED, OURS._replace(seller_id=8), 1)


@pytest.mark.parametrize("amount", [0, -1])
def test_an_amount_is_above_zero(session, amount):
    with pytest.raises(IntegrityError):
        booked(Kind.PLACED, amount=amount)


@pytest.mark.parametrize(("debit", "credit"), [(Account.BANK, Account.SALES), (Account.BUYERS, Account.BUYERS)])
def test_no_other_accounts_are_taken(session, debit, credit):
    row = {"kind": Kind.PLACED, "source_id": 1, "code": "x", "seller_id": 7, "amount": 1, "at": clock.now()}
    refused(insert(LedgerEntry).values(**row, debit=debit, credit=credit))


@pytest.mark.parametrize("statement", [update(LedgerEntry).values(amount=1), delete(LedgerEntry)])
def test_what_is_booked_stays(session, statement):
    booked(Kind.PLACED)
    refused(statement)
    assert balances()[7][Account.SALES] == 120_000


def test_it_cannot_be_emptied_either(session):
    if db.session.get_bind().dialect.name == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    refused(text("TRUNCATE ledger_entries"))


def test_more_cannot_leave_a_place_than_came(session):
    booked(Kind.REFUND_BY_HAND)
    assert list(checks.sums_are_zero()) == []
    assert set(checks.nothing_below_zero()) == {"seller 7: -120000 đồng in bank", "seller 7: -120000 đồng in refunds"}
