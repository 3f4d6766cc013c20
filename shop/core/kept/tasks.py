"""Changes that every process has seen long ago go out of the log."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete, func, select

from shop.core import clock
from shop.core.db import changed, db, writing
from shop.core.kept.models import PageChange

KEPT = timedelta(hours=1)  # no page is kept so long, so nobody who looks later misses anything


def forget_seen() -> int:
    """Delete changes older than an hour but the newest, whose number goes on; returns how many."""
    newest = select(func.max(PageChange.id)).scalar_subquery()
    old = (PageChange.at < clock.now() - KEPT) & (PageChange.id < newest)
    if db.session.scalar(select(PageChange.id).where(old).limit(1)) is None:
        return 0
    with writing():
        return changed(delete(PageChange).where(old))


SWEEPS: list[Callable[[], int]] = [forget_seen]
