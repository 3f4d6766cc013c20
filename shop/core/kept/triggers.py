"""DDL that notes each change of what pages of the public show, in the transaction of the change itself."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import Connection, inspect

from shop.core.kept.models import EVERYTHING, PageChange

_ANY = str(EVERYTHING)


class Watched(NamedTuple):
    """One table of which pages tell something.

    `of`: which product a row speaks of, as SQL with NEW or OLD for the row; only where nothing but that product's own
    page and cards show it, and no list is in its order. '' means that any page may be another now.
    `columns`: an UPDATE counts only where it names one of them; none: every UPDATE counts.
    `where`: SQL over NEW or OLD; a row for which it does not hold is on no page.
    """

    table: str
    of: str = ""
    columns: tuple[str, ...] = ()
    where: str = ""
    verbs: tuple[str, ...] = ("INSERT", "UPDATE", "DELETE")
    name: str = ""


def create(connection: Connection, watched: Iterable[Watched]) -> None:
    """Create the triggers on the tables that are there, on either engine, replacing old ones.

    Used by fresh databases, and at the end of each migration that makes or, on SQLite, rebuilds a watched table.
    """
    found = list(watched)
    drop(connection, found)
    look = inspect(connection)
    if not look.has_table(PageChange.__tablename__):
        return
    for one in found:
        if look.has_table(one.table):
            there = {column["name"] for column in look.get_columns(one.table)}
            for statement in _statements(connection.dialect.name, one, there):
                connection.exec_driver_sql(statement)


def drop(connection: Connection, watched: Iterable[Watched]) -> None:
    """Remove the triggers, so that a migration may rebuild the tables they name."""
    look, postgres = inspect(connection), connection.dialect.name != "sqlite"
    for one in watched:
        if look.has_table(one.table):
            for verb in one.verbs:
                on = f" ON {one.table}" if postgres else ""
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {_name(one, verb)}{on}")


def _name(one: Watched, verb: str) -> str:
    return f"kept_{one.name or one.table}_{verb.lower()}"


def _statements(engine: str, one: Watched, there: set[str]) -> Iterator[str]:
    for verb in one.verbs:
        row, name = "OLD" if verb == "DELETE" else "NEW", _name(one, verb)
        columns = [column for column in one.columns if column in there] if verb == "UPDATE" else []
        when = f"{verb} OF {', '.join(columns)}" if columns else verb
        fires = f"CREATE TRIGGER {name} AFTER {when} ON {one.table} FOR EACH ROW"
        holds = one.where.format(row=row)
        product = one.of.format(row=row) or _ANY
        if engine == "sqlite":
            note = f"INSERT INTO page_changes (product_id, tx) VALUES ({product}, 0);"  # noqa: S608 - our own words
            yield f"{fires} {f'WHEN {holds} ' if holds else ''}BEGIN {note} END"
            continue
        note = f"INSERT INTO page_changes (product_id, tx) VALUES ({product}, pg_current_xact_id()::text::bigint);"  # noqa: S608
        does = f"IF {holds} THEN {note} END IF;" if holds else note
        body = f"BEGIN {does} RETURN NULL; END"
        yield f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql"
        yield f"{fires} EXECUTE FUNCTION {name}()"
