"""The sweep that queues news."""

from shop.core.db import db, writing
from shop.privacy.news import queries, services


def spread() -> int:
    """Queue the next letters of what is being sent; returns how many."""
    return sum(_spread(key) for key in queries.open_letters())


def _spread(key: int) -> int:
    db.session.rollback()
    with writing():
        return services.spread(key)


SWEEPS = [spread]
