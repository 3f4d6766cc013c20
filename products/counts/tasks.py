"""The doors of the counts: what a process has counted goes in, what is old goes out."""

from collections.abc import Callable, Mapping

from sqlalchemy import func, select

from products.counts import services
from products.counts.models import ProductCount
from products.counts.services import Day
from shop.core.days import today
from shop.core.db import db, writing


def keep(sums: Mapping[Day, tuple[int, int]]) -> None:
    """Add what a process has counted, in one short transaction."""
    with writing():
        services.add(sums)


def forget_old_counts() -> int:
    """Delete days older than 400 days; returns how many. Takes the write lock only where there are some."""
    oldest = db.session.scalar(select(func.min(ProductCount.day)))
    if oldest is None or oldest >= today() - services.KEPT:
        return 0
    with writing():
        return services.forget_old()


SWEEPS: list[Callable[[], int]] = [forget_old_counts]
