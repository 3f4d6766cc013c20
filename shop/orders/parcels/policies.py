"""When a parcel may be photographed: pure comparisons."""

from typing import Any

from shop.core import clock
from shop.core.formats import show_date
from shop.core.i18n import lazy_gettext as _l
from shop.orders.lifecycle import OrderState as S
from shop.orders.models import Order
from shop.orders.talks.policies import until

SENT = frozenset({S.HANDED_OVER, S.DELIVERED, S.REFUSED})


def refusal(order: Order) -> Any | None:
    """Say why no photo of this parcel can be added now, or None; it ends as the messages do."""
    if order.state not in SENT:
        return _l("Add the photo once the parcel is handed over.")
    if clock.now() > until(order):
        return _l("Since %(day)s no photo is added any more.", day=show_date(until(order)))
    return None
