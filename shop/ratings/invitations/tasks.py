"""The sweep that asks buyers to rate what came some days ago, each order once."""

from sqlalchemy import select

from shop.core.db import db, writing
from shop.orders.models import Order
from shop.ratings.invitations import queries, services

AT_ONCE = 100


def invite_buyers() -> int:
    """Ask the buyers of orders that were delivered three days ago; returns how many were asked."""
    keys = [order.id for order in queries.due(AT_ONCE)]
    db.session.rollback()
    asked = 0
    for key in keys:
        with writing():
            asked += services.invite(db.session.scalars(select(Order).where(Order.id == key)).one())
    return asked


SWEEPS = [invite_buyers]
