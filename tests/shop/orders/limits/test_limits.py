"""What one buyer may have unpaid at once, whose parcels came back, and what is said instead."""

from datetime import timedelta

import pytest

from products.models import Sku
from shop.cart.models import Cart
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import DomainError, Invalid
from shop.orders import services as orders
from shop.orders.limits import queries, services
from shop.orders.limits.models import CashLift
from shop.orders.limits.policies import Unpaid, Wish, over
from shop.orders.models import Method, Order, Purchase
from shop.privacy.periods.table import PERIODS
from tests.shop.orders.buying import act, at, cart_with, details, ordered, place
from tests.shop.orders.confirming.asking import settings_with
from tests.shop.payments.transferring import with_accounts

PHONE, OTHER = "+84912000106", "+84912000999"


def refused(cast, times=1):
    for _ in range(times):
        at(ordered(cast, tea=1).orders[0].id, "refused")


def cash(cast, phone=PHONE):
    return place(*cart_with(cast, tea=1), phone=phone)


def wish(method=Method.CASH, phone=PHONE, buyer_id=None):
    return Wish(method, phone, buyer_id, 1, 100_000)


@pytest.mark.parametrize(
    ("unpaid", "orders_", "total", "too_much"),
    [
        ((0, 0), 20, 20_000, False),  # a first purchase is never too much
        ((2, 500), 1, 500, False),
        ((3, 500), 1, 1, True),
        ((1, 999), 1, 2, True),
    ],
)
def test_what_is_too_much(app, session, unpaid, orders_, total, too_much):
    with settings_with(unpaid_orders=3, unpaid_most=1_000):
        said = over(Wish(Method.CASH, PHONE, None, orders_, total), Unpaid(*unpaid))
    assert (said is not None) is too_much


def test_the_number_counts_and_what_arrived_does_not(cast):
    first = ordered(cast, tea=1).orders[0].id
    with settings_with(unpaid_orders=1):
        with pytest.raises(DomainError):
            cash(cast)
        cash(cast, OTHER)
        at(first, "delivered")
        cash(cast)


def test_the_account_counts_under_whatever_number(cast):
    with settings_with(unpaid_orders=1):
        for phone, fits in ((OTHER, True), (PHONE, False)):
            cart_id, attempt = cart_with(cast, tea=1)
            with writing():
                cart, who = db.session.get_one(Cart, cart_id), details(phone=phone)
                if fits:
                    orders.place(cart, who, Method.CASH, attempt, cast.buyer)
                    continue
                with pytest.raises(DomainError):
                    orders.place(cart, who, Method.CASH, attempt, cast.buyer)


def test_the_sum_counts(cast):
    total = ordered(cast, tea=1).total
    with settings_with(unpaid_most=2 * total - 1), pytest.raises(DomainError):
        cash(cast)
    with settings_with(unpaid_most=2 * total):
        cash(cast)


def test_transfers_count_apart_and_cards_not(cast):
    with_accounts(cast)
    ordered(cast, Method.BANK_QR, tea=1)
    with settings_with(unpaid_orders=1):
        cash(cast)
        with pytest.raises(DomainError):
            ordered(cast, Method.BANK_QR, tea=1)
        ordered(cast, Method.CARD, tea=1)


def test_in_cash_after_all_counts_too(cast):
    ordered(cast, tea=1)
    waiting = ordered(cast, Method.CARD, tea=1).orders[0].id
    with writing():
        orders.pay_at_the_door(db.session.get_one(Order, waiting), None)
    assert queries.unpaid(wish()).orders == 2


def test_most_of_what_there_is_is_not_held_for_cash(cast):
    with_accounts(cast)
    with writing():
        db.session.get_one(Sku, cast.sku("tea").id).on_hand = 61
    place(*cart_with(cast, tea=20))
    with pytest.raises(DomainError):
        place(*cart_with(cast, tea=21))
    place(*cart_with(cast, tea=21), Method.BANK_QR)


def test_after_two_refusals_cash_is_not_offered(cast):
    with_accounts(cast)
    refused(cast)
    cash(cast)
    refused(cast)
    with pytest.raises(DomainError):
        cash(cast)
    cash(cast, OTHER)
    ordered(cast, Method.BANK_QR, tea=1)


def test_what_is_long_past_no_longer_counts(cast):
    refused(cast, 2)
    assert queries.refusals_of(PHONE) == 2
    clock.set_for_tests(clock.now() + timedelta(days=180, minutes=1))
    assert queries.refusals_of(PHONE) == 0


def test_lifted_for_a_reason_until_the_next_two(cast):
    refused(cast, 2)
    with writing():
        services.lift(PHONE, "Nằm viện", cast.officer)
    refused(cast)
    cash(cast)
    refused(cast)
    with pytest.raises(DomainError):
        cash(cast)


def test_there_must_be_something_to_lift(cast):
    refused(cast)
    with pytest.raises(Invalid), writing():
        services.lift(PHONE, "Nhầm", cast.officer)


def test_a_lift_goes_with_its_time(cast):
    refused(cast, 2)
    with writing():
        services.lift(PHONE, "Nằm viện", cast.officer)
    period = next(one for one in PERIODS if one.name == "cash_lifts")
    for days, left in ((period.days - 1, 1), (period.days + 1, 0)):
        with writing():
            period.forget(clock.now() + timedelta(days=days - period.days))
        assert db.session.query(CashLift).count() == left


def test_a_number_without_orders_has_no_history(cast):
    assert (queries.refusals_of("+84987654321"), queries.unpaid(wish(phone="+84987654321"))) == (0, Unpaid(0, 0))
    key = cash(cast)
    act(db.session.get_one(Purchase, key).orders[0].id, "cancel")
    assert queries.unpaid(wish()) == Unpaid(0, 0)
