"""A buyer's bank takes a payment back: kept, shown with its last day, booked, and never refunded beside it."""

import pytest
from sqlalchemy import select

from shop.core.codes import shown
from shop.core.db import db, writing
from shop.core.errors import Conflict
from shop.ledger import checks as ledger_checks
from shop.ledger.models import Account
from shop.ledger.queries import balances
from shop.notices.models import Notice
from shop.payments.books import checks as book_checks
from shop.payments.disputes import checks as dispute_checks
from shop.payments.disputes.lifecycle import DisputeState
from shop.payments.disputes.models import Dispute
from shop.payments.models import REPAID, PaymentPart, Refund, RefundState
from shop.payments.refunds.services import promise_some
from shop.payments.refunds.tasks import promise_refunds
from tests.cast import THAN_UYEN
from tests.shop.orders.buying import act, at
from tests.shop.payments.outside import by_card, inbox, orders_of, payment_of, session_of, sweep
from tests.shop.payments.outside import violations as payment_violations

A, S = Account, DisputeState
TEA, HONEY = 264_000, 278_000


@pytest.fixture
def paid(cast, outside):
    """Tea and honey of two sellers, paid by card, on their way."""
    made = by_card(cast, tea=2, honey=1)
    outside.pay(session_of(made))
    outside.deliver()
    for order in orders_of(made):
        at(order.id, "handed_over")
    return made


def disputed(outside, purchase, **how):
    found = outside.control("disputes", payment_intent=payment_of(purchase).provider_reference, **how)
    outside.deliver()
    db.session.rollback()
    return found


def dispute():
    return db.session.scalars(select(Dispute).execution_options(populate_existing=True)).one()


def holds(cast, seller="cooperative"):
    return {account: amount for account, amount in balances()[cast.ids[seller]].items() if amount}


def violations():
    checks = (*ledger_checks.CHECKS, *book_checks.CHECKS, *dispute_checks.CHECKS)
    return payment_violations() + [problem for check in checks for problem in check()]


def test_it_is_kept_and_shared_out(cast, outside, paid):
    found = disputed(outside, paid, reason="product_not_received")
    kept = dispute()
    assert (kept.reference, kept.amount, kept.state) == (found["id"], TEA + HONEY, S.OPEN)
    assert [share.amount for share in kept.shares] == [TEA, HONEY]
    assert int(kept.due_at.timestamp()) == found["evidence_details"]["due_by"]
    assert holds(cast) == {A.DISPUTED: TEA, A.SALES: TEA}
    assert {row.problem for row in inbox()} == {None}
    assert violations() == []


def test_who_can_answer_is_told_until_when_and_sees_what_helps(browser, cast, outside, paid):
    disputed(outside, paid, reason="product_not_received")
    told = set(db.session.scalars(select(Notice.user_id).where(Notice.kind == "disputed")))
    assert {cast.ids["member"], cast.ids["stranger"], cast.ids["admin"]} <= told
    for who, theirs in (("member", False), ("officer", False), ("admin", True)):
        browser.sign_in(cast.user(who))
        browser.get("/disputes")
        assert browser.says("The buyer says: nothing arrived.")
        assert bool(browser.all('a[href^="https://dashboard.stripe.com/test/disputes/du_"]')) is theirs
        browser.get("/desk")
        assert browser.says("Disputed payments to answer")


@pytest.mark.parametrize(("who", "status"), [("second_member", 403), ("buyer", 403)])
def test_it_is_nobody_elses_business(browser, cast, outside, paid, who, status):
    browser.sign_in(cast.user(who))
    assert browser.get("/disputes").status_code == status


def test_a_manager_reads_only_disputes_of_own_orders(browser, cast, outside):
    made = by_card(cast, honey=1)
    outside.pay(session_of(made))
    outside.deliver()
    disputed(outside, made)
    browser.sign_in(cast.member)
    browser.get("/disputes")
    assert browser.says("No payment is disputed")


def test_of_a_shared_purchase_each_reads_the_own_part(browser, cast, outside, paid):
    """A manager reads nothing of the other seller; the officer of both communes and the admin read both."""
    disputed(outside, paid, reason="product_not_received")
    tea, honey = (shown(order.code) for order in orders_of(paid))
    sees = {"member": [tea], "stranger": [honey], "officer": [tea, honey], "admin": [tea, honey]}
    for who, codes in sees.items():
        browser.sign_in(cast.user(who))
        browser.get("/disputes")
        assert [code for code in (tea, honey) if code in browser.text] == codes
        names = [one.text_content() for one in browser.all(".order-lines li > span:first-child")]
        assert len(names) == len(codes)
    amount = {"member": "264.000", "stranger": "278.000", "officer": "542.000"}
    for who, money in amount.items():
        browser.sign_in(cast.user(who))
        browser.get("/disputes")
        assert money in browser.one(".panel dl").text_content()


def test_an_officer_reads_of_the_own_communes(browser, cast, outside, paid):
    disputed(outside, paid)
    with writing():
        cast.cooperative("other_cooperative").commune_code = THAN_UYEN
    tea, honey = (shown(order.code) for order in orders_of(paid))
    for who, code in (("officer", tea), ("officer_elsewhere", honey)):
        browser.sign_in(cast.user(who))
        browser.get("/disputes")
        assert [one for one in (tea, honey) if one in browser.text] == [code]


def test_nothing_is_given_back_beside_it(cast, outside, paid):
    part = db.session.scalars(select(PaymentPart.id).order_by(PaymentPart.id)).first()
    disputed(outside, paid)
    with pytest.raises(Conflict), writing():
        promise_some(part, 1_000, "line-1-1", cast.member)
    act(orders_of(paid)[0].id, "refuse")
    sweep()
    assert (promise_refunds(), outside.refunds()) == (0, [])
    assert violations() == []


def test_won_the_money_comes_back_and_the_order_may_be_refunded(cast, outside, paid):
    disputed(outside, paid)
    disputed(outside, paid, decide="won")
    assert (dispute().state, holds(cast)) == (S.WON, {A.CARD: TEA, A.SALES: TEA})
    act(orders_of(paid)[0].id, "refuse")
    sweep()
    assert [one.amount for one in outside.refunds()] == [TEA]
    assert violations() == []


def test_lost_it_was_no_sale(cast, outside, paid):
    disputed(outside, paid)
    disputed(outside, paid, decide="lost")
    assert (dispute().state, holds(cast), holds(cast, "other_cooperative")) == (S.LOST, {}, {})
    act(orders_of(paid)[0].id, "refuse")
    sweep()
    assert outside.refunds() == []  # the buyer has the money
    assert violations() == []


def test_lost_after_the_order_ended_it_was_owed_anyway(cast, outside, paid):
    disputed(outside, paid)
    act(orders_of(paid)[0].id, "refuse")
    disputed(outside, paid, decide="lost")
    assert [(share.sale, share.repaid) for share in dispute().shares] == [(0, TEA), (HONEY, 0)]
    assert holds(cast) == {}
    assert promise_refunds() == 0
    assert violations() == []


def test_a_promise_that_was_not_sent_is_the_banks_work_then(cast, outside, paid):
    part = db.session.scalars(select(PaymentPart.id).order_by(PaymentPart.id)).first()
    with writing():
        promise_some(part, 64_000, "line-1-1", cast.member)
    disputed(outside, paid)
    sweep()
    assert outside.refunds() == []
    disputed(outside, paid, decide="lost")
    refund = db.session.scalars(select(Refund)).one()
    assert (refund.state, refund.problem) == (RefundState.FAILED, REPAID)
    assert [(share.sale, share.repaid) for share in dispute().shares] == [(TEA - 64_000, 64_000), (HONEY, 0)]
    assert holds(cast) == {}
    assert violations() == []


def test_an_inquiry_takes_nothing_and_money_may_go_back(cast, outside, paid):
    disputed(outside, paid, inquiry=True)
    assert (dispute().state, holds(cast)) == (S.INQUIRY, {A.CARD: TEA, A.SALES: TEA})
    act(orders_of(paid)[0].id, "refuse")
    sweep()
    assert [one.amount for one in outside.refunds()] == [TEA]


def test_events_five_times_and_shuffled_change_nothing_more(cast, outside, paid):
    disputed(outside, paid)
    disputed(outside, paid, decide="won")
    outside.deliver(times=5, seed=3)
    assert holds(cast) == {A.CARD: TEA, A.SALES: TEA}
    assert violations() == []


def test_a_dispute_of_somebody_elses_payment_is_not_ours(outside, paid):
    about = {"id": "du_x", "object": "dispute", "payment_intent": "pi_else"}
    outside.control("events", type="charge.dispute.created", object=about)
    outside.deliver()
    assert [row.problem for row in inbox() if row.kind == "charge.dispute.created"] == ["not ours"]


def test_a_card_that_is_disputed_at_once(cast, outside):
    made = by_card(cast, tea=2)
    outside.pay(session_of(made), "4000 0000 0000 0259")
    outside.deliver()
    assert (dispute().state, dispute().reason) == (S.OPEN, "fraudulent")
    assert violations() == []
