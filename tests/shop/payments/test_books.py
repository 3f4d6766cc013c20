"""Each step of money is booked by the step itself, and `flask verify` finds what is not."""

import runpy

import pytest
from sqlalchemy import delete, insert, select, text, update

from shop.config import ROOT
from shop.core import clock
from shop.core.db import db, writing
from shop.ledger import triggers
from shop.ledger.models import Account, Kind, LedgerEntry
from shop.ledger.queries import balances
from shop.orders.models import Method, Order, OrderEvent
from shop.payments import services as payments
from shop.payments.books import checks
from shop.payments.books.services import fill
from shop.payments.methods.base import Given
from shop.payments.models import Payment, PaymentState, Refund
from shop.payments.refunds import services as refunds
from shop.payments.refunds.tasks import promise_refunds
from shop.payments.tasks import follow_cash
from shop.payments.transfers import services as transfers
from shop.payments.transfers.models import Credit
from tests.shop.orders.buying import act, at
from tests.shop.payments.outside import bought, orders_of, payment_of
from tests.shop.payments.transferring import by_transfer, comes, credit, with_accounts

A, K = Account, Kind
TEA, HONEY = 264_000, 278_000


def kinds(code=""):
    rows = select(LedgerEntry.kind).order_by(LedgerEntry.id)
    return list(db.session.scalars(rows.where(LedgerEntry.code == code) if code else rows))


def holds(seller):
    """What the accounts of a seller hold, those with nothing in them left out."""
    return {account: amount for account, amount in balances()[seller].items() if amount}


def problems():
    return [problem for check in checks.CHECKS for problem in check()]


@pytest.fixture
def ours(cast):
    return cast.ids["cooperative"]


@pytest.fixture
def purchase(cast):
    with_accounts(cast)
    return by_transfer(cast, tea=2, honey=1)


@pytest.fixture
def card(cast):
    """Paid by card, then its tea cancelled."""
    made = bought(cast, Method.CARD, tea=2, honey=1)
    with writing():
        payments.book(db.session.get_one(Payment, payment_of(made).id), "pi_1")
    act(orders_of(made)[0].id, "cancel")
    promise_refunds()
    return made


def refund():
    return db.session.scalars(select(Refund)).one()


def given(**changes):
    with writing():
        said = {"reference": "re_1", "done": True, "failed": False, "amount": TEA} | changes
        refunds.keep(refund().id, Given(**said))


def test_placing_is_a_sale_that_its_buyer_owes(cast, ours, purchase):
    assert holds(ours) == {A.BUYERS: TEA, A.SALES: TEA}
    assert holds(cast.ids["other_cooperative"]) == {A.BUYERS: HONEY, A.SALES: HONEY}
    assert problems() == []


def test_cash_is_booked_when_it_is_taken(cast, ours):
    made = bought(cast, Method.CASH, tea=2)
    at(orders_of(made)[0].id, "delivered")
    assert holds(ours) == {A.BUYERS: TEA, A.SALES: TEA}
    follow_cash()
    assert holds(ours) == {A.CASH: TEA, A.SALES: TEA}
    follow_cash()
    assert kinds() == [K.PLACED, K.CASH_TAKEN]
    assert problems() == []


def test_what_is_refused_at_the_door_was_never_owed(cast, ours):
    made = bought(cast, Method.CASH, tea=2)
    at(orders_of(made)[0].id, "refused")
    follow_cash()
    assert (holds(ours), kinds()) == ({}, [K.PLACED, K.ENDED])


def test_a_card_pays_each_seller_its_part(cast, ours, card):
    assert holds(ours) == {A.CARD: TEA, A.REFUNDS: TEA}
    assert holds(cast.ids["other_cooperative"]) == {A.CARD: HONEY, A.SALES: HONEY}
    assert kinds(card.codes[0]) == [K.PLACED, K.CARD_PAID, K.ENDED, K.REFUND_PROMISED]
    assert problems() == []


def test_a_refund_empties_the_books_of_its_order(ours, card):
    given()
    given()
    assert (holds(ours), kinds(card.codes[0])[-1]) == ({}, K.REFUND_BY_CARD)
    assert problems() == []


@pytest.mark.parametrize("went", [False, True])
def test_a_refund_that_failed_is_owed_still(ours, card, went):
    if went:
        given()
    given(failed=True)
    given(failed=True)
    assert holds(ours) == {A.CARD: TEA, A.BUYERS: -TEA}
    assert kinds(card.codes[0])[-2:] == [K.REFUND_BOUNCED if went else K.REFUND_PROMISED, K.REFUND_FAILED]
    assert problems() == []


def test_a_transfer_in_two_pieces(cast, ours, purchase):
    comes(cast, 100_000, purchase.codes[0])
    assert holds(ours) == {A.BANK: 100_000, A.UNMATCHED: 100_000, A.BUYERS: TEA, A.SALES: TEA}
    comes(cast, TEA - 100_000, purchase.codes[0])
    assert holds(ours) == {A.BANK: TEA, A.SALES: TEA}
    assert problems() == []


def test_what_is_too_much_goes_back(cast, ours, purchase):
    over = comes(cast, 999_000, "x")
    with writing():
        transfers.assign(credit(over), [purchase.codes[0]], cast.member)
    assert holds(ours) == {A.BANK: 999_000, A.UNMATCHED: 999_000 - TEA, A.SALES: TEA}
    with writing():
        transfers.send_back(credit(over), "FT1", cast.member)
    assert holds(ours) == {A.BANK: TEA, A.SALES: TEA}
    assert problems() == []


def test_money_for_something_else_leaves_the_books(cast, ours, purchase):
    code = comes(cast, 5_000, "x")
    with writing():
        transfers.set_aside(credit(code), "", cast.member)
    assert (holds(ours), kinds(code)) == ({A.BUYERS: TEA, A.SALES: TEA}, [K.CREDIT_CAME, K.CREDIT_OTHER])
    assert problems() == []


def test_the_seller_sends_a_transfer_back_by_hand(cast, ours, purchase):
    comes(cast, TEA, purchase.codes[0])
    act(orders_of(purchase)[0].id, "cancel")
    assert holds(ours) == {A.BANK: TEA, A.BUYERS: -TEA}
    promise_refunds()
    with writing():
        refunds.given_by_hand(refund().id, "FT1", cast.member)
    assert (holds(ours), kinds(purchase.codes[0])[-1]) == ({}, K.REFUND_BY_HAND)
    assert problems() == []


def test_late_money_takes_the_sale_up_again(cast, ours, purchase):
    with writing():
        payments.lapse(payment_of(purchase).id - 1)
    comes(cast, TEA, purchase.codes[0])
    assert holds(ours) == {A.BANK: TEA, A.SALES: TEA}
    assert kinds(purchase.codes[0]) == [K.PLACED, K.ENDED, K.RESUMED]
    assert problems() == []


STRAY = {"source_id": 999, "code": "x", "seller_id": 1, "amount": 1}


@pytest.mark.parametrize(
    "statement",
    [
        insert(LedgerEntry).values(**STRAY, kind=K.CREDIT_CAME, debit=A.BANK, credit=A.UNMATCHED),
        update(Order).values(total=Order.total + 1, goods_total=Order.goods_total + 1),
        update(Order).values(state="cancelled"),
        update(Order).values(cooperative_id=3 - Order.cooperative_id),
        update(Payment).values(state=PaymentState.WAITING),
        update(Refund).values(state="sent"),
        update(Credit).values(amount=Credit.amount + 1),
        delete(OrderEvent),
        delete(Refund),
    ],
    ids=str,
)
def test_verify_finds_what_is_booked_otherwise(cast, card, statement):
    given()
    with_accounts(cast)
    comes(cast, 5_000, "x")
    assert problems() == []
    with writing():
        db.session.execute(statement)
    assert problems()


(MIGRATION,) = (ROOT / "shop" / "migrations" / "versions").glob("*_ledger.py")


@pytest.mark.parametrize("again", [fill, runpy.run_path(str(MIGRATION))["fill"]], ids=["demo", "migration"])
def test_the_ledger_is_told_anew_from_the_rows(cast, card, again):
    """What a migration books of an older market, and the demo of its own, is what the services would have booked."""
    given()
    with_accounts(cast)
    made = by_transfer(cast, tea=1)
    with writing():
        payments.lapse(payment_of(made).id)
    comes(cast, made.total, made.codes[0])
    transfers_left = comes(cast, 5_000, "x")
    with writing():
        transfers.send_back(credit(transfers_left), "FT1", cast.member)
    given(failed=True)
    before = _without_moments()
    with writing() as session:
        triggers.drop(session.connection())
        session.execute(text("DELETE FROM ledger_entries"))
        again(session.connection())
        triggers.create(session.connection())
    assert _without_moments() == before
    assert clock.now() > db.session.scalars(select(LedgerEntry.at)).first()
    assert problems() == []


def _without_moments():
    names = ("kind", "source_id", "code", "seller_id", "debit", "credit", "amount")
    return set(db.session.execute(select(*(getattr(LedgerEntry, name) for name in names))).all())
