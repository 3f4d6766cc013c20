"""DDL that holds what a decision is: never on own work, and never another one than was taken."""

from sqlalchemy import Connection

NAME = "decisions_refuse_own"
SAYS = "nobody decides on his own work"
_VERBS = {"insert": "INSERT", "update": "UPDATE OF revision_id, officer_id"}
OWN = """
    SELECT 1 FROM product_revisions AS revision
    JOIN products AS product ON product.id = revision.product_id
    WHERE revision.id = NEW.revision_id AND (
        NEW.officer_id IN (revision.created_by_id, revision.submitted_by_id)
        OR EXISTS (
            SELECT 1 FROM memberships AS membership
            WHERE membership.cooperative_id = product.cooperative_id AND membership.user_id = NEW.officer_id
        )
        OR EXISTS (
            SELECT 1 FROM consents AS consent
            WHERE consent.cooperative_id = product.cooperative_id AND consent.helper_id = NEW.officer_id
        )
    )
"""
KEEP = "decisions_stay"
STAYS = "a decision is kept as it was taken"
_TAKEN = ("revision_id", "number", "officer_id", "verdict", "note", "reasons", "decided_at", "effective_at")
_ENDED = "OLD.withdrawn_at IS NOT NULL OR OLD.carried_out_at IS NOT NULL"  # and then nothing of it changes any more


def create(connection: Connection) -> None:
    """Create the triggers on either engine, replacing old ones; used by migrations and by fresh databases."""
    drop(connection)
    four_eyes(connection)
    for statement in _keeping_sqlite() if connection.dialect.name == "sqlite" else _keeping_postgres():
        connection.exec_driver_sql(statement)


def four_eyes(connection: Connection) -> None:
    """Create the trigger against deciding on own work: all there was when the tables were first made."""
    for statement in _own_sqlite() if connection.dialect.name == "sqlite" else _own_postgres():
        connection.exec_driver_sql(statement)


def drop(connection: Connection) -> None:
    """Remove the triggers, so that a migration may rebuild the table."""
    if connection.dialect.name == "sqlite":
        for name in (f"{NAME}_insert", f"{NAME}_update", f"{KEEP}_update", f"{KEEP}_delete"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
    else:
        for name in (NAME, KEEP):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name} ON decisions")


def _own_sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER {NAME}_{verb} BEFORE {words} ON decisions WHEN EXISTS ({OWN}) "
        f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        for verb, words in _VERBS.items()
    ]


def _own_postgres() -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger AS $$ BEGIN "
        f"IF EXISTS ({OWN}) THEN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'check_violation'; END IF; "
        "RETURN NEW; END $$ LANGUAGE plpgsql",
        f"CREATE TRIGGER {NAME} BEFORE {' OR '.join(_VERBS.values())} ON decisions "
        f"FOR EACH ROW EXECUTE FUNCTION {NAME}()",
    ]


def _keeping_sqlite() -> list[str]:
    other = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _TAKEN)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{STAYS}'); END"
    return [
        f"CREATE TRIGGER {KEEP}_update BEFORE UPDATE ON decisions WHEN {_ENDED} OR {other} {refuse}",
        f"CREATE TRIGGER {KEEP}_delete BEFORE DELETE ON decisions {refuse}",
    ]


def _keeping_postgres() -> list[str]:
    other = " OR ".join(f"NEW.{column}::text IS DISTINCT FROM OLD.{column}::text" for column in _TAKEN)
    refuse = f"RAISE EXCEPTION '{STAYS}' USING ERRCODE = 'check_violation';"
    return [
        f"CREATE OR REPLACE FUNCTION {KEEP}() RETURNS trigger AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' THEN {refuse} END IF; "
        f"IF {_ENDED} OR {other} THEN {refuse} END IF; RETURN NEW; END $$ LANGUAGE plpgsql",
        f"CREATE TRIGGER {KEEP} BEFORE UPDATE OR DELETE ON decisions FOR EACH ROW EXECUTE FUNCTION {KEEP}()",
    ]
