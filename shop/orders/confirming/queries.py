"""Reading what must be confirmed: by the receiver's link; and what is known of a number."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from shop.accounts.models import User
from shop.core import clock
from shop.core.db import db
from shop.orders.confirming.policies import LATELY, Past
from shop.orders.lifecycle import OrderState as S
from shop.orders.models import Answer, Confirmation, Method, Order, OrderEvent, Purchase


def waits() -> ColumnElement[bool]:
    """The buyer of the order is still to be asked."""
    return exists().where(Confirmation.order_id == Order.id, Confirmation.answer == Answer.WAITING)


def by_key(key: str) -> list[Confirmation]:
    """Return what the link in a receiver's SMS asks about, with orders, lines and purchase; empty for no such link."""
    rows = select(Confirmation).where(Confirmation.key == key).order_by(Confirmation.order_id)
    whole = joinedload(Confirmation.order).options(selectinload(Order.lines), joinedload(Order.purchase))
    return list(db.session.scalars(rows.options(whole)))


def past_of(phone: str, user: User | None) -> Past:
    """Return what is known of a phone number (E.164) before this order."""
    arrived = select(
        exists().where(Order.purchase_id == Purchase.id, Purchase.phone == phone, Order.state == S.DELIVERED)
    )
    proven = user is not None and user.phone == phone
    return Past(bool(db.session.scalar(arrived)), refused_lately(phone), proven)


def in_cash() -> ColumnElement[bool]:
    """The order is paid at the door, from the first or after all."""
    changed = exists().where(OrderEvent.order_id == Order.id, OrderEvent.action == "to_cash")
    return or_(Purchase.method == Method.CASH, changed)


def refused_lately(phone: str, since: datetime | None = None) -> int:
    """Return how many cash orders for this number were not taken at the door in the last 180 days, or since then."""
    after = max(since or clock.now() - LATELY, clock.now() - LATELY)
    refused = exists().where(OrderEvent.order_id == Order.id, OrderEvent.action == "refuse", OrderEvent.at > after)
    rows = select(func.count(Order.id)).join(Order.purchase)
    return int(
        db.session.scalar(rows.where(Purchase.phone == phone, Order.state == S.REFUSED, in_cash(), refused)) or 0
    )
