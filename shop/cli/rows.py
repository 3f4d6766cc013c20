"""Rows as lines of JSON, the same from either engine and into either engine."""

import enum
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Date, Enum, Table, func, insert, select, text, update

from products.models import Product
from shop.core.db import UTCDateTime, db

AT_ONCE = 500
LATER = {"products": "approved_revision_id"}  # points at a table that points back: filled in at the end


def tables() -> list[Table]:
    """Return all tables, those pointed at before those that point."""
    return list(db.metadata.sorted_tables)


def lines(connection: Connection, table: Table) -> Iterator[str]:
    """Yield each row of a table as one line of JSON, in the order of its key."""
    rows = connection.execution_options(yield_per=AT_ONCE).execute(select(table).order_by(*table.primary_key.columns))
    for row in rows:
        yield json.dumps(dict(row._mapping), ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return value.value
    raise TypeError(type(value))


def fill(connection: Connection, table: Table, given: Iterator[str]) -> int:
    """Insert the rows of a backup into an empty table; returns how many."""
    days = [column.name for column in table.columns if isinstance(column.type, Date)]
    times = [column.name for column in table.columns if isinstance(column.type, UTCDateTime)]
    days = [column.name for column in table.columns if isinstance(column.type, Date)]
    enums = {c.name: c.type.enum_class for c in table.columns if isinstance(c.type, Enum) and c.type.enum_class}
    count, batch = 0, []
    for line in given:
        row = json.loads(line)
        row |= {name: datetime.fromisoformat(row[name]) for name in times if row[name]}
        row |= {name: date.fromisoformat(row[name]) for name in days if row[name]}
        row |= {name: kind(row[name]) for name, kind in enums.items() if row[name] is not None}
        if table.name in LATER:
            row[LATER[table.name]] = None
        batch.append(row)
        count += 1
        if len(batch) == AT_ONCE:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)
    return count


def point_back(connection: Connection, given: Iterator[str]) -> None:
    """Fill in the pointers from products to their approved revisions."""
    table = Product.__table__
    for line in given:
        row = json.loads(line)
        if row["approved_revision_id"]:
            values = {"approved_revision_id": row["approved_revision_id"]}
            connection.execute(update(table).where(table.c.id == row["id"]).values(**values))  # type: ignore[arg-type]


def move_sequences(connection: Connection) -> None:
    """On PostgreSQL, let the next id of each table follow the rows that came in."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables():
        if "id" in table.c and table.c.id.autoincrement:
            newest = connection.scalar(select(func.max(table.c.id)))
            if newest:
                connection.execute(
                    text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :newest)"),
                    {"name": table.name, "newest": newest},
                )


def learn_sizes(connection: Connection) -> None:
    """On PostgreSQL, count the rows that came in at once: until then its plans are guesses, many times slower."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ANALYZE")
