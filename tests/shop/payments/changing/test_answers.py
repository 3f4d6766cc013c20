"""Fewer packs than ordered: each answer ends the question once, with order, goods, money and books."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import Conflict, DomainError, Invalid
from shop.core.outbox import OutgoingSms
from shop.ledger.models import Account, Kind, LedgerEntry
from shop.ledger.queries import balances
from shop.notices.models import Notice
from shop.orders import services as orders
from shop.orders.changes import services as changes
from shop.orders.changes.lifecycle import ChangeState
from shop.orders.changes.policies import until
from shop.orders.changes.queries import lines_now
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method
from shop.payments.changing import services
from shop.payments.changing.tasks import end_unanswered
from shop.payments.models import Payment, PaymentState, Refund
from shop.payments.tasks import follow_cash
from tests.shop.orders.buying import act
from tests.shop.orders.redemptions.using import bought as with_voucher
from tests.shop.payments.changing.asking import accepted, ask, change_of, order_of, violations
from tests.shop.vouchers.making import voucher

TEA, GREENS = 120_000, 15_000
ANSWERS = {"agree": services.agree, "leave_out": services.leave_out, "cancel": services.cancel}


def answer(code, how):
    with writing():
        ANSWERS[how](change_of(code), None)


def payment(method=Method.CASH):
    rows = select(Payment).where(Payment.method == method).execution_options(populate_existing=True)
    return db.session.scalars(rows).one()


def packs(code):
    order = order_of(code)
    return [one.packs for one in lines_now([order])[order.id]]


def stock(cast):
    db.session.expire_all()
    return [(cast.sku(name).on_hand, cast.sku(name).held) for name in ("tea", "greens")]


def test_the_buyer_is_asked_and_nothing_moves_meanwhile(cast):
    code = accepted(cast)
    before, total = stock(cast), order_of(code).total
    change = change_of(ask(cast, code, 1, note="Mưa to quá."))
    assert (change.state, change.delta, order_of(code).asking) == (ChangeState.PROPOSED, 0, True)
    assert (stock(cast), order_of(code).due) == (before, total)
    said = db.session.scalars(select(OutgoingSms.body).order_by(OutgoingSms.id.desc())).first()
    assert f"/changes/{change.code}" in said
    with pytest.raises(Conflict):
        act(order_of(code).id, "pack")
    assert violations() == []


@pytest.mark.parametrize(
    ("how", "sent", "less", "held"),
    [
        ("agree", [1, 3], 2 * TEA, [(10, 1), (9, 3)]),
        ("leave_out", [0, 3], 3 * TEA, [(10, 0), (9, 3)]),
        ("cancel", [3, 3], 0, [(10, 0), (9, 0)]),
    ],
)
def test_an_answer_in_cash(cast, how, sent, less, held):
    code = accepted(cast)
    total = order_of(code).total
    answer(ask(cast, code, 1), how)
    order = order_of(code)
    assert (packs(code), order.total, order.due, order.asking) == (sent, total, total - less, False)
    assert (payment().amount, stock(cast)) == (total - less, held)
    assert order.state is (OrderState.CANCELLED if how == "cancel" else OrderState.ACCEPTED)
    assert violations() == []
    if how != "cancel":
        for step in ("pack", "hand_over", "deliver"):
            act(order.id, step)
        follow_cash()
        assert (payment().state, balances()[order.cooperative_id][Account.CASH]) == (PaymentState.PAID, total - less)
        told = {one.kind for one in db.session.scalars(select(Notice).where(Notice.user_id == cast.member.id))}
        assert "change_ended" in told
    assert violations() == []


def test_what_was_paid_too_much_goes_back(cast):
    code = accepted(cast, Method.BANK_QR)
    answer(ask(cast, code, 1), "agree")
    refund = db.session.query(Refund).one()
    assert (refund.amount, refund.reason) == (2 * TEA, "short-1")
    assert not db.session.query(LedgerEntry).filter_by(kind=Kind.LESS).count(), "the refund books it"
    assert violations() == []
    with writing():
        orders.cancel(order_of(code), None, "cooperative", "Mưa đá.")
    assert balances()[order_of(code).cooperative_id][Account.SALES] == 0
    assert violations() == []


def test_refused_at_the_door_what_was_sent_comes_back(cast):
    code = accepted(cast)
    answer(ask(cast, code, 1), "agree")
    for step in ("pack", "hand_over", "refuse"):
        act(order_of(code).id, step)
    assert (stock(cast), violations()) == ([(10, 0), (9, 0)], [])


def test_no_answer_in_time_sends_what_there_is(cast):
    code = accepted(cast)
    change = ask(cast, code, 1)
    until = change_of(change).until
    assert timedelta(hours=3) <= until - clock.now() + timedelta(minutes=1) <= timedelta(hours=24, minutes=1)
    assert end_unanswered() == 0
    clock.pass_for_tests(timedelta(hours=25))
    try:
        assert (end_unanswered(), end_unanswered()) == (1, 0)
    finally:
        clock.set_for_tests(None)
    assert (change_of(change).state, change_of(change).ended_by, packs(code)) == (ChangeState.LAPSED, "system", [1, 3])
    assert violations() == []


@pytest.mark.parametrize("how", ANSWERS)
def test_what_is_nowhere_leaves_the_stock(cast, how):
    code = accepted(cast)
    change = ask(cast, code, 1, gone=True)
    assert stock(cast)[0] == (3, 3), "nobody else can order it"
    answer(change, how)
    assert stock(cast)[0] == {"agree": (1, 1), "leave_out": (1, 0), "cancel": (1, 0)}[how]
    assert violations() == []


def test_cancelled_meanwhile_the_question_ends(cast):
    code = accepted(cast)
    change = ask(cast, code, 1, gone=True)
    act(order_of(code).id, "cancel", "buyer")
    assert (change_of(change).state, stock(cast)[0]) == (ChangeState.WITHDRAWN, (1, 0))
    assert violations() == []


def test_the_seller_takes_it_back(cast):
    code = accepted(cast)
    change = ask(cast, code, 1)
    with writing():
        changes.withdraw(change_of(change), cast.member)
    said = db.session.scalars(select(OutgoingSms.body).order_by(OutgoingSms.id.desc())).first()
    assert f"/changes/{change}" not in said and code[-4:] in said  # the buyer need not answer any more
    assert (change_of(change).state, order_of(code).asking, packs(code)) == (ChangeState.WITHDRAWN, False, [3, 3])
    act(order_of(code).id, "pack")
    assert violations() == []


@pytest.mark.parametrize("first", [*ANSWERS, "withdraw"])
@pytest.mark.parametrize("second", [*ANSWERS, "withdraw"])
def test_one_answer_counts(cast, first, second):
    code = accepted(cast)
    change = ask(cast, code, 1)
    acts = ANSWERS | {"withdraw": changes.withdraw}
    with writing():
        acts[first](change_of(change), cast.member)
    before = (packs(code), order_of(code).due, stock(cast))
    with pytest.raises(Conflict), writing():
        acts[second](change_of(change), cast.member)
    assert (packs(code), order_of(code).due, stock(cast)) == before
    assert violations() == []


def test_short_again_counts_from_what_is_left(cast):
    code = accepted(cast)
    total = order_of(code).total
    answer(ask(cast, code, 2), "agree")
    answer(ask(cast, code, 1, 2), "agree")
    assert (packs(code), order_of(code).due) == ([1, 2], total - 2 * TEA - GREENS)
    assert [(one.action) for one in order_of(code).events][-4:] == ["ask_change", "agree_change"] * 2
    kept = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action == "order_agree_change")).all()
    assert (len(kept), violations()) == (2, [])


def test_what_cannot_be_proposed(cast):
    code = accepted(cast)
    with pytest.raises(Invalid):
        ask(cast, code, 3, 3)
    with pytest.raises(DomainError):
        ask(cast, code, 0, 0)
    ask(cast, code, 1)
    with pytest.raises(Conflict):
        ask(cast, code, 2)
    assert violations() == []


@pytest.mark.parametrize("state", ["packed", "cancelled", "placed"])
def test_only_while_it_is_prepared(cast, state):
    code = accepted(cast)
    with writing():
        order_of(code).state = OrderState(state)
    with pytest.raises(Conflict):
        ask(cast, code, 1)


def test_the_rest_must_be_something(cast):
    code = accepted(cast, tea=3)
    with pytest.raises(DomainError):
        answer(ask(cast, code, 1), "leave_out")


def test_a_voucher_needs_enough_that_is_left(cast):
    """Three of 120,000 with 100,000 off: one is less than twice what the voucher takes, two are enough."""
    voucher(cast, value=100_000, uses_most=10)
    purchase = with_voucher(cast, "TET2027", tea=3)
    code = purchase.orders[0].code
    act(order_of(code).id, "accept")
    with pytest.raises(DomainError, match=r"voucher|giảm giá"):
        ask(cast, code, 1)
    assert not order_of(code).asking
    ask(cast, code, 2)
    assert order_of(code).asking


@pytest.mark.parametrize(("due", "hours"), [(1, 3), (-5, 3), (10, 10), (24, 24), (72, 24)])
def test_how_long_a_buyer_is_asked(due, hours):
    now = clock.now()
    assert until(now + timedelta(hours=due), now) == now + timedelta(hours=hours)
