"""Reading refunds."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from shop.core.db import db
from shop.orders.models import Order
from shop.payments.disputes.queries import lost_of
from shop.payments.models import REPAID, Payment, PaymentPart, Refund
from shop.payments.models import WHOLE as REASONS_OF_ALL

WHOLE = joinedload(Refund.part).options(joinedload(PaymentPart.payment), joinedload(PaymentPart.order))


def locked_part(part_id: int) -> PaymentPart:
    """Return a part, the row of its payment held until the transaction ends."""
    part = db.session.get_one(PaymentPart, part_id)
    row = select(Payment).where(Payment.id == part.payment_id).with_for_update()
    db.session.scalars(row.execution_options(populate_existing=True)).one()
    db.session.refresh(part)
    db.session.refresh(part.order)
    return part


def lock_order(part: PaymentPart) -> None:
    """Hold the order of a part too, so that it does not end meanwhile."""
    row = select(Order).where(Order.id == part.order_id).with_for_update()
    db.session.scalars(row.execution_options(populate_existing=True)).one()


def one(refund_id: int) -> Refund:
    """Return a refund with its part, payment and order."""
    rows = select(Refund).where(Refund.id == refund_id).options(WHOLE).execution_options(populate_existing=True)
    return db.session.scalars(rows).one()


def of_part(part_id: int) -> list[Refund]:
    """Return the refunds of one part."""
    return list(db.session.scalars(select(Refund).where(Refund.part_id == part_id).order_by(Refund.id)))


def left_of(part: PaymentPart) -> int:
    """Return the money of a part (đồng) that nobody promised back and no lost dispute took."""
    return part.amount - sum(refund.amount for refund in of_part(part.id)) - lost_of(part.id)


def of_orders(order_ids: Iterable[int]) -> dict[int, list[Refund]]:
    """Return what of each order went back or goes back while it goes on, with its line; two queries for any number."""
    keys = list(order_ids)
    rows = select(PaymentPart.order_id, Refund).join(PaymentPart, PaymentPart.id == Refund.part_id)
    rows = rows.where(
        PaymentPart.order_id.in_(keys),
        Refund.reason.not_in(REASONS_OF_ALL),
        Refund.problem.is_distinct_from(REPAID),
    )
    found: dict[int, list[Refund]] = defaultdict(list)
    ordered = rows.order_by(Refund.id).options(selectinload(Refund.line))
    for order, refund in db.session.execute(ordered) if keys else ():
        found[order].append(refund)
    return found


def by_reference(reference: str) -> int | None:
    """Return the id of the refund the provider knows under this reference, or None."""
    return db.session.scalar(select(Refund.id).where(Refund.provider_reference == reference))


def by_name(name: str) -> int | None:
    """Return the id of the refund that we named so to the provider, or None. A reason may have dashes, no code has."""
    code, _dash, reason = name.partition("-")
    rows = select(Refund.id).join(PaymentPart, PaymentPart.id == Refund.part_id).join(Order)
    return db.session.scalar(rows.where(Order.code == code, Refund.reason == reason))


def payment_of_charge(reference: str) -> int | None:
    """Return the id of the payment that the provider charged under this reference, or None."""
    return db.session.scalar(select(Payment.id).where(Payment.provider_reference == reference))
