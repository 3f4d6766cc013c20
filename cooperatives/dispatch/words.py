"""A calendar in words, for members and for buyers."""

from typing import NamedTuple

from babel.dates import get_day_names

from cooperatives.dispatch.calendar import EVERY_DAY, Calendar
from shop.core import clock
from shop.core.days import today
from shop.core.formats import show_daymonth
from shop.core.i18n import current_language
from shop.core.i18n import gettext as _


def day_name(weekday: int) -> str:
    """Return a day of the week (0: Monday) as it stands alone: Thứ Hai."""
    return str(get_day_names("wide", context="stand-alone", locale=current_language())[weekday])


def days_text(days: int) -> str:
    """Return the sending days in words: Thứ Hai, Thứ Năm; all seven are every day."""
    if days == EVERY_DAY:
        return _("every day")
    return ", ".join(day_name(weekday) for weekday in range(7) if days >> weekday & 1)


class Closed(NamedTuple):
    """Until when a seller is closed and when an order of now is sent, and why in the seller's own Vietnamese."""

    text: str
    note: str


def closed_line(calendar: Calendar) -> Closed | None:
    """Say until when a seller is closed; None where no closed day delays an order of now."""
    now = clock.now()
    pause, leaves = calendar.pause(now), show_daymonth(calendar.leaves(now))
    if pause is None:
        return None
    last = show_daymonth(pause.last)
    if pause.first <= today():
        return Closed(_("Closed until %(last)s. Order now, sent from %(day)s.", last=last, day=leaves), pause.note)
    first = show_daymonth(pause.first)
    text = _("Closed from %(first)s to %(last)s. Order now, sent from %(day)s.", first=first, last=last, day=leaves)
    return Closed(text, pause.note)
