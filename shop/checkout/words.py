"""Days of arrival as people read them."""

from datetime import date, datetime, timedelta

from shop.core.formats import show_daymonth
from shop.core.i18n import gettext as _
from shop.shipping.rates import Quote


def arrival(way: Quote, leaves: date) -> str:
    """Say between which days a parcel arrives that is sent on this local day."""
    return between(leaves + timedelta(days=way.days_from), leaves + timedelta(days=way.days_to))


def between(first: date | datetime, last: date | datetime) -> str:
    """Say between which days a parcel arrives, in local dates."""
    return _("Arrives %(first)s to %(last)s", first=show_daymonth(first), last=show_daymonth(last))
