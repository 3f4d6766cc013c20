"""Sweeps of payments: what is due without a provider, and those of the rooms inside."""

from collections.abc import Callable

from shop.core.db import db, writing
from shop.orders.models import Purchase
from shop.payments import queries, services
from shop.payments.inbox import tasks as inbox
from shop.payments.online import tasks as online
from shop.payments.refunds import tasks as refunds

AT_ONCE = 100


def open_missing() -> int:
    """Keep what is to be paid for purchases that have nothing to pay yet; returns how many."""
    found = queries.without_payment(AT_ONCE)
    if found:
        with writing():
            for purchase_id in found:
                services.open_payment(db.session.get_one(Purchase, purchase_id))
    return len(found)


def follow_cash() -> int:
    """Book the cash of orders that were delivered, and drop that of orders that ended; returns how many."""
    found = queries.cash_to_follow(AT_ONCE)
    if not found:
        return 0
    with writing():
        return sum(services.follow_cash(payment_id) for payment_id in found)


SWEEPS: list[Callable[[], int]] = [open_missing, follow_cash, *inbox.SWEEPS, *online.SWEEPS, *refunds.SWEEPS]
