"""Vouchers at placing and after: counted once, given back once, and the province owes its part."""

import pytest
from sqlalchemy import update

from shop.core.db import db, writing
from shop.core.errors import Conflict
from shop.ledger.models import Account
from shop.ledger.queries import balances
from shop.orders import services
from shop.orders.models import Method, Order, Purchase
from shop.orders.redemptions.models import Redemption, RedemptionShare
from shop.vouchers.models import Voucher, VoucherPerson
from shop.vouchers.services import VoucherGone, end
from tests.shop.orders.buying import act, at, place
from tests.shop.orders.redemptions.using import bought, states, uses, violations, with_codes
from tests.shop.payments.transferring import with_accounts
from tests.shop.vouchers.making import found, voucher

OTHER = "+84912000999"


def test_the_order_is_cheaper_and_the_use_is_counted(cast):
    voucher(cast)
    purchase = bought(cast, "TET2027")
    (order,) = purchase.orders
    assert (order.discount, order.total) == (10_000, order.goods_total + order.delivery_cost - 10_000)
    assert purchase.total == order.total
    assert (uses(), states()) == (1, ["taken"])
    assert violations() == []


def test_the_same_submit_twice_is_one_use(cast):
    voucher(cast)
    key, attempt = with_codes(cast, "TET2027")
    assert place(key, attempt) == place(key, attempt)
    assert uses() == 1


def test_a_person_may_use_it_so_often_by_number(cast):
    voucher(cast, person_most=2)
    for _ in range(2):
        bought(cast, "TET2027", tea=1)
    with pytest.raises(VoucherGone):
        bought(cast, "TET2027", tea=1)
    assert db.session.query(Purchase).count() == 2
    bought(cast, "TET2027", phone=OTHER, tea=1)
    assert (uses(), violations()) == (3, [])


def test_used_up_is_said_and_nothing_is_ordered(cast):
    voucher(cast, uses_most=1)
    key, attempt = with_codes(cast, "TET2027", tea=1)
    bought(cast, "TET2027", phone=OTHER, tea=1)
    with pytest.raises(VoucherGone):
        place(key, attempt)
    assert (db.session.query(Purchase).count(), uses()) == (1, 1)


def test_an_ended_one_is_said(cast):
    voucher(cast)
    key, attempt = with_codes(cast, "TET2027")
    with writing():
        end(found(), cast.member)
    with pytest.raises(VoucherGone):
        place(key, attempt)


def test_for_a_first_order_only(cast):
    voucher(cast, first_only=True, person_most=5)
    bought(cast, tea=1)
    with pytest.raises(VoucherGone):
        bought(cast, "TET2027", tea=1)
    bought(cast, "TET2027", phone=OTHER, tea=1)
    assert uses() == 1


def test_cancelled_it_is_given_back_once(cast):
    voucher(cast, uses_most=1)
    purchase = bought(cast, "TET2027")
    act(purchase.orders[0].id, "cancel")
    with pytest.raises(Conflict):
        act(purchase.orders[0].id, "cancel")
    assert (uses(), states()) == (0, ["given_back"])
    bought(cast, "TET2027")
    assert (uses(), violations()) == (1, [])


def test_not_taken_at_the_door_it_stays_used(cast):
    voucher(cast)
    purchase = bought(cast, "TET2027")
    at(purchase.orders[0].id, "refused")
    assert (uses(), states(), violations()) == (1, ["taken"], [])


def test_the_province_shares_over_the_parcels_and_owes_each(cast):
    voucher(cast, "LAICHAU", None, value=10_001)
    purchase = bought(cast, "LAICHAU", tea=1, honey=1)
    assert sorted(order.discount for order in purchase.orders) == [3_244, 6_757]
    owed = {seller: accounts[Account.PROVINCE] for seller, accounts in balances().items()}
    assert sorted(owed.values()) == [3_244, 6_757]
    assert (uses("LAICHAU"), violations()) == (1, [])
    first, second = (order.id for order in purchase.orders)
    act(first, "cancel")
    assert (uses("LAICHAU"), states("LAICHAU")) == (1, ["taken"])
    act(second, "cancel")
    assert (uses("LAICHAU"), states("LAICHAU")) == (0, ["given_back"])
    assert {accounts[Account.PROVINCE] for accounts in balances().values()} == {0}
    assert violations() == []


@pytest.mark.parametrize("left", [True, False])
def test_paid_late_the_order_keeps_its_discount(cast, left):
    with_accounts(cast)
    voucher(cast, uses_most=2 if left else 1)
    (order,) = bought(cast, "TET2027", method=Method.BANK_QR, tea=1).orders
    key, total = order.id, order.total
    act(key, "cancel", by="system")
    bought(cast, "TET2027", phone=OTHER, tea=1)
    with writing():
        assert services.resume(db.session.get_one(Order, key))
    assert db.session.get_one(Order, key).total == total
    assert states()[0] == ("taken" if left else "honoured")
    assert (uses(), violations()) == (2 if left else 1, [])
    act(key, "cancel")
    assert (uses(), states()[0], violations()) == (1, "given_back", [])


@pytest.mark.parametrize(
    "spoil",
    [
        update(Voucher).values(uses=Voucher.uses + 1),
        update(VoucherPerson).values(uses=VoucherPerson.uses + 1),
        update(Order).values(discount=Order.discount - 1, total=Order.total + 1),
        update(Redemption).values(amount=Redemption.amount + 1),
        update(Redemption).values(state="given_back"),
        update(RedemptionShare).values(state="forfeited"),
    ],
)
def test_verify_finds_what_does_not_fit(cast, spoil):
    voucher(cast)
    bought(cast, "TET2027")
    with writing():
        db.session.execute(spoil)
    assert violations() != []
