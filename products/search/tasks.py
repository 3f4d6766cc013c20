"""Sweeps of the search."""

from collections.abc import Callable

from products.search import missed, services, sources, vocabulary
from shop.core.db import db, writing

SELLERS_AT_ONCE = 20


def refresh_sellers() -> int:
    """Write the entries of sellers anew that were renamed, taken off the market or brought back; returns how many."""
    changed = sources.sellers_changed(SELLERS_AT_ONCE)
    db.session.rollback()
    for key in changed:
        with writing():
            services.refresh_cooperative(key)
    return len(changed)


def refresh_vocabulary() -> int:
    """Count the words of public texts anew when entries changed; returns how many entries were new to it.

    The counting is done before the transaction, for it takes a while and holds nothing.
    """
    if not vocabulary.is_stale():
        return 0
    counted, fresh = vocabulary.recount()
    with writing():
        services.keep_vocabulary(counted, fresh)
    return len(fresh)


def keep_miss(text: str) -> bool:
    """Count one search that found nothing, in one short transaction; False where it is not to be kept."""
    with writing():
        return missed.count(text)


def forget_old_misses() -> int:
    """Delete days older than 90 days; returns how many rows. Takes the write lock only where there are some."""
    old = missed.has_old()
    db.session.rollback()
    if not old:
        return 0
    with writing():
        return missed.forget_old()


SWEEPS: list[Callable[[], int]] = [refresh_sellers, refresh_vocabulary, forget_old_misses]
