"""Migrations on both engines: Alembic, run from code, safe for SQLite's table rebuilds."""

import re
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, text

FOLDER = Path(__file__).resolve().parent.parent / "migrations"
SHADOW = re.compile(r"^search_fts")  # FTS5's own tables


class ForeignKeysBroken(RuntimeError):
    """A migration left rows that point nowhere; it is rolled back."""


def script() -> ScriptDirectory:
    """Return the folder of numbered migrations."""
    return ScriptDirectory.from_config(config())


def include(_object: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """Hide the full-text engine's own tables and columns from comparison."""
    if kind == "table":
        return not SHADOW.match(name or "") and name != "alembic_version"
    return not (kind in {"column", "index"} and name in {"tsv", "ix_search_entries_tsv"})


def upgrade(engine: Engine, metadata: MetaData, target: str = "head") -> None:
    """Bring the database to `target`, each migration in its own transaction.

    On SQLite foreign keys are off before BEGIN (a rebuild with them on deletes child rows) and
    `foreign_key_check` must be empty before commit; raises ForeignKeysBroken. A rebuild ends with a rename, which
    SQLite refuses while a trigger of another table names the one that is gone for a moment: the old way does not look.
    """
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        raw: Any = connection.connection.driver_connection
        if sqlite:
            raw.execute("PRAGMA foreign_keys=OFF")
            raw.execute("PRAGMA legacy_alter_table=ON")
        try:
            connection.execution_options(writing=True)
            with connection.begin():
                on(connection, metadata, target)
                if sqlite:
                    _check_foreign_keys(connection)
        finally:
            if sqlite:
                raw.execute("PRAGMA legacy_alter_table=OFF")
                raw.execute("PRAGMA foreign_keys=ON")


def on(connection: Connection, metadata: MetaData, target: str = "head") -> None:
    """Run the migrations inside the transaction this connection is in."""
    command.upgrade(config(connection=connection, metadata=metadata), target)


def config(**attributes: Any) -> Config:
    """Return Alembic's configuration, made in code: there is no alembic.ini."""
    made = Config(attributes=attributes)
    made.set_main_option("script_location", str(FOLDER))
    return made


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
    if broken:
        raise ForeignKeysBroken(f"{len(broken)} rows point nowhere, the first in {broken[0][0]}")


def present(connection: Connection) -> str | None:
    """Return the number of the newest migration this database has, or None."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """Return the number of the newest migration the program knows."""
    return script().get_current_head()


def write(connection: Connection, metadata: MetaData, number: str, message: str) -> None:
    """Write the next numbered migration from what the models have and this database lacks."""
    attributes = config(connection=connection, metadata=metadata)
    command.revision(attributes, message, autogenerate=True, rev_id=number)
