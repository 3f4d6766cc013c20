"""Keeping one step of an order: the event both sides read, the audit row, the booking."""

from typing import Any

from shop.accounts.models import User
from shop.audit import services as audit
from shop.core.db import db
from shop.orders import books
from shop.orders.models import Order, OrderEvent


def keep(order: Order, action: str, actor: User | None, by: str, note: str = "", **facts: Any) -> None:
    """Keep a step that was just taken. `by` is buyer, cooperative, officer or system.

    Of the facts, `press` names the press of a button on a phone that may send it twice.
    """
    who = {"by": by, "actor_id": actor.id if actor else None, "press": facts.get("press")}
    event = OrderEvent(order_id=order.id, action=action, state=order.state, note=note, **who)
    db.session.add(event)
    audit.record(f"order_{action}", order, actor, code=order.code, state=order.state.value, by=by, **facts)
    books.keep(order, event)
    db.session.expire(order, ["events", "shipment"])
