"""Quiet hours: what is not urgent waits for the morning."""

from datetime import datetime, timedelta

from shop.core.days import local
from shop.notices.preferences.models import NoticePreference


def is_quiet(hour: int, start: int, end: int) -> bool:
    """Say whether an hour of the local clock lies in the quiet ones; they may cross midnight."""
    return start <= hour < end if start <= end else hour >= start or hour < end


def due(moment: datetime, chosen: NoticePreference) -> datetime:
    """Return when a message of this moment may leave: at once, or at the end of the quiet hours."""
    here = local(moment)
    if not is_quiet(here.hour, chosen.quiet_from, chosen.quiet_to):
        return moment
    morning = here.replace(hour=chosen.quiet_to, minute=0, second=0, microsecond=0)
    return moment + ((morning if morning > here else morning + timedelta(days=1)) - here)
