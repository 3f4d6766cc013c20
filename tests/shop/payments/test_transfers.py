"""Money that comes by transfer: recognised where it is sure, else in the queue, with its reason, for the seller."""

from datetime import timedelta

import pytest

from products.stock.models import HoldState
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import Conflict, DomainError, Invalid
from shop.notices.models import Notice
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method
from shop.payments import services as payments
from shop.payments.models import PaymentState, Refund, RefundState
from shop.payments.refunds.services import given_by_hand
from shop.payments.refunds.tasks import promise_refunds, send_refunds
from shop.payments.transfers import services
from shop.payments.transfers.models import CreditState, Doubt
from shop.payments.transfers.tasks import lapse_transfers
from tests.shop.orders.buying import act, holds, ordered
from tests.shop.payments.outside import orders_of
from tests.shop.payments.transferring import by_transfer, comes, credit, payments_of, violations, with_accounts

HOURS = 12


@pytest.fixture
def accounts(cast):
    with_accounts(cast)


@pytest.fixture
def purchase(cast, accounts):
    return by_transfer(cast, tea=2, honey=1)


def states(purchase):
    return [(one.state, one.parts[0].order.awaiting_payment) for one in payments_of(purchase)]


def later(**parts):
    clock.set_for_tests(clock.now() + timedelta(**parts))


def told_of(kind):
    return db.session.query(Notice).filter_by(kind=kind).count()


PAID, OPEN = (PaymentState.PAID, False), (PaymentState.WAITING, True)


def test_each_seller_is_paid_into_its_own_account(purchase):
    tea, honey = payments_of(purchase)
    assert [(one.amount, one.method, one.purchase.total) for one in (tea, honey)] == [
        (264_000, Method.BANK_QR, 542_000),
        (278_000, Method.BANK_QR, 542_000),
    ]
    assert violations() == []


def test_who_has_no_account_cannot_be_paid_so(cast):
    with pytest.raises(DomainError, match="chưa có tài khoản ngân hàng"):
        ordered(cast, Method.BANK_QR, tea=1)


def test_the_exact_amount_with_its_code_pays(cast, purchase):
    tea, honey = purchase.codes
    code = comes(cast, 264_000, f"MBVCB.123.{tea[:6]} {tea[6:]} chuyen tien")
    assert (credit(code).state, credit(code).used, credit(code).doubt) == (CreditState.SETTLED, 264_000, None)
    assert states(purchase) == [PAID, OPEN]
    assert {hold.expires_at for hold in holds(tea)} == {None}
    assert None not in {hold.expires_at for hold in holds(honey)}
    assert violations() == []


def test_the_same_booking_counts_once(cast, purchase):
    assert comes(cast, 264_000, purchase.codes[0], reference="FT1")
    assert comes(cast, 264_000, purchase.codes[0], reference="FT1") is None
    assert comes(cast, 999_000, "something else", reference="FT1") is None


@pytest.mark.parametrize(
    ("amount", "memo", "doubt"),
    [
        (264_000, "chuyen tien mua che", Doubt.NO_CODE),
        (264_000, "LC00000001", Doubt.NO_CODE),  # its check digit does not fit
        (263_000, "{tea}", Doubt.SHORT),
        (265_000, "{tea}", Doubt.OVER),
        (278_000, "{honey}", Doubt.UNKNOWN),  # the other seller's order, in this seller's account
    ],
)
def test_what_is_not_sure_waits_and_the_seller_is_told(cast, purchase, amount, memo, doubt):
    tea, honey = purchase.codes
    code = comes(cast, amount, memo.format(tea=tea, honey=honey))
    assert (credit(code).state, credit(code).doubt, credit(code).used) == (CreditState.WAITING, doubt, 0)
    assert states(purchase) == [OPEN, OPEN]
    assert told_of("transfer_waits") == 2  # both who belong to the cooperative
    assert violations() == []


def test_two_parts_that_make_the_sum_pay_together(cast, purchase):
    tea = purchase.codes[0]
    first = comes(cast, 200_000, tea)
    second = comes(cast, 64_000, tea)
    assert [credit(one).state for one in (first, second)] == [CreditState.SETTLED] * 2
    assert states(purchase)[0] == PAID
    assert violations() == []


def test_one_part_told_by_two_is_not_the_whole(cast, purchase):
    """A notifier and a statement may number one booking differently."""
    tea = purchase.codes[0]
    told = [comes(cast, 132_000, tea, source=source) for source in ("sepay", "statement")]
    assert {credit(one).doubt for one in told} == {Doubt.SHORT}
    assert states(purchase)[0] == OPEN
    assert violations() == []


def test_paid_twice_is_never_taken(cast, purchase):
    comes(cast, 264_000, purchase.codes[0])
    code = comes(cast, 264_000, purchase.codes[0])
    assert credit(code).doubt is Doubt.TWICE
    assert violations() == []


def test_two_orders_in_one_transfer(cast, accounts):
    first, second = by_transfer(cast, tea=1), by_transfer(cast, tea=2)
    code = comes(cast, first.total + second.total, f"{first.codes[0]} va {second.codes[0]}")
    assert credit(code).state is CreditState.SETTLED
    assert states(first) == states(second) == [PAID]
    assert violations() == []


def test_what_does_not_come_in_time_ends_alone(cast, purchase):
    comes(cast, 264_000, purchase.codes[0])
    later(hours=HOURS, minutes=1)
    assert (lapse_transfers(), lapse_transfers()) == (1, 0)
    tea, honey = orders_of(purchase)
    assert (tea.state, honey.state) == (OrderState.PLACED, OrderState.CANCELLED)
    assert {hold.state for hold in holds(honey.code)} == {HoldState.FREED}
    assert violations() == []


def test_late_money_takes_the_goods_that_are_there(cast, purchase):
    later(hours=HOURS, minutes=1)
    lapse_transfers()
    code = comes(cast, 264_000, purchase.codes[0])
    order = orders_of(purchase)[0]
    assert credit(code).state is CreditState.SETTLED
    assert (order.state, order.awaiting_payment, order.ended_because) == (OrderState.PLACED, False, "")
    assert {(hold.state, hold.expires_at) for hold in holds(order.code)} == {(HoldState.HELD, None)}
    assert order.ship_by > clock.now()
    assert violations() == []


def test_late_money_for_goods_that_are_gone_waits(cast, purchase):
    later(hours=HOURS, minutes=1)
    lapse_transfers()
    sku = cast.sku()
    ordered(cast, Method.CASH, tea=sku.on_hand - sku.held)
    code = comes(cast, 264_000, purchase.codes[0])
    assert (credit(code).state, credit(code).doubt) == (CreditState.WAITING, Doubt.LATE)
    assert orders_of(purchase)[0].state is OrderState.CANCELLED
    assert violations() == []


def test_money_for_an_order_its_buyer_cancelled_waits(cast, purchase):
    act(orders_of(purchase)[0].id, "cancel", "buyer")
    code = comes(cast, 264_000, purchase.codes[0])
    assert credit(code).doubt is Doubt.CANCELLED
    assert violations() == []


def test_one_order_may_be_paid_at_the_door(cast, purchase):
    tea, _honey = payments_of(purchase)
    with writing():
        payments.pay_at_the_door(tea.id, None)
    assert credit(comes(cast, 264_000, purchase.codes[0])).doubt is Doubt.CANCELLED
    first, second, cash = payments_of(purchase)
    assert [(one.state, one.method) for one in (first, second, cash)] == [
        (PaymentState.LAPSED, Method.BANK_QR),
        (PaymentState.WAITING, Method.BANK_QR),
        (PaymentState.WAITING, Method.CASH),
    ]
    assert not cash.parts[0].order.awaiting_payment
    assert {hold.expires_at for hold in holds(purchase.codes[0])} == {None}
    assert violations() == []


def test_a_person_says_which_order_it_pays(cast, purchase):
    code = comes(cast, 300_000, "mua che tuyet")
    with writing():
        services.assign(credit(code), [purchase.codes[0]], cast.member)
    found = credit(code)
    assert (found.state, found.doubt, found.used, found.left) == (CreditState.WAITING, Doubt.OVER, 264_000, 36_000)
    with writing():
        services.send_back(credit(code), "FT99, 30/11", cast.member)
    assert credit(code).state is CreditState.SENT_BACK
    assert states(purchase)[0] == PAID
    assert violations() == []


def test_too_little_cannot_be_made_enough(cast, purchase):
    code = comes(cast, 200_000, purchase.codes[0])
    with pytest.raises(Invalid), writing():
        services.assign(credit(code), [purchase.codes[0]], cast.member)
    assert credit(code).used == 0
    assert states(purchase) == [OPEN, OPEN]


def test_too_little_and_the_rest_without_a_code(cast, purchase):
    comes(cast, 200_000, purchase.codes[0])
    rest = comes(cast, 64_000, "phan con lai")
    with writing():
        services.assign(credit(rest), [purchase.codes[0]], cast.member)
    assert credit(rest).state is CreditState.SETTLED
    assert states(purchase)[0] == PAID
    assert violations() == []


def test_another_sellers_order_cannot_be_chosen(cast, purchase):
    code = comes(cast, 278_000, "chuyen tien")
    with pytest.raises(Invalid), writing():
        services.assign(credit(code), [purchase.codes[1]], cast.member)


def test_it_is_ended_once(cast, purchase):
    code = comes(cast, 5_000, "cho me")
    with writing():
        services.set_aside(credit(code), "", cast.member)
    for again in (services.set_aside, services.send_back):
        with pytest.raises(Conflict), writing():
            again(credit(code), "so 1", cast.member)


def test_the_money_of_an_ended_order_goes_back_by_hand(cast, accounts):
    purchase = by_transfer(cast, tea=1)
    comes(cast, purchase.total, purchase.codes[0])
    act(orders_of(purchase)[0].id, "cancel", "cooperative", "Hết hàng.")
    assert (promise_refunds(), send_refunds()) == (1, 0)  # no provider can send it
    assert told_of("refund_by_hand") == 2
    refund = db.session.query(Refund).one()
    with pytest.raises(Invalid), writing():
        given_by_hand(refund.id, "", cast.member)
    with writing():
        given_by_hand(refund.id, "FT77", cast.member)
    with pytest.raises(Conflict), writing():
        given_by_hand(refund.id, "FT77", cast.member)
    assert db.session.query(Refund).one().state is RefundState.DONE
    assert violations() == []
