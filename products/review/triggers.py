"""DDL that holds the four eyes: whatever writes a decision, no officer decides for his own cooperative or own work."""

from sqlalchemy import Connection

NAME = "decisions_refuse_own"
SAYS = "nobody decides on his own work"
_VERBS = {"insert": "INSERT", "update": "UPDATE OF revision_id, officer_id"}
_OWN = """
    SELECT 1 FROM product_revisions AS revision
    JOIN products AS product ON product.id = revision.product_id
    WHERE revision.id = NEW.revision_id AND (
        NEW.officer_id IN (revision.created_by_id, revision.submitted_by_id)
        OR EXISTS (
            SELECT 1 FROM memberships AS membership
            WHERE membership.cooperative_id = product.cooperative_id AND membership.user_id = NEW.officer_id
        )
    )
"""


def create(connection: Connection) -> None:
    """Create the trigger on either engine, replacing an old one; used by migrations and by fresh databases."""
    drop(connection)
    for statement in _sqlite() if connection.dialect.name == "sqlite" else _postgres():
        connection.exec_driver_sql(statement)


def drop(connection: Connection) -> None:
    """Remove the trigger, so that a migration may rebuild the table."""
    if connection.dialect.name == "sqlite":
        for verb in _VERBS:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {NAME}_{verb}")
    else:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {NAME} ON decisions")


def _sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER {NAME}_{verb} BEFORE {words} ON decisions WHEN EXISTS ({_OWN}) "
        f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        for verb, words in _VERBS.items()
    ]


def _postgres() -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger AS $$ BEGIN "
        f"IF EXISTS ({_OWN}) THEN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'check_violation'; END IF; "
        "RETURN NEW; END $$ LANGUAGE plpgsql",
        f"CREATE TRIGGER {NAME} BEFORE {' OR '.join(_VERBS.values())} ON decisions "
        f"FOR EACH ROW EXECUTE FUNCTION {NAME}()",
    ]
