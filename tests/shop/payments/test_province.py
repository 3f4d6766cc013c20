"""What the province owes for its vouchers: due when the order has arrived, noted once, never too much."""

import pytest

from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.core.errors import Conflict
from shop.ledger.models import Account
from shop.ledger.queries import balances
from shop.payments.province import queries, services
from shop.payments.province.models import VoucherPayout
from tests.shop.orders.buying import at
from tests.shop.orders.redemptions.using import bought, violations
from tests.shop.vouchers.making import voucher

URL = "/staff/voucher-debts"


@pytest.fixture
def due(cast):
    """The member's cooperative has delivered an order with 10,000 đồng off by the province; returns its address."""
    voucher(cast, "LAICHAU", None)
    at(bought(cast, "LAICHAU", tea=1).orders[0].id, "delivered")
    return f"{URL}/{cast.cooperative().code}"


def noted():
    return [(one.amount, one.reference) for one in db.session.query(VoucherPayout)]


def test_due_only_when_the_order_arrived(browser, cast):
    voucher(cast, "LAICHAU", None)
    order = bought(cast, "LAICHAU", tea=1).orders[0].id
    (debt,) = queries.debts()
    assert (debt.due, debt.under_way) == (0, 10_000)
    at(order, "delivered")
    (debt,) = queries.debts()
    assert (debt.due, debt.under_way) == (10_000, 0)
    browser.sign_in(cast.admin)
    browser.get(URL)
    assert "10.000" in browser.text


def test_noted_in_two_steps_and_booked(browser, cast, due):
    browser.sign_in(cast.admin)
    assert browser.post(due, amount="4k", reference="FT1").status_code == 200
    assert noted() == []
    sure = browser.one("input[name=sure]").get("value")
    assert browser.post(due, amount="4k", reference="FT1", sure=sure).status_code == 302
    assert noted() == [(4_000, "FT1")]
    accounts = balances()[cast.ids["cooperative"]]
    assert (accounts[Account.PROVINCE], accounts[Account.BANK]) == (6_000, 4_000)
    assert queries.due_to(cast.ids["cooperative"]) == 6_000
    assert db.session.query(AuditEntry).filter_by(action="voucher_paid").count() == 1
    assert violations() == []


def test_what_was_changed_after_the_question_is_asked_again(browser, cast, due):
    browser.sign_in(cast.admin)
    browser.post(due, amount="4k", reference="FT1")
    sure = browser.one("input[name=sure]").get("value")
    assert browser.post(due, amount="5k", reference="FT1", sure=sure).status_code == 200
    assert noted() == []


@pytest.mark.parametrize(
    ("amount", "reference"), [("10.001 ₫", "FT1"), ("0", "FT1"), ("1.250", "FT1"), ("abc", "FT1"), ("5k", "")]
)
def test_what_is_wrong_is_said_and_kept(browser, cast, due, amount, reference):
    browser.sign_in(cast.admin)
    assert browser.post(due, amount=amount, reference=reference).status_code == 422
    assert browser.one("input[name=amount]").get("value") == amount
    assert browser.all(".field.wrong")
    assert noted() == []


def test_the_same_transfer_twice_is_noted_once(browser, cast, due):
    with writing():
        services.note(cast.cooperative(), 4_000, "FT1", cast.admin)
    with pytest.raises(Conflict), writing():
        services.note(cast.cooperative(), 4_000, "FT1", cast.admin)
    browser.sign_in(cast.admin)
    assert browser.post(due, amount="4k", reference="FT1").status_code == 422
    assert browser.says("This transfer was noted before.")


@pytest.mark.parametrize("who", ["member", "officer", "buyer"])
def test_nobody_else_may(browser, cast, due, who):
    browser.sign_in(cast.user(who))
    assert browser.get(URL).status_code == 403
    assert browser.post(due, amount="4k", reference="FT1").status_code == 403


def test_no_such_seller(browser, cast):
    browser.sign_in(cast.admin)
    assert browser.get(f"{URL}/KHONGCO0").status_code == 404
