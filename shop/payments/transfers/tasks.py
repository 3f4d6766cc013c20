"""Sweeps of transfers: what did not come in time ends, each order alone."""

from collections.abc import Callable

from shop.core import clock
from shop.core.db import writing
from shop.payments.services import lapse
from shop.payments.transfers import queries

AT_ONCE = 100


def lapse_transfers() -> int:
    """End transfers whose time is over, one order each: its goods are free again; returns how many ended."""
    done = 0
    for payment_id in queries.to_lapse(clock.now(), AT_ONCE):
        with writing():
            done += lapse(payment_id)
    return done


SWEEPS: list[Callable[[], int]] = [lapse_transfers]
