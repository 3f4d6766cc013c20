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


SWEEPS: list[Callable[[], int]] = [refresh_sellers, refresh_vocabulary, *missed.SWEEPS]
