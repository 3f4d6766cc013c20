"""Carriers' fees are booked when a sum is seen, and a sum is matched with the amount as which it came."""

import runpy

import pytest
from sqlalchemy import delete, select, text

from shop.config import ROOT
from shop.core.db import db, writing
from shop.core.errors import Conflict
from shop.ledger import triggers
from shop.ledger.models import Account, Kind, LedgerEntry
from shop.ledger.queries import balances
from shop.payments.books import checks
from shop.payments.paid_in.services import came_as
from shop.payments.takings.services import pay_in, see
from shop.payments.transfers.models import CreditState
from tests.shop.payments.at_the_door import remittance, taken, taking
from tests.shop.payments.at_the_door import violations as cash_violations
from tests.shop.payments.transferring import by_transfer, comes, credit, violations, with_accounts

A = Account
FEE = 8_000


@pytest.fixture
def noted(cast):
    """The cash of one order, paid in with a fee kept; returns (code, what came)."""
    with_accounts(cast)
    code = taken(cast)
    came = taking(code).amount - FEE
    with writing():
        return pay_in([code], came, "VTP-1", "Phí thu hộ", cast.member).code, came


def holds(cast):
    return {account: amount for account, amount in balances()[cast.ids["cooperative"]].items() if amount}


def sound():
    return [problem for check in checks.CHECKS for problem in check()] + violations() + cash_violations()


def forgotten():
    """Take the fee out of the books, as no service can."""
    with writing():
        triggers.drop(db.session.connection())
        db.session.execute(delete(LedgerEntry).where(LedgerEntry.kind == Kind.FEE_KEPT))
        triggers.create(db.session.connection())


def test_a_fee_is_booked_when_the_sum_is_seen(cast, noted):
    code, came = noted
    assert A.FEES not in holds(cast)
    with writing():
        see(remittance(code), cast.member)
    assert (holds(cast)[A.FEES], holds(cast)[A.CASH]) == (FEE, came)
    entry = db.session.scalars(select(LedgerEntry).where(LedgerEntry.kind == Kind.FEE_KEPT)).one()
    assert (entry.code, entry.amount) == (code, FEE)
    assert sound() == []


def test_no_fee_no_booking(cast):
    code = taken(cast)
    with writing():
        key = pay_in([code], taking(code).amount, "VTP-1", "", cast.member).code
    with writing():
        see(remittance(key), cast.member)
    assert Kind.FEE_KEPT not in set(db.session.scalars(select(LedgerEntry.kind)))
    assert sound() == []


def test_verify_finds_a_fee_that_is_not_booked(cast, noted):
    with writing():
        see(remittance(noted[0]), cast.member)
    forgotten()
    assert any("fee_kept" in problem for problem in sound())


def test_one_press_says_as_which_amount_it_came(browser, cast, noted):
    code, came = noted
    money = comes(cast, came, "VIETTEL POST COD")
    browser.sign_in(cast.member)
    browser.get("/my/cash")
    assert "VIETTEL POST COD" in browser.text
    assert browser.post(f"/my/cash/remittances/{code}/credit", credit=money).status_code == 302
    assert credit(money).state is CreditState.CASH
    assert (remittance(code).credit_id, remittance(code).seen_at is not None) == (credit(money).id, True)
    assert holds(cast) == {A.BANK: came, A.FEES: FEE, A.SALES: came + FEE}
    assert browser.post(f"/my/cash/remittances/{code}/credit", credit=money).status_code == 409
    browser.get(f"/my/transfers/{money}")
    assert browser.says("Cash a carrier paid in")
    assert sound() == []


def test_from_the_amount_too_after_it_was_seen(browser, cast, noted):
    code, came = noted
    with writing():
        see(remittance(code), cast.member)
    money = comes(cast, came, "COD")
    browser.sign_in(cast.member)
    browser.get(f"/my/transfers/{money}")
    assert browser.says("It is cash from %(carrier)s", carrier="Xe Hải Vân")
    browser.post(f"/my/cash/remittances/{code}/credit", credit=money)
    assert holds(cast) == {A.BANK: came, A.FEES: FEE, A.SALES: came + FEE}
    assert sound() == []


@pytest.mark.parametrize("wrong", ["amount", "names an order", "another seller", "no such"])
def test_what_does_not_fit_exactly_is_neither_offered_nor_taken(browser, cast, noted, wrong):
    code, came = noted
    order = by_transfer(cast, tea=1).codes[0]
    money = {
        "amount": lambda: comes(cast, came + 1, "COD"),
        "names an order": lambda: comes(cast, came, order),
        "another seller": lambda: comes(cast, came, "COD", to="other_cooperative"),
        "no such": lambda: "khong-co",
    }[wrong]()
    browser.sign_in(cast.member)
    browser.get("/my/cash")
    assert not browser.all("input[name=credit]")
    if wrong != "names an order":  # a person may still know better
        assert browser.post(f"/my/cash/remittances/{code}/credit", credit=money).status_code == 409
        assert remittance(code).credit_id is None
        assert remittance(code).seen_at is None
    assert sound() == []


def test_one_amount_is_one_sum(cast, noted):
    code, came = noted
    again = taken(cast, carrier="Xe Hải Vân")
    with writing():
        other = pay_in([again], came, "VTP-2", "Phí thu hộ", cast.member).code
    money = comes(cast, came, "COD")
    with writing():
        came_as(remittance(code), credit(money), cast.member)
    with pytest.raises(Conflict), writing():
        came_as(remittance(other), credit(money), cast.member)
    assert sound() == []


@pytest.mark.parametrize(
    ("who", "status"), [("stranger", 404), ("second_member", 403), ("officer", 403), ("buyer", 403)]
)
def test_only_who_manages_the_money(browser, cast, noted, who, status):
    code, came = noted
    money = comes(cast, came, "COD")
    browser.sign_in(cast.user(who))
    assert browser.post(f"/my/cash/remittances/{code}/credit", credit=money).status_code == status
    assert credit(money).state is CreditState.WAITING


def test_the_past_is_moved(cast, noted):
    with writing():
        see(remittance(noted[0]), cast.member)
    (path,) = (ROOT / "shop" / "migrations" / "versions").glob("*_carriers_fees.py")
    forgotten()
    with writing():
        runpy.run_path(str(path))["fill"](db.session.connection())
    assert db.session.scalar(text("SELECT count(*) FROM ledger_entries WHERE kind = 'fee_kept'")) == 1
    assert sound() == []
