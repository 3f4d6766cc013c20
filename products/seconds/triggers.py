"""DDL of the second officer: no approval without the first yes of another, no yes on own work, none that changes."""
# ruff: noqa: S608 - table and column names are constants of this module

from typing import NamedTuple

from sqlalchemy import Connection

from products.review.triggers import OWN
from products.review.triggers import SAYS as OWN_SAYS

SAYS = "these goods need the yes of two officers"
STAYS = "a first yes is kept as it was said"
_KIND = """
    SELECT 1 FROM second_kinds AS kind JOIN product_revisions AS asked ON asked.id = NEW.revision_id
    WHERE (kind.what = 'category' AND kind.code = asked.category)
        OR (kind.what = 'ship_class' AND kind.code = asked.ship_class)
"""
_LOOKED = f"""
    SELECT 1 FROM first_looks AS look
    WHERE look.revision_id = NEW.revision_id AND look.number = NEW.number AND look.withdrawn_at IS NULL
        AND look.officer_id <> NEW.officer_id AND NOT EXISTS ({OWN.replace("NEW.officer_id", "look.officer_id")})
"""
_APPROVES = f"NEW.verdict = 'approve' AND EXISTS ({_KIND})"
_SAID = ("revision_id", "number", "officer_id", "said_at")
_DECIDED = """EXISTS (
    SELECT 1 FROM decisions AS decision
    WHERE decision.revision_id = OLD.revision_id AND decision.number = OLD.number AND decision.withdrawn_at IS NULL
)"""
_WAITING = """
    SELECT look.revision_id, look.number, look.officer_id FROM first_looks AS look
    JOIN waiting_revisions AS waiting ON waiting.revision_id = look.revision_id AND waiting.number = look.number
    WHERE look.withdrawn_at IS NULL
"""
_TAKE_UP = (
    f"INSERT INTO waiting_looks (revision_id, number, officer_id) {_WAITING} AND look.revision_id = NEW.revision_id "
    "ON CONFLICT DO NOTHING"
)
_LET_GO = "DELETE FROM waiting_looks WHERE revision_id = NEW.revision_id AND number = NEW.number"


class _Trigger(NamedTuple):
    """When it fires, on which table; under which condition it refuses with which words, or what it does."""

    when: str
    table: str
    refuses: str = ""
    words: str = ""
    does: str = ""


def _changes(dialect: str) -> str:
    differs = "NEW.{0} IS NOT OLD.{0}" if dialect == "sqlite" else "NEW.{0} IS DISTINCT FROM OLD.{0}"
    return " OR ".join(differs.format(column) for column in _SAID)


def _triggers(dialect: str) -> dict[str, _Trigger]:
    # PostgreSQL holds the first yes until the approval is kept, so that nobody takes it back in between.
    held = "" if dialect == "sqlite" else "FOR SHARE OF look"
    stays = f"OLD.withdrawn_at IS NOT NULL OR {_changes(dialect)} OR {_DECIDED}"
    return {
        "decisions_need_second": _Trigger(
            "BEFORE INSERT", "decisions", f"{_APPROVES} AND NOT EXISTS ({_LOOKED} {held})", SAYS
        ),
        "first_looks_refuse_own": _Trigger("BEFORE INSERT", "first_looks", f"EXISTS ({OWN})", OWN_SAYS),
        "first_looks_stay": _Trigger("BEFORE UPDATE", "first_looks", stays, STAYS),
        "first_looks_are_kept": _Trigger("BEFORE DELETE", "first_looks", "TRUE", STAYS),
        "looks_as_said": _Trigger("AFTER INSERT", "first_looks", does=_TAKE_UP),
        "looks_as_withdrawn": _Trigger("AFTER UPDATE OF withdrawn_at", "first_looks", does=_LET_GO),
        "looks_as_waiting": _Trigger("AFTER INSERT", "waiting_revisions", does=_TAKE_UP),
    }


def create(connection: Connection) -> None:
    """Create the triggers on either engine, replacing old ones; used by migrations and by fresh databases.

    A migration that rebuilds decisions or waiting_revisions on SQLite ends with this.
    """
    drop(connection)
    dialect = connection.dialect.name
    for name, one in _triggers(dialect).items():
        for statement in _on_sqlite(name, one) if dialect == "sqlite" else _on_postgres(name, one):
            connection.exec_driver_sql(statement)


def drop(connection: Connection) -> None:
    """Remove the triggers, so that a migration may rebuild the tables they name."""
    dialect = connection.dialect.name
    for name, one in _triggers(dialect).items():
        on = "" if dialect == "sqlite" else f" ON {one.table}"
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{on}")


def expected() -> str:
    """Return the select of the rows that there should be in waiting_looks now."""
    return _WAITING


def _on_sqlite(name: str, one: _Trigger) -> list[str]:
    fires = f"CREATE TRIGGER {name} {one.when} ON {one.table} FOR EACH ROW"
    if one.does:
        return [f"{fires} BEGIN {one.does}; END"]
    return [f"{fires} WHEN {one.refuses} BEGIN SELECT RAISE(ABORT, '{one.words}'); END"]


def _on_postgres(name: str, one: _Trigger) -> list[str]:
    body = (
        f"{one.does};"
        if one.does
        else (f"IF {one.refuses} THEN RAISE EXCEPTION '{one.words}' USING ERRCODE = 'check_violation'; END IF;")
    )
    gives = "OLD" if one.when == "BEFORE DELETE" else "NEW"
    does = f"BEGIN {body} RETURN {gives}; END"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ {does} $$ LANGUAGE plpgsql",
        f"CREATE TRIGGER {name} {one.when} ON {one.table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
