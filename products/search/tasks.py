"""Sweeps of the search."""

from collections.abc import Callable

from products.search import services, vocabulary
from shop.core.db import writing


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


SWEEPS: list[Callable[[], int]] = [refresh_vocabulary]
