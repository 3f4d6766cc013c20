"""Rows are the queue: written once, claimed by a sweep with one statement, on either engine."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.dialects import postgresql, sqlite

from shop.core import clock
from shop.core.db import db, writing

BACK_OFF = (1, 5, 15, 60, 240, 720)  # minutes before the next try


def claim(table: type[Any], due: ColumnElement[bool], lease: timedelta) -> Mapping[str, Any] | None:
    """Claim the oldest row of `table` for which `due` holds and nobody has a lease; None when there is none.

    The table has `claimed_until` and `tries`. Opens its own short writing(), and none where nothing is due.
    PostgreSQL skips rows another sweep holds (FOR UPDATE SKIP LOCKED); SQLite has one writer anyway.
    """
    now = clock.now()
    free = table.claimed_until.is_(None) | (table.claimed_until < now)
    first = select(table.id if hasattr(table, "id") else table.digest).where(due, free).limit(1)
    key = first.selected_columns[0]
    first = first.order_by(key)
    if db.session.scalar(first) is None:
        db.session.rollback()
        return None
    with writing() as session:
        row = session.execute(
            update(table)
            .where(key == first.with_for_update(skip_locked=True).scalar_subquery())
            .values(claimed_until=now + lease, tries=table.tries + 1)
            .returning(*table.__table__.columns)
            .execution_options(synchronize_session=False)
        ).first()
        return dict(row._mapping) if row else None


def next_try(tries: int) -> datetime:
    """Return when a row that failed `tries` times is due again."""
    return clock.after(minutes=BACK_OFF[min(tries, len(BACK_OFF)) - 1])


def insert_once(table: type[Any], **values: Any) -> bool:
    """Insert a row unless a unique rule of `table` says that it is there; returns whether it is new.

    Called inside writing(); columns that are not named get the defaults of the model.
    """
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    key = next(iter(table.__table__.primary_key))
    done = db.session.execute(insert(table).values(**values).on_conflict_do_nothing().returning(key))
    return done.first() is not None
