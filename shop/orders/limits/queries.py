"""Reading what a buyer has unpaid and what came back."""

from typing import Any

from sqlalchemy import and_, func, or_, select

from shop.core.db import db
from shop.orders.confirming.queries import in_cash, refused_lately
from shop.orders.lifecycle import OrderState as S
from shop.orders.limits import policies
from shop.orders.limits.models import CashLift
from shop.orders.limits.policies import Unpaid, Wish
from shop.orders.models import Method, Order, Purchase

UNDER_WAY = (S.PLACED, S.ACCEPTED, S.PACKED, S.HANDED_OVER)


def refusal(wish: Wish) -> Any | None:
    """Say why this wish may not be had so, or None. Exact only under services.check()."""
    if wish.method is Method.CARD:
        return None
    if sentence := policies.paid_by_another(wish):
        return sentence
    sentence = policies.came_back(refusals_of(wish.phone)) if wish.method is Method.CASH else None
    return sentence or policies.over(wish, unpaid(wish))


def unpaid(wish: Wish) -> Unpaid:
    """Return what is under way and unpaid for this number or account, in cash or waiting for a transfer."""
    whose = Purchase.phone == wish.phone
    if wish.buyer_id is not None:
        whose = or_(whose, Purchase.buyer_id == wish.buyer_id)
    cash = and_(in_cash(), Order.awaiting_payment.is_(False), Order.state.in_(UNDER_WAY))
    transfer = and_(Purchase.method == Method.BANK_QR, Order.awaiting_payment.is_(True), Order.state == S.PLACED)
    which = cash if wish.method is Method.CASH else transfer
    rows = select(func.count(Order.id), func.coalesce(func.sum(Order.due), 0)).join(Order.purchase)
    return Unpaid(*db.session.execute(rows.where(whose, which)).one())


def refusals_of(phone: str) -> int:
    """Return how many parcels for this number came back and still count."""
    lifted = db.session.scalar(select(func.max(CashLift.at)).where(CashLift.phone == phone))
    return refused_lately(phone, lifted)


def lifts(limit: int = 50) -> list[CashLift]:
    """Return the newest lifts."""
    return list(db.session.scalars(select(CashLift).order_by(CashLift.id.desc()).limit(limit)))
