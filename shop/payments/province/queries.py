"""Reading what the province owes for its vouchers."""

from typing import Any, NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from cooperatives.models import Cooperative
from shop.core.db import db
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order
from shop.orders.redemptions.lifecycle import ShareState
from shop.orders.redemptions.models import Redemption, RedemptionShare
from shop.payments.province.models import VoucherPayout
from shop.vouchers.models import Voucher


class Debt(NamedTuple):
    """What the province owes one cooperative, in đồng: due now, and for orders that have not arrived yet."""

    code: str
    name: str
    due: int
    under_way: int


def debts() -> list[Debt]:
    """Return what is due or under way for each cooperative, by name."""
    delivered = case((Order.state == OrderState.DELIVERED, RedemptionShare.amount), else_=0)
    shares = _shares(
        Order.cooperative_id, func.sum(delivered).label("due"), func.sum(RedemptionShare.amount).label("all")
    )
    owed = shares.group_by(Order.cooperative_id).subquery()
    paid = (
        select(VoucherPayout.cooperative_id, func.sum(VoucherPayout.amount).label("paid"))
        .group_by(VoucherPayout.cooperative_id)
        .subquery()
    )
    rows = (
        select(Cooperative.code, Cooperative.name, owed.c.due, owed.c.all, func.coalesce(paid.c.paid, 0))
        .join(owed, owed.c.cooperative_id == Cooperative.id)
        .outerjoin(paid, paid.c.cooperative_id == Cooperative.id)
        .order_by(Cooperative.name)
    )
    found = [
        Debt(code, name, int(due) - int(gone), int(made) - int(due))
        for code, name, due, made, gone in db.session.execute(rows)
    ]
    return [one for one in found if one.due or one.under_way]


def due_to(cooperative_id: int) -> int:
    """Return what the province owes a cooperative for delivered orders, in đồng."""
    arrived = Order.cooperative_id == cooperative_id, Order.state == OrderState.DELIVERED
    made = db.session.scalar(_shares(func.sum(RedemptionShare.amount)).where(*arrived))
    mine = VoucherPayout.cooperative_id == cooperative_id
    gone = db.session.scalar(select(func.sum(VoucherPayout.amount)).where(mine))
    return int(made or 0) - int(gone or 0)


def seller(code: str) -> Cooperative | None:
    """Return the cooperative with this public code."""
    return db.session.scalar(select(Cooperative).where(Cooperative.code == code))


def payouts(limit: int = 50) -> list[VoucherPayout]:
    """Return the newest payouts."""
    rows = select(VoucherPayout).order_by(VoucherPayout.id.desc()).limit(limit)
    return list(
        db.session.scalars(rows.options(joinedload(VoucherPayout.cooperative), joinedload(VoucherPayout.noted_by)))
    )


def _shares(*columns: Any) -> Any:
    return (
        select(*columns)
        .join_from(RedemptionShare, Order, Order.id == RedemptionShare.order_id)
        .join(Redemption, Redemption.id == RedemptionShare.redemption_id)
        .join(Voucher, Voucher.id == Redemption.voucher_id)
        .where(Voucher.cooperative_id.is_(None), RedemptionShare.state == ShareState.TAKEN)
    )
