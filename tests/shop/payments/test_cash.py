"""Cash: expected with the order, collected with the delivery, never due when the order ends otherwise."""

import pytest

from shop.core.db import db, writing
from shop.core.i18n import use_language
from shop.orders.models import Method, Purchase
from shop.payments import services
from shop.payments.models import Payment, PaymentState
from shop.payments.queries import state_of, states_of
from shop.payments.tasks import follow_cash, open_missing
from tests.shop.orders.buying import at, ordered
from tests.shop.payments.outside import bought, kinds, orders_of, violations


@pytest.fixture
def purchase(cast):
    return bought(cast, Method.CASH, tea=2, honey=1)


def payments(purchase):
    return db.session.query(Payment).filter_by(purchase_id=purchase.id).order_by(Payment.id).all()


def test_each_seller_collects_its_own(purchase):
    found = payments(purchase)
    assert [(one.amount, one.state, len(one.parts)) for one in found] == [
        (264_000, PaymentState.WAITING, 1),
        (278_000, PaymentState.WAITING, 1),
    ]
    assert [one.parts[0].order.code for one in found] == list(purchase.codes)
    assert violations() == []


def test_it_is_opened_once(purchase):
    for _ in range(2):
        with writing():
            services.open_payment(db.session.get_one(Purchase, purchase.id))
    assert len(payments(purchase)) == 2


def test_what_was_placed_without_is_opened_by_the_sweep(cast):
    key = ordered(cast).id
    assert (open_missing(), open_missing()) == (1, 0)
    assert db.session.query(Payment).filter_by(purchase_id=key).count() == 1


@pytest.mark.parametrize(
    ("state", "becomes"),
    [
        ("delivered", PaymentState.PAID),
        ("refused", PaymentState.LAPSED),
        ("cancelled", PaymentState.LAPSED),
        ("handed_over", PaymentState.WAITING),
        ("placed", PaymentState.WAITING),
    ],
)
def test_it_follows_the_order_once(purchase, state, becomes):
    at(orders_of(purchase)[0].id, state)
    ended = becomes is not PaymentState.WAITING
    assert (follow_cash(), follow_cash()) == (int(ended), 0)
    tea, honey = payments(purchase)
    assert (tea.state, honey.state) == (becomes, PaymentState.WAITING)
    assert len(kinds(tea)) == 1 + ended
    assert violations() == []


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("placed", "To pay in cash on arrival: ₫264,000"),
        ("delivered", "Paid in cash: ₫264,000"),
        ("cancelled", "Nothing to pay"),
    ],
)
def test_both_sides_read_where_it_is(purchase, state, words):
    order = orders_of(purchase)[0].id
    at(order, state)
    follow_cash()
    with use_language("en"):
        assert str(state_of(order).words) == words


def test_many_orders_are_read_at_once(purchase):
    ids = [order.id for order in orders_of(purchase)]
    assert set(states_of(ids)) == set(ids)
    assert states_of([]) == {}
    assert state_of(0) is None
