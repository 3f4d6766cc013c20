"""The sweep that begins and ends sales when their day comes."""

from collections.abc import Callable

from products.sales import queries, services
from shop.core.days import today
from shop.core.db import db, writing


def follow_the_days() -> int:
    """Begin and end every sale that is due, each in a transaction of its own; returns how many."""
    found = queries.due(today())
    db.session.rollback()
    done = 0
    for sale_id in found:
        with writing():
            done += services.follow(sale_id)
    return done


SWEEPS: list[Callable[[], int]] = [follow_the_days]
