"""DDL that holds the audit: rows may be added, never changed or removed."""

from collections.abc import Iterable

from sqlalchemy import Connection

TABLES = ("audit_entries", "audit_heads")


def create(connection: Connection, tables: Iterable[str] = TABLES) -> None:
    """Create the triggers on either engine, replacing old ones; used by migrations and by fresh databases.

    Other rooms name `tables` of their own that are only ever added to.
    """
    drop(connection, tables)
    for table in tables:
        for statement in _sqlite(table) if connection.dialect.name == "sqlite" else _postgres(table):
            connection.exec_driver_sql(statement)


def drop(connection: Connection, tables: Iterable[str] = TABLES) -> None:
    """Remove the triggers, so that a migration may rebuild the tables."""
    for table in tables:
        if connection.dialect.name == "sqlite":
            for verb in ("update", "delete"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_refuse_{verb}")
        else:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_refuse_change ON {table}")
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_refuse_truncate ON {table}")


def _sqlite(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_refuse_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} rows are never changed'); END"
        for verb in ("update", "delete")
    ]


def _postgres(table: str) -> list[str]:
    function = f"{table}_refuse"
    return [
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger AS $$ "
        f"BEGIN RAISE EXCEPTION '{table} rows are never changed'; END $$ LANGUAGE plpgsql",
        f"CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
    ]
