"""Days of arrival as people read them."""

from datetime import datetime

from shop.core import clock
from shop.core.formats import show_daymonth
from shop.core.i18n import gettext as _
from shop.shipping.rates import Quote


def arrival(way: Quote) -> str:
    """Say between which days a parcel ordered now arrives."""
    return between(clock.after(days=way.days_from), clock.after(days=way.days_to))


def between(first: datetime, last: datetime) -> str:
    """Say between which days a parcel arrives, in local dates."""
    return _("Arrives %(first)s to %(last)s", first=show_daymonth(first), last=show_daymonth(last))
