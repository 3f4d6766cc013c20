"""How long buyer and seller may write about an order: pure comparisons."""

from datetime import datetime, timedelta
from typing import Any

from cooperatives.lifecycle import CooperativeState
from shop.core import clock
from shop.core.formats import show_date
from shop.core.i18n import lazy_gettext as _l
from shop.orders.lifecycle import OrderState as S
from shop.orders.models import Order

AFTERWARDS = timedelta(days=30)  # since the order ended
AT_MOST = timedelta(days=180)  # since it was placed: as long as the link of the purchase lives
ENDS = {S.DELIVERED: "deliver", S.REFUSED: "refuse", S.CANCELLED: "cancel"}


def until(order: Order) -> datetime:
    """Return the moment after which nobody writes about an order any more."""
    ended = [event.at for event in order.events if event.action == ENDS.get(order.state)]
    longest = order.placed_at + AT_MOST
    return min(max(ended) + AFTERWARDS, longest) if ended else longest


def refusal(order: Order) -> Any | None:
    """Say why nobody can write about this order now, or None."""
    if order.awaiting_payment:
        return _l("You can write here once the order is paid.")
    if order.cooperative.state is CooperativeState.CLOSED:
        return _l("This shop has closed. Nobody reads messages here any more.")
    if clock.now() > until(order):
        return _l("Writing ended on %(day)s. Call instead.", day=show_date(until(order)))
    return None
