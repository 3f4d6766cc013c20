"""Once an hour Stripe's lists are held against our rows: what was lost is healed, any other difference is found."""

import pytest
from sqlalchemy import delete, select, update

from shop.core.db import db, writing
from shop.payments.disputes.models import Dispute
from shop.payments.models import Payment, PaymentState, Refund, RefundState
from shop.payments.passing.models import Passing
from shop.payments.reconciling import checks
from shop.payments.reconciling.models import Comparison, Difference, Finding
from shop.payments.reconciling.tasks import reconcile
from tests.shop.orders.buying import act
from tests.shop.payments.outside import by_card, kinds, orders_of, payment_of, session_of, sweep
from tests.shop.payments.passing_on import opened, passed
from tests.shop.payments.test_refunds import later

D = Difference


@pytest.fixture
def paid(cast, outside):
    """Tea and honey, paid by card; the honey was cancelled and went back; the tea was passed on."""
    made = by_card(cast, tea=2, honey=1)
    outside.pay(session_of(made))
    outside.deliver()
    act(orders_of(made)[1].id, "cancel")
    sweep()
    opened(outside, cast)
    passed()
    return made


def found():
    later(hours=1)
    reconcile()
    rows = select(Finding.kind).where(Finding.gone_at.is_(None))
    return sorted(kind.value for kind in db.session.scalars(rows))


def spoil(statement):
    with writing():
        db.session.execute(statement)


def test_what_is_the_same_is_compared_once_an_hour(outside, paid):
    assert (found(), reconcile()) == ([], 0)
    (kept,) = db.session.scalars(select(Comparison)).all()
    assert (kept.looked, kept.found, kept.healed, bool(kept.done_at)) == (3, 0, 0, True)
    assert list(checks.the_provider_says_the_same()) == []


def test_a_payment_whose_event_was_lost_is_settled(cast, outside):
    made = by_card(cast, tea=1)
    outside.pay(session_of(made))
    assert found() == []
    assert payment_of(made).state is PaymentState.PAID
    assert db.session.scalars(select(Comparison.healed)).one() == 1


def test_a_refund_and_a_dispute_whose_events_were_lost_are_taken(cast, outside, paid):
    spoil(update(Refund).values(state=RefundState.SENT, done_at=None))
    from shop.ledger import triggers
    from shop.ledger.models import Kind, LedgerEntry

    with writing() as session:  # as if the answer had never come
        triggers.drop(session.connection())
        session.execute(delete(LedgerEntry).where(LedgerEntry.kind == Kind.REFUND_BY_CARD))
        triggers.create(session.connection())
    outside.control("disputes", payment_intent=payment_of(paid).provider_reference)
    assert found() == []
    assert db.session.scalars(select(Refund.state)).one() is RefundState.DONE
    assert db.session.scalars(select(Dispute.amount)).one() == 264_000
    assert kinds(payment_of(paid))[-1] == "disputed"


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        (update(Payment).values(provider_reference="pi_else"), [D.PAID_HERE, D.PAID_THERE]),
        (update(Payment).values(amount=Payment.amount + 1), [D.AMOUNT]),
        (update(Refund).values(provider_reference="re_else", reason="x"), [D.REFUND_HERE, D.REFUND_THERE]),
        (update(Refund).values(amount=Refund.amount - 1), [D.AMOUNT]),
        (update(Refund).values(state=RefundState.FAILED), [D.REFUND_STATE]),
        (update(Passing).values(provider_reference="tr_else"), [D.PASSED_HERE, D.PASSED_THERE]),
        (update(Passing).values(provider_amount=1), [D.AMOUNT]),
    ],
    ids=str,
)
def test_every_planted_difference_is_found_and_gone_when_mended(outside, paid, statement, kind):
    before = [
        (table, db.session.execute(select(table.__table__)).mappings().all()) for table in (Payment, Refund, Passing)
    ]
    before = [(table, [dict(row) for row in rows]) for table, rows in before]
    spoil(statement)
    assert found() == sorted(one.value for one in kind)
    assert list(checks.the_provider_says_the_same())
    with writing():
        for table, rows in before:
            for row in rows:
                db.session.execute(update(table).where(table.id == row["id"]).values(**row))
    assert found() == []
    assert db.session.scalars(select(Finding.gone_at)).first() is not None


def test_money_taken_back_by_hand_at_stripe_is_found(outside, paid):
    (sent,) = outside.api.v1.transfers.list().data
    outside.api.v1.transfers.reversals.create(sent.id, {"amount": 1_000})
    assert found() == [D.PASSED_BACK.value]


def test_a_refund_by_hand_at_stripe_is_found(outside, paid):
    outside.api.v1.refunds.create({"payment_intent": payment_of(paid).provider_reference, "amount": 1_000})
    assert found() == [D.REFUND_THERE.value]


def test_stripe_away_is_tried_again_the_next_hour(outside, paid):
    later(hours=1)
    outside.fail_next("down")
    assert reconcile() == 0
    assert db.session.scalars(select(Comparison.problem)).one()
    assert found() == []


def test_the_admin_reads_what_differs(browser, cast, outside, paid):
    spoil(update(Passing).values(provider_amount=1))
    found()
    browser.sign_in(cast.user("admin"))
    browser.get("/staff/card-money")
    assert browser.says("The amounts differ")
    browser.get("/desk")
    assert browser.says("Card money that differs")
    for who in ("member", "officer", "buyer"):
        browser.sign_in(cast.user(who))
        assert browser.get("/staff/card-money").status_code == 403
