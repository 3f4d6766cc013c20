"""Do migrations and models make the same database? Compared on scratch databases of the same engine."""

import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, inspect, text

from shop.core import engine as engines
from shop.core import migrate

Extras = Callable[[Connection], None]
Facts = dict[str, Any]
ENGINE_OWN = re.compile(r"^(search_fts|alembic_version|sqlite_)")


def compare(engine: Engine, metadata: MetaData, extras: Extras) -> list[str]:
    """Return a sentence for each difference in tables, columns, keys, checks, indexes and triggers.

    One scratch database is made by the migrations, one by the models and `extras` (triggers, full-text
    index). The engine's own database is not touched: SQLite uses files, PostgreSQL two schemas rolled back.
    """
    facts = _on_sqlite(metadata, extras) if engine.dialect.name == "sqlite" else _on_postgres(engine, metadata, extras)
    migrated, modelled = facts
    found = []
    for name in sorted(migrated.keys() | modelled.keys()):
        one, other = migrated.get(name), modelled.get(name)
        if one != other:
            found.append(f"{name}: migrations make {one}, models make {other}")
    return found


def _on_sqlite(metadata: MetaData, extras: Extras) -> tuple[Facts, Facts]:
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for name in ("migrations", "models"):
            scratch = create_engine(f"sqlite:///{Path(folder) / name}.db")
            engines.prepare(scratch)
            if name == "migrations":
                migrate.upgrade(scratch, metadata)
            with scratch.connect() as connection:
                connection.execution_options(writing=True)
                with connection.begin():
                    if name == "models":
                        metadata.create_all(connection)
                        extras(connection)
                    found.append(_facts(connection))
            scratch.dispose()
    return found[0], found[1]


def _on_postgres(engine: Engine, metadata: MetaData, extras: Extras) -> tuple[Facts, Facts]:
    found = []
    for name in ("migrations", "models"):
        with engine.connect().execution_options(writing=True) as connection, connection.begin() as transaction:
            connection.execute(text("CREATE SCHEMA scratch"))
            connection.execute(text("SET LOCAL search_path TO scratch"))
            if name == "migrations":
                migrate.on(connection, metadata)
            else:
                metadata.create_all(connection)
                extras(connection)
            found.append(_facts(connection))
            transaction.rollback()
    return found[0], found[1]


def _facts(connection: Connection) -> Facts:
    look, facts = inspect(connection), Facts()
    for table in look.get_table_names():
        if ENGINE_OWN.match(table):
            continue
        for column in look.get_columns(table):
            facts[f"{table}.{column['name']}"] = (str(column["type"]), column["nullable"])
        for index in look.get_indexes(table):
            where = {key: str(value) for key, value in index.get("dialect_options", {}).items()}
            facts[f"index {index['name']}"] = (index["column_names"], bool(index["unique"]), _folded(where))
        for key in look.get_foreign_keys(table):
            facts[f"key {key['name']}"] = (key["constrained_columns"], key["referred_table"], key["referred_columns"])
        for unique in look.get_unique_constraints(table):
            facts[f"unique {unique['name']}"] = unique["column_names"]
        for rule in look.get_check_constraints(table):
            facts[f"check {rule['name']}"] = _folded(rule["sqltext"])
    return facts | _triggers(connection)


def _triggers(connection: Connection) -> Facts:
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    else:
        rows = connection.execute(
            text(
                "SELECT tgname, regexp_replace(pg_get_triggerdef(t.oid), '\\w+\\.', '', 'g') FROM pg_trigger t "
                "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
                "WHERE NOT tgisinternal AND n.nspname = current_schema()"
            )
        )
    return {f"trigger {name}": _folded(definition) for name, definition in rows}


def _folded(definition: Any) -> str:
    return re.sub(r"\s+", " ", str(definition))
