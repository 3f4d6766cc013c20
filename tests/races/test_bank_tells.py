"""A bank's bookings come several times at once, or in pieces: each counts once, and pays what it is for."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from shop.core.db import db
from shop.orders.models import Method
from shop.payments.models import PaymentState
from shop.payments.notifiers.models import NotifierKind
from shop.payments.transfers.models import Credit, CreditState
from tests.races.banking import by_statement, tell, tell_by_casso, told_by_the_bank
from tests.races.paying import Tell, order_of, settled, shelf, waiting
from tests.races.starting import FULL, together
from tests.server import Market
from tests.shop.payments.outside import Bought, payment_of

pytestmark = [pytest.mark.race, pytest.mark.timeout(600 if FULL else 120)]
NUMBER = 20 if FULL else 3


@pytest.fixture(autouse=True)
def _inside(market: Market) -> Iterator[None]:
    with market.app.app_context():
        yield
        db.session.remove()


def on_the_way(market: Market) -> list[Bought]:
    """Purchases that wait for transfers."""
    goods = shelf(market, NUMBER)
    return [waiting(goods, Method.BANK_QR) for _ in range(NUMBER)]


def credits(purchase: Bought) -> list[tuple[int, int, CreditState]]:
    """What came for a purchase: amount, what of it was used, and how it stands."""
    db.session.remove()
    rows = select(Credit).where(Credit.order_code == purchase.codes[0]).order_by(Credit.amount)
    return [(one.amount, one.used, one.state) for one in db.session.scalars(rows)]


def assert_paid(market: Market, purchases: list[Bought]) -> None:
    assert settled(purchases) == [1] * len(purchases)
    assert {payment_of(one).state for one in purchases} == {PaymentState.PAID}
    assert not any(order_of(one).awaiting_payment for one in purchases)
    db.session.remove()
    market.assert_sound()


def test_one_booking_told_by_two_notifiers_and_a_statement_at_once(market: Market, record_property: Tell) -> None:
    """The bank's reference is the same whoever tells."""
    sepay, casso = told_by_the_bank(market), told_by_the_bank(market, NotifierKind.CASSO)
    purchases = on_the_way(market)

    def come(given: tuple[str, Bought]) -> int:
        way, purchase = given
        said = purchase.total, purchase.codes[0], f"MB-{purchase.codes[0]}"
        if way == "sepay":
            return tell(market, sepay, *said)
        if way == "casso":
            return tell_by_casso(market, casso, *said)
        with market.app.app_context():
            by_statement(market, *said)
            db.session.remove()
        return 200

    for purchase in purchases:
        ways = ["sepay", "casso", "statement"] * 3
        assert set(together(come, [(way, purchase) for way in ways])) == {200}
        assert credits(purchase) == [(purchase.total, purchase.total, CreditState.SETTLED)]
    assert_paid(market, purchases)
    figure = f"I10, {NUMBER} bookings, each told 9 times at once in 3 ways: {NUMBER} credits, {NUMBER} payments"
    record_property("figure", figure)


def test_two_halves_at_once_pay_one_order(market: Market, record_property: Tell) -> None:
    line = told_by_the_bank(market)
    purchases = on_the_way(market)
    for purchase in purchases:
        memo, half = purchase.codes[0], purchase.total // 2
        halves = [(half, memo, f"A-{memo}"), (purchase.total - half, memo, f"B-{memo}")]

        assert together(lambda one: tell(market, line, *one), halves) == [200, 200]

        used = [(amount, amount, CreditState.SETTLED) for amount, _memo, _reference in halves]
        assert credits(purchase) == sorted(used)
    assert_paid(market, purchases)
    record_property("figure", f"I10, {NUMBER} orders, each paid in two halves at once: {NUMBER} payments, no rest")


def test_paid_twice_at_once_is_one_payment_and_one_amount_that_waits(market: Market, record_property: Tell) -> None:
    """The buyer pressed twice in the bank's app: two bookings, and the second goes before the seller."""
    line = told_by_the_bank(market)
    purchases = on_the_way(market)
    for purchase in purchases:
        memo = purchase.codes[0]
        twice = [(purchase.total, memo, f"C-{memo}"), (purchase.total, memo, f"D-{memo}")]

        assert together(lambda one: tell(market, line, *one), twice) == [200, 200]

        assert sorted(used for _amount, used, _state in credits(purchase)) == [0, purchase.total]
        assert {state for *_amounts, state in credits(purchase)} == {CreditState.SETTLED, CreditState.WAITING}
    assert_paid(market, purchases)
    record_property("figure", f"I10, {NUMBER} orders paid twice at once: {NUMBER} payments, {NUMBER} amounts wait")
