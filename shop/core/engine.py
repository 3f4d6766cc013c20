"""How each engine is opened: SQLite's pragmas, PostgreSQL's time-outs, read-only transactions."""

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, event

SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000", "temp_store=MEMORY")
POSTGRES_SETTINGS = (
    "lock_timeout = '5s'",
    "statement_timeout = '15s'",
    "idle_in_transaction_session_timeout = '30s'",
    "jit = off",  # compiling takes longer than any of our statements
)


def prepare(engine: Engine) -> None:
    """Listen to one engine: settings at connect, the kind of transaction at begin."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _open_postgres)
        event.listen(engine, "begin", _begin_postgres)


def _open_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("writing"))


def _begin_sqlite(connection: Connection) -> None:
    writes = _writes(connection)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _open_postgres(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        for setting in POSTGRES_SETTINGS:
            cursor.execute(f"SET {setting}")
    connection.commit()


def _begin_postgres(connection: Connection) -> None:
    if not _writes(connection):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
