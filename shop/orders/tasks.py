"""Sweeps of orders."""

from collections.abc import Callable

from shop.core import clock
from shop.core.db import db, writing
from shop.core.i18n import gettext as _
from shop.core.i18n import use_language
from shop.core.present import settings
from shop.orders import queries, services
from shop.orders.models import Method, Order

# Payments ends a payment that does not arrive in time, and cancels its orders. What is left two hours later had
# none, because the machine stopped between placing and opening it.
NEVER_PAID_HOURS = 2


def cancel_never_paid() -> int:
    """Cancel orders that wait for money nobody will send any more; returns how many."""
    done = 0
    card, transfer = NEVER_PAID_HOURS, NEVER_PAID_HOURS + settings().transfer_hours
    before = {Method.CARD: clock.after(hours=-card), Method.BANK_QR: clock.after(hours=-transfer)}
    for order_id in queries.never_paid(before):
        with writing():
            order = db.session.get(Order, order_id, with_for_update=True)
            if order is not None and order.awaiting_payment and order.allows("cancel"):
                with use_language(order.purchase.language):
                    services.cancel(order, None, "system", _("Not paid in time."))
                done += 1
    return done


SWEEPS: list[Callable[[], int]] = [cancel_never_paid]
