"""Reading what money of an order can still go back, and for what."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from cooperatives.bank.queries import is_manager
from shop.accounts.models import User
from shop.core.db import db
from shop.orders.lifecycle import OrderState as S
from shop.orders.models import Order, OrderLine
from shop.orders.redemptions.queries import cost_of
from shop.payments.models import Payment, PaymentPart, PaymentState, Refund
from shop.payments.refunds.queries import left_of

MAY = frozenset({S.ACCEPTED, S.PACKED, S.HANDED_OVER, S.DELIVERED})


def paid_part(order: Order) -> PaymentPart | None:
    """Return the paid part of an order with its payment, or None."""
    rows = select(PaymentPart).join(PaymentPart.payment).options(contains_eager(PaymentPart.payment))
    return db.session.scalar(rows.where(PaymentPart.order_id == order.id, Payment.state == PaymentState.PAID))


def left_of_line(line: OrderLine, refunds: list[Refund]) -> int:
    """Return what the buyer paid for a line, less what goes back for it (đồng)."""
    return cost_of(line) - sum(refund.amount for refund in refunds if refund.line_id == line.id)


def may_give_back(order: Order, user: User) -> bool:
    """Say whether this person may give money of the order back: a manager of its seller, and something is left."""
    if order.state not in MAY:
        return False
    part = paid_part(order)
    return part is not None and left_of(part) > 0 and is_manager(order.cooperative, user)
