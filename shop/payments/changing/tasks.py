"""The sweep of changes that nobody answered."""

from collections.abc import Callable

from shop.core import clock
from shop.core.db import db, writing
from shop.orders.changes.queries import unanswered
from shop.payments.changing import services

AT_ONCE = 50


def end_unanswered() -> int:
    """Send what there is where the buyer did not answer in time; returns how many orders."""
    done = 0
    for change_id in unanswered(clock.now(), AT_ONCE):
        with writing():
            done += services.lapse(change_id)
    db.session.rollback()
    return done


SWEEPS: list[Callable[[], int]] = [end_unanswered]
