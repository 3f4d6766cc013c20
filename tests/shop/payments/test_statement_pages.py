"""The page on which a seller brings a statement: shown first, taken whole, the second time nothing."""

from datetime import UTC, datetime
from io import BytesIO

import pytest

from shop.audit.models import AuditEntry
from shop.core.db import db
from shop.payments.models import PaymentState
from shop.payments.statements.limits import MAX_BYTES
from shop.payments.transfers.models import Credit, CreditState, Doubt
from tests.shop.payments.statement_files import Row, agribank, as_csv, as_xlsx, bidv
from tests.shop.payments.transferring import (
    ACCOUNTS,
    booking,
    by_transfer,
    comes,
    connected,
    payments_of,
    told,
    violations,
    with_accounts,
)

PATH = "/my/transfers/statement"
AT = datetime(2026, 11, 29, 9, tzinfo=UTC)


@pytest.fixture
def seller(browser, cast):
    with_accounts(cast)
    browser.sign_in(cast.member)
    return browser


def account(browser):
    browser.get(PATH)
    return browser.all("input[name=account]")[0].get("value")


def show(browser, data, name="saoke.csv", chosen=None):
    files = {"file": (BytesIO(data), name)} if data is not None else None
    return browser.post(PATH, account=chosen or account(browser), files=files).status_code


def take(browser):
    return browser.post(f"{PATH}/taking", sealed=browser.one("input[name=sealed]").get("value"))


def table(*rows):
    return as_csv(agribank([Row(AT, *row) for row in rows]))


def test_it_is_shown_first_and_taken_then(seller, cast):
    purchase = by_transfer(cast, tea=2)
    data = table(("FT1", purchase.total, f"MBVCB.1.{purchase.codes[0]}"), ("FT2", 7_000, "cho me"))
    assert show(seller, data) == 200
    assert "271.000" in seller.text
    assert db.session.query(Credit).count() == 0
    assert take(seller).headers["Location"] == "/my/transfers"
    assert payments_of(purchase)[0].state is PaymentState.PAID
    waiting = db.session.query(Credit).filter_by(reference="FT2").one()
    assert (waiting.doubt, waiting.source) == (Doubt.NO_CODE, "statement")
    assert db.session.query(AuditEntry).filter_by(action="statement_read").count() == 1
    assert violations() == []


def test_the_same_file_again_changes_nothing(seller, cast):
    purchase = by_transfer(cast, tea=1)
    data = table(("FT1", purchase.total, purchase.codes[0]), ("FT2", 7_000, "x"))
    show(seller, data)
    sealed = seller.one("input[name=sealed]").get("value")
    assert take(seller).status_code == 302
    before = db.session.query(AuditEntry).count()
    assert show(seller, data) == 200
    assert seller.says("Nothing new: everything in this file is known.")
    assert not seller.all("input[name=sealed]")
    assert seller.post(f"{PATH}/taking", sealed=sealed).status_code == 302
    assert db.session.query(Credit).count() == 2
    assert db.session.query(AuditEntry).count() == before
    assert violations() == []


def test_what_a_notifier_told_is_known_by_its_number(seller, cast):
    purchase = by_transfer(cast, tea=1)
    said = booking(purchase.total, purchase.codes[0])
    assert told(seller, connected(cast), said) == 200
    assert show(seller, table((said["referenceCode"], purchase.total, f"CT DEN:{purchase.codes[0]}"))) == 200
    assert seller.says("Nothing new: everything in this file is known.")


def test_a_number_that_stands_for_other_money_is_never_taken(seller, cast):
    comes(cast, 5_000, "x", reference="FT1")
    assert (
        show(seller, table(("FT1", 6_000, "y"), ("FT2", 7_000, "a"), ("FT2", 8_000, "b"), ("FT2", 7_000, "a"))) == 200
    )
    assert seller.says("Not taken, since the bank's number stands for other money already: row %(rows)s.", rows="5, 7")
    assert take(seller).status_code == 302
    assert sorted(one.amount for one in db.session.query(Credit)) == [5_000, 7_000]


def test_parts_of_one_order_add_up_in_the_order_they_came(seller, cast):
    purchase = by_transfer(cast, tea=2)
    code = purchase.codes[0]
    data = table(("FT1", 64_000, code), ("FT2", purchase.total - 64_000, code), ("FT3", 1_000, code))
    show(seller, data)
    take(seller)
    assert payments_of(purchase)[0].state is PaymentState.PAID
    assert {one.reference: one.state for one in db.session.query(Credit)} == {
        "FT1": CreditState.SETTLED,
        "FT2": CreditState.SETTLED,
        "FT3": CreditState.WAITING,
    }
    assert violations() == []


def test_a_workbook_too(seller, cast):
    purchase = by_transfer(cast, tea=1)
    show(seller, as_xlsx(bidv([Row(AT, "FT1", purchase.total, purchase.codes[0])])), "saoke.xlsx")
    take(seller)
    assert payments_of(purchase)[0].state is PaymentState.PAID


def test_the_file_of_another_account_is_refused(seller):
    data = as_csv(agribank([Row(AT, "FT1", 5_000, "x")], account="9999888877"))
    assert show(seller, data) == 422
    assert seller.says("The file is of another account: %(numbers)s.", numbers="9999888877")


@pytest.mark.parametrize("data", [None, b"", b"hello", table(("FT1", 5_000, "x" * 2_000))])
def test_a_bad_file_is_refused_and_the_choice_kept(seller, data):
    chosen = account(seller)
    assert show(seller, data, chosen=chosen) == 422
    assert seller.one("input[name=account][checked]").get("value") == chosen
    assert seller.all(".error")


def test_a_file_that_is_too_heavy(seller):
    assert show(seller, b"x" * (MAX_BYTES + 200_000)) == 413
    assert seller.says("The file is too large: at most %(megabytes)s MB.", megabytes=2)


@pytest.mark.parametrize("sealed", ["", "x", "gAAAAA", "ệ"])
def test_only_our_own_words_are_taken(seller, sealed):
    assert seller.post(f"{PATH}/taking", sealed=sealed).status_code == 409
    assert db.session.query(Credit).count() == 0


def test_what_somebody_else_was_shown_is_not_taken(seller, cast):
    show(seller, table(("FT1", 5_000, "x")))
    sealed = seller.one("input[name=sealed]").get("value")
    seller.sign_in(cast.stranger)
    assert seller.post(f"{PATH}/taking", sealed=sealed).status_code == 409
    assert db.session.query(Credit).count() == 0


def test_the_account_of_another_seller_cannot_be_chosen(seller, cast):
    ours = account(seller)
    seller.sign_in(cast.stranger)
    assert show(seller, table(("FT1", 5_000, "x")), chosen=ours) == 422
    seller.get(PATH)
    assert ACCOUNTS["cooperative"][1] not in seller.text


def test_without_an_account_there_is_nothing_to_choose(browser, cast):
    browser.sign_in(cast.member)
    browser.get(PATH)
    assert browser.says("First enter the account that buyers pay into.")
    assert browser.post(PATH).status_code == 422


def test_only_managers(browser, cast):
    assert browser.get(PATH).status_code == 302
    browser.sign_in(cast.second_member)
    assert browser.get(PATH).status_code == 403
    assert browser.post(f"{PATH}/taking", sealed="x").status_code == 403
