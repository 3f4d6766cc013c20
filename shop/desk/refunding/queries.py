"""Reading what money of an order can still go back, and for what."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from cooperatives.bank.queries import is_manager
from shop.accounts.models import User
from shop.core.db import db
from shop.orders.changes.policies import Now
from shop.orders.lifecycle import OrderState as S
from shop.orders.models import Order
from shop.orders.redemptions.queries import costs_of
from shop.payments.models import Payment, PaymentPart, PaymentState, Refund
from shop.payments.refunds.queries import left_of

MAY = frozenset({S.ACCEPTED, S.PACKED, S.HANDED_OVER, S.DELIVERED})


def paid_part(order: Order) -> PaymentPart | None:
    """Return the paid part of an order with its payment, or None."""
    rows = select(PaymentPart).join(PaymentPart.payment).options(contains_eager(PaymentPart.payment))
    return db.session.scalar(rows.where(PaymentPart.order_id == order.id, Payment.state == PaymentState.PAID))


def left_of_lines(order: Order, lines: Sequence[Now], refunds: Iterable[Refund]) -> dict[int, int]:
    """Return what the buyer pays for each line as it stands now, less what goes back for it: đồng, by its id."""
    left = costs_of(order, lines)
    for refund in refunds:
        if refund.line_id is not None:
            left[refund.line_id] = max(left[refund.line_id] - refund.amount, 0)
    return left


def may_give_back(order: Order, user: User) -> bool:
    """Say whether this person may give money of the order back: a manager of its seller, and something is left."""
    if order.state not in MAY:
        return False
    part = paid_part(order)
    return part is not None and left_of(part) > 0 and is_manager(order.cooperative, user)
