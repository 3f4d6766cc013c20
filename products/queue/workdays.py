"""How long something has waited, counted as officers work: Monday to Friday, public holidays left out."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from shop.core.days import local

_KNOWN = json.loads((Path(__file__).parents[1] / "data" / "workdays.json").read_text(encoding="utf-8"))
TARGET: int = _KNOWN["target"]  # working days; sellers are told: usually within two
HOLIDAYS = frozenset(date.fromisoformat(day) for day in _KNOWN["holidays"])
_A_DAY = timedelta(days=1)
_FRIDAY = 4


def is_workday(day: date) -> bool:
    """Say whether officers work on this local day."""
    return day.weekday() <= _FRIDAY and day not in HOLIDAYS


def late_before(now: datetime, target: int = TARGET) -> datetime:
    """Return the moment before which whatever was sent has waited longer than `target` working days by `now`.

    The clock stands still on days off: on a Sunday nothing is later than it was on Friday's last minute.
    """
    here = local(now)
    day, clock, rest = here.date(), here.time(), timedelta()
    if not is_workday(day):
        day, clock, rest = _workday_before(day), time(), _A_DAY
    for _ in range(target):
        day = _workday_before(day)
    return datetime.combine(day + rest, clock, here.tzinfo).astimezone(UTC)


def waited(sent: datetime, now: datetime) -> int:
    """Return how many whole working days lie between two moments; what comes on a day off counts from the next."""
    first, last = local(sent), local(now)
    days = (first.date() + _A_DAY * place for place in range((last.date() - first.date()).days))
    worked = _A_DAY * sum(is_workday(day) for day in days) + _into(last) - _into(first)
    return max(0, worked // _A_DAY)


def _into(moment: datetime) -> timedelta:
    """How much of its own day has passed, if that is a working day."""
    if not is_workday(moment.date()):
        return timedelta()
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)


def _workday_before(day: date) -> date:
    day -= _A_DAY
    while not is_workday(day):
        day -= _A_DAY
    return day
