"""Sweeps of orders."""

from collections.abc import Callable

from shop.core import clock
from shop.core.db import db, writing
from shop.core.i18n import gettext as _
from shop.core.i18n import use_language
from shop.orders import queries, services
from shop.orders.models import Order

# Payments ends a payment that does not arrive after 40 minutes, and cancels its orders. What is left after two
# hours had none, because the machine stopped between placing and opening it.
NEVER_PAID_HOURS = 2


def cancel_never_paid() -> int:
    """Cancel orders that wait for money nobody will send any more; returns how many."""
    done = 0
    for order_id in queries.never_paid(clock.after(hours=-NEVER_PAID_HOURS)):
        with writing():
            order = db.session.get(Order, order_id, with_for_update=True)
            if order is not None and order.awaiting_payment and order.allows("cancel"):
                with use_language(order.purchase.language):
                    services.cancel(order, None, "system", _("Not paid in time."))
                done += 1
    return done


SWEEPS: list[Callable[[], int]] = [cancel_never_paid]
