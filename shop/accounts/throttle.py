"""Exact limits: rows counted by one guarded upsert, the same in every worker."""

from datetime import timedelta

from sqlalchemy import case, delete
from sqlalchemy.dialects import postgresql, sqlite

from shop.accounts.models import Throttle
from shop.core import clock
from shop.core.db import changed, db, writing
from shop.core.errors import TooMany
from shop.core.i18n import lazy_gettext as _l


def count(key: str, limit: int, seconds: int) -> None:
    """Count one use of `key`; raises TooMany past `limit` uses in a window of `seconds`.

    Opens its own short writing(), so that the use is counted even where the work after it fails: call it
    at the door, before the work.
    """
    now = clock.now()
    length = timedelta(seconds=seconds)
    stale = Throttle.window_start <= now - length
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = (
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
    with writing() as session:
        uses, since = session.execute(statement, execution_options={"populate_existing": True}).one()
    if uses > limit:
        left = since + length - now
        raise TooMany(_l("Too many tries. Wait a few minutes, then try again."), max(1, int(left.total_seconds())))


def forget_old() -> int:
    """Delete counts older than two days; returns how many."""
    return changed(delete(Throttle).where(Throttle.window_start < clock.after(days=-2)))
