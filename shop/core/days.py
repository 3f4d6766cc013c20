"""Moments and days: every moment is kept in UTC, every day is one of Việt Nam."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from shop.core import clock
from shop.core.i18n import TIMEZONE

_HERE = ZoneInfo(TIMEZONE)
_LAST = time(23, 59, 59)


def local(moment: datetime) -> datetime:
    """Return an aware moment by the clocks of Việt Nam; ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime has no local time")
    return moment.astimezone(_HERE)


def from_local(moment: datetime) -> datetime:
    """Return what the clocks of Việt Nam show (naive, as banks write it) as a moment in UTC."""
    return moment.replace(tzinfo=_HERE).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """Return the local day of a moment."""
    return local(moment).date()


def today() -> date:
    """Return the day that it is now."""
    return day_of(clock.now())


def read_day(text: str) -> date:
    """Return the day of "2027-02-16" (a phone's own calendar) or "16/2/2027"; ValueError for anything else."""
    parts = text.strip().replace(".", "/").split("/")
    if len(parts) == 3 and all(part.isascii() and part.isdecimal() for part in parts):
        day, month, year = map(int, parts)
        return date(year, month, day)
    return date.fromisoformat(text.strip())


def end_of(day: date) -> datetime:
    """Return the last second of a local day, in UTC: what is due on a day is late on the next."""
    return datetime.combine(day, _LAST, _HERE).astimezone(UTC)


def seconds_left(at_most: int) -> int:
    """Return how many seconds an answer may be kept that says something of today: `at_most`, and none of tomorrow."""
    return max(0, min(at_most, int((end_of(today()) - clock.now()).total_seconds())))
