"""What `flask verify` proves about cash at the door: taken once, paid in in sums that add up."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import and_, func, or_, select

from shop.core.db import db
from shop.orders.models import Method, Order
from shop.payments.models import Payment, PaymentPart, PaymentState
from shop.payments.takings.models import CashTaking, Remittance, TakingState


def paid_cash_was_taken() -> Iterator[str]:
    """Cash that is paid was taken, all of it, for its seller; what is not paid was not taken."""
    paid = and_(Payment.method == Method.CASH, Payment.state == PaymentState.PAID)
    wrong = or_(CashTaking.amount != Payment.amount, CashTaking.cooperative_id != Order.cooperative_id)
    rows = (
        select(Payment.id, Payment.amount, CashTaking.amount)
        .join(PaymentPart, PaymentPart.payment_id == Payment.id)
        .join(Order, Order.id == PaymentPart.order_id)
        .outerjoin(CashTaking, CashTaking.payment_id == Payment.id)
        .where(or_(and_(paid, CashTaking.payment_id.is_(None)), and_(~paid, CashTaking.payment_id.is_not(None)), wrong))
    )
    for key, amount, taken in _rows(rows):
        yield f"payment {key}: {amount} đồng, of it taken at the door: {taken or 0}"


def paid_in_what_was_taken() -> Iterator[str]:
    """A sum that was paid in is due for its orders, all of one seller, and they stand where it stands."""
    total = func.coalesce(func.sum(CashTaking.amount), 0)
    rows = (
        select(Remittance.code, Remittance.due, total)
        .outerjoin(CashTaking, CashTaking.remittance_id == Remittance.id)
        .group_by(Remittance.id, Remittance.code, Remittance.due)
        .having(total != Remittance.due)
    )
    for code, due, made in _rows(rows):
        yield f"remittance {code}: {due} đồng due, its orders make {made}"
    seen = CashTaking.state == TakingState.RECONCILED
    wrong = or_(
        CashTaking.cooperative_id != Remittance.cooperative_id,
        and_(seen, Remittance.seen_at.is_(None)),
        and_(~seen, Remittance.seen_at.is_not(None)),
    )
    joined = select(Remittance.code, CashTaking.payment_id).join(CashTaking, CashTaking.remittance_id == Remittance.id)
    for code, key in _rows(joined.where(wrong)):
        yield f"remittance {code}: payment {key} stands elsewhere"


def _rows(statement: Any) -> Any:
    return db.session.execute(statement)


CHECKS: list[Callable[[], Iterable[str]]] = [paid_cash_was_taken, paid_in_what_was_taken]
