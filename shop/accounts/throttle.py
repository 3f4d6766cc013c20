"""Exact limits: rows counted by one guarded upsert, the same in every worker."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Executable, case, delete
from sqlalchemy.dialects import postgresql, sqlite

from shop.accounts.models import Throttle
from shop.core import clock
from shop.core.days import local
from shop.core.db import changed, db, writing
from shop.core.errors import TooMany
from shop.core.i18n import lazy_gettext as _l
from shop.core.logs import event


def count(key: str, limit: int, seconds: int) -> None:
    """Count one use of `key`; raises TooMany past `limit` uses in a window of `seconds`.

    Opens its own short writing(), so that the use is counted even where the work after it fails: call it
    at the door, before the work.
    """
    count_each([(key, limit, seconds)])


def count_each(limits: Sequence[tuple[str, int, int]]) -> None:
    """Count one use under several (key, limit, seconds) at once; raises TooMany with the longest wait among them.

    Where one is over its limit none is counted: whoever is refused uses up nothing of the others' share.
    """
    now, waits = clock.now(), []
    with writing() as session:
        for key, limit, seconds in sorted(limits):  # one order of locks for everybody
            uses, since = session.execute(_counting(key, seconds), execution_options={"populate_existing": True}).one()
            if uses > limit:
                event("limit", ok=False, what=key.partition(":")[0])
                waits.append(since + timedelta(seconds=seconds) - now)
        if waits:
            raise _too_many(now, max(waits))  # rolls all of them back


def take(*keys: str) -> None:
    """Let nobody else take one of these keys until the present writing() ends: for limits that are sums of rows.

    The row of a key is its lock; what it counts is of no use to anybody.
    """
    for key in sorted(keys):
        db.session.execute(_counting(key, 1))


def _too_many(now: datetime, wait: timedelta) -> TooMany:
    again = local(now + wait + timedelta(seconds=59))  # clocks show minutes: the one after
    when = f"{again:%H:%M}" if again.date() == local(now).date() else f"{again:%H:%M} {again.day}/{again.month}"
    seconds = max(1, math.ceil(wait.total_seconds()))
    return TooMany(_l("Too many tries. You may try again at %(when)s.", when=when), seconds)


def _counting(key: str, seconds: int) -> Executable:
    now = clock.now()
    stale = Throttle.window_start <= now - timedelta(seconds=seconds)
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    return (
        insert(Throttle)
        .values(key=key, window_start=now, count=1)
        .on_conflict_do_update(
            index_elements=[Throttle.key],
            set_={
                "count": case((stale, 1), else_=Throttle.count + 1),
                "window_start": case((stale, now), else_=Throttle.window_start),
            },
        )
        .returning(Throttle.count, Throttle.window_start)
    )


def forget_old() -> int:
    """Delete counts older than two days; returns how many."""
    return changed(delete(Throttle).where(Throttle.window_start < clock.after(days=-2)))
