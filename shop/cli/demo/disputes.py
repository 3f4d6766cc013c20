"""A dispute of the demo: a card's bank took a payment back, and waits for an answer."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from shop.audit import services as audit
from shop.core import clock
from shop.core.db import db
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method, Order
from shop.payments.books import services as books
from shop.payments.disputes.lifecycle import DisputeState
from shop.payments.disputes.models import Dispute, DisputeShare
from shop.payments.models import Payment, PaymentEvent, PaymentPart

REFERENCE = "du_demo_1"
SINCE, TO_ANSWER = timedelta(days=2), timedelta(days=7)


def dispute_one() -> bool:
    """Let a bank take back what was paid for delivered orders, inside writing(); False where there are none.

    Of the first seller's orders where there are some: that manager is the one whose phone the demo names.
    """
    back, other = PaymentPart.refunded > 0, Order.state != OrderState.DELIVERED
    rows = (
        select(Payment)
        .join(Payment.parts)
        .join(PaymentPart.order)
        .where(
            Payment.method == Method.CARD,
            ~Payment.parts.any(back),
            ~Payment.parts.any(PaymentPart.order.has(other)),
        )
    )
    payment = db.session.scalars(rows.order_by(Order.cooperative_id, Payment.id.desc()).limit(1)).first()
    if payment is None:
        return False
    at = clock.now() - SINCE
    facts: dict[str, Any] = {"dispute": REFERENCE, "amount": payment.amount, "reason": "product_not_received"}
    row = Dispute(
        payment_id=payment.id,
        reference=REFERENCE,
        amount=payment.amount,
        reason="product_not_received",
        state=DisputeState.OPEN,
        due_at=at + TO_ANSWER,
        opened_at=at,
        taken_at=at,
    )
    row.shares = [DisputeShare(part_id=part.id, amount=part.amount) for part in payment.parts]
    db.session.add_all([row, PaymentEvent(payment_id=payment.id, kind="disputed", facts=facts)])
    db.session.flush()
    books.disputed(row.shares)
    audit.record("payment_disputed", payment, None, **facts)
    return True
