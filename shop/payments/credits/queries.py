"""Reading what a cooperative still has to send back by hand."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from cooperatives.queries import open_to
from shop.accounts.models import User
from shop.core.db import db
from shop.orders.models import Method, Order, Purchase
from shop.payments.models import Payment, PaymentPart, Refund, RefundState


def _by_hand(user: User) -> Select[Refund]:
    return (
        select(Refund)
        .join(PaymentPart, PaymentPart.id == Refund.part_id)
        .join(Payment, Payment.id == PaymentPart.payment_id)
        .join(Order, Order.id == PaymentPart.order_id)
        .where(Payment.method != Method.CARD, Order.cooperative_id.in_(open_to(user)))
        .options(
            joinedload(Refund.part).joinedload(PaymentPart.order).joinedload(Order.purchase).load_only(Purchase.name)
        )
    )


def to_send_back(user: User) -> list[Refund]:
    """Return the refunds of transfers and of cash that wait for this person's cooperatives, the oldest first."""
    waiting = _by_hand(user).where(Refund.state == RefundState.DUE)
    return list(db.session.scalars(waiting.order_by(Refund.id).limit(200)))


def one_to_send_back(user: User, code: str, reason: str) -> Select[Refund]:
    """Select the refund of the order with this code, by its reason, whether it waits or was noted."""
    return _by_hand(user).where(Order.code == code, Refund.reason == reason)
