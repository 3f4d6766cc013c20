"""Adding what a process has counted, and forgetting what is old."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from products.counts.models import ProductCount
from shop.core.days import today
from shop.core.db import changed, db

KEPT = timedelta(days=400)  # a year to compare with, and a month
Day = tuple[int, date]  # product id, local day
AT_ONCE = 200  # rows a statement: SQLite binds a limited number of values


def add(sums: Mapping[Day, tuple[int, int]]) -> None:
    """Add so many pages seen and times in a cart; several processes may add to the same day.

    In the order of the keys, so that two of them never wait for each other.
    """
    rows = [
        {"product_id": key, "day": day, "seen": seen, "carted": carted}
        for (key, day), (seen, carted) in sorted(sums.items())
    ]
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    for first in range(0, len(rows), AT_ONCE):
        fresh = insert(ProductCount).values(rows[first : first + AT_ONCE])
        db.session.execute(
            fresh.on_conflict_do_update(
                index_elements=[ProductCount.product_id, ProductCount.day],
                set_={
                    "seen": ProductCount.seen + fresh.excluded.seen,
                    "carted": ProductCount.carted + fresh.excluded.carted,
                },
            )
        )


def forget_old() -> int:
    """Delete days older than 400 days; returns how many."""
    return changed(delete(ProductCount).where(ProductCount.day < today() - KEPT))
