"""Reading the one payment of an order that counts."""

from sqlalchemy import select

from shop.core.db import db
from shop.payments.models import Payment, PaymentPart, PaymentState


def live_part(order_id: int) -> PaymentPart | None:
    """Return the part of an order in its payment that has not lapsed, the payment's row held; None where it has none.

    An order that is being prepared has at most one: see the check every_order_is_paid_for_once.
    """
    rows = select(PaymentPart).join(PaymentPart.payment).where(PaymentPart.order_id == order_id)
    held = rows.where(Payment.state != PaymentState.LAPSED).with_for_update(of=Payment)
    part = db.session.scalars(held.execution_options(populate_existing=True)).one_or_none()
    if part is not None:
        db.session.refresh(part.payment)
    return part
