"""Our rows as the provider's lists name them, and the differences that are open."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from shop.core.codes import token_digest
from shop.core.db import db
from shop.orders.models import Purchase
from shop.payments.disputes.models import Dispute
from shop.payments.models import Payment, PaymentState, Refund, RefundState
from shop.payments.passing.models import Passing, PassingState
from shop.payments.reconciling.models import Comparison, Finding
from shop.payments.reconciling.policies import Here

AT_ONCE = 500
MOST_OPEN = 5_000


def paid(references: Iterable[str], since: datetime) -> dict[str, Here]:
    """Return the paid payments with these references, and those that settled since and are not among them."""
    rows = select(Payment.provider_reference, Payment.amount).where(
        Payment.state == PaymentState.PAID, Payment.provider_reference.is_not(None)
    )
    found = _by(rows, Payment.provider_reference, references) + list(
        db.session.execute(rows.where(Payment.created_at >= since))
    )
    return {reference: Here(amount, "done") for reference, amount in found}


def refunds(references: Iterable[str], since: datetime) -> dict[str, Here]:
    """Return the refunds with these references, and those that were sent since."""
    rows = select(Refund.provider_reference, Refund.amount, Refund.state, Refund.reason).where(
        Refund.provider_reference.is_not(None)
    )
    sent = Refund.created_at >= since, Refund.state.in_((RefundState.SENT, RefundState.DONE))
    found = _by(rows, Refund.provider_reference, references) + list(db.session.execute(rows.where(*sent)))
    return {reference: Here(amount, state.value, reason) for reference, amount, state, reason in found}


def passings(references: Iterable[str], since: datetime) -> dict[str, Here]:
    """Return what was passed on under these references, and since, with what was taken back of it."""
    back = aliased(Passing)
    gone = select(func.coalesce(func.sum(back.provider_amount), 0)).where(
        back.back_of_id == Passing.id, back.state == PassingState.DONE
    )
    rows = select(Passing.provider_reference, Passing.provider_amount, gone.scalar_subquery()).where(
        Passing.provider_reference.is_not(None), Passing.back_of_id.is_(None)
    )
    found = _by(rows, Passing.provider_reference, references) + list(
        db.session.execute(rows.where(Passing.created_at >= since))
    )
    return {reference: Here(amount, "done", "", int(taken)) for reference, amount, taken in found}


def disputes(references: Iterable[str]) -> dict[str, str]:
    """Return the states of the disputes with these references."""
    rows = select(Dispute.reference, Dispute.state)
    return {reference: state.value for reference, state in _by(rows, Dispute.reference, references)}


def _by(rows: Any, column: Any, references: Iterable[str]) -> list[Any]:
    wanted, found = list(references), []
    for start in range(0, len(wanted), AT_ONCE):
        found += list(db.session.execute(rows.where(column.in_(wanted[start : start + AT_ONCE]))))
    return found


def open_payment_of(purchase_digest: str) -> int | None:
    """Return the id of the unpaid payment of the purchase with this digest of its link, or None."""
    open_still = Payment.state != PaymentState.PAID, Payment.provider_session.is_not(None)
    rows = select(Payment.id, Purchase.token).join(Purchase, Purchase.id == Payment.purchase_id).where(*open_still)
    found = db.session.execute(rows.order_by(Payment.id.desc()).limit(MOST_OPEN))
    return next((key for key, token in found if token_digest(token) == purchase_digest), None)


def finding(kind: str, subject: str) -> Finding | None:
    """Return the kept difference, or None."""
    return db.session.scalar(select(Finding).where(Finding.kind == kind, Finding.subject == subject))


def open_findings(limit: int = 200) -> list[Finding]:
    """Return the differences that are there still, the oldest first."""
    return list(db.session.scalars(select(Finding).where(Finding.gone_at.is_(None)).order_by(Finding.id).limit(limit)))


def number() -> int:
    """Count the differences that are there still."""
    return int(db.session.scalar(select(func.count(Finding.id)).where(Finding.gone_at.is_(None))) or 0)


def last() -> Comparison | None:
    """Return the last comparison that ended, or None."""
    done = select(Comparison).where(Comparison.done_at.is_not(None)).order_by(Comparison.id.desc()).limit(1)
    return db.session.scalar(done)
