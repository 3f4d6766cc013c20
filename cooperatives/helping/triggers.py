"""DDL that holds the consent: no change on behalf of another without one that stands, and none is rewritten."""

from sqlalchemy import Connection

NEEDS = "audit_entries_need_consent"
KEPT = "consents_are_kept"
_SAYS = {NEEDS: "nobody acts for another without consent", KEPT: "a consent is ended, never changed"}
_STANDING = """
    SELECT 1 FROM consents AS consent
    WHERE consent.helper_id = NEW.actor_id AND consent.given_by_id = NEW.on_behalf_of_id
    AND consent.ended_at IS NULL AND consent.valid_until > NEW.at
"""
_SAME = ("id", "code", "cooperative_id", "helper_id", "given_by_id", "way", "agreed_at", "valid_until")
_SCOPES = ("goods", "orders", "replies")
_SPOKEN = ("voice_digest", "voice_seconds", "spoken_by", "spoken_version", "spoken_language")


def create(connection: Connection) -> None:
    """Create the triggers on either engine, replacing old ones; used by migrations and by fresh databases."""
    drop(connection)
    for statement in _sqlite() if connection.dialect.name == "sqlite" else _postgres():
        connection.exec_driver_sql(statement)


def drop(connection: Connection) -> None:
    """Remove the triggers, so that a migration may rebuild the tables."""
    if connection.dialect.name == "sqlite":
        for name in (NEEDS, f"{KEPT}_update", f"{KEPT}_delete"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
    else:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {NEEDS} ON audit_entries")
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {KEPT} ON consents")


def _rewritten(differs: str) -> str:
    columns = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in (*_SAME, *_SCOPES, *_SPOKEN))
    return f"OLD.ended_at IS NOT NULL OR {columns}"


def _sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER {NEEDS} BEFORE INSERT ON audit_entries WHEN NEW.on_behalf_of_id IS NOT NULL "
        f"AND NOT EXISTS ({_STANDING}) BEGIN SELECT RAISE(ABORT, '{_SAYS[NEEDS]}'); END",
        f"CREATE TRIGGER {KEPT}_update BEFORE UPDATE ON consents WHEN {_rewritten('IS NOT')} "
        f"BEGIN SELECT RAISE(ABORT, '{_SAYS[KEPT]}'); END",
        f"CREATE TRIGGER {KEPT}_delete BEFORE DELETE ON consents BEGIN SELECT RAISE(ABORT, '{_SAYS[KEPT]}'); END",
    ]


def _postgres() -> list[str]:
    """Write them for PostgreSQL; a change holds its consent until it commits: an ending waits, or is seen."""
    refuse = {name: f"RAISE EXCEPTION '{says}' USING ERRCODE = 'check_violation'" for name, says in _SAYS.items()}
    return [
        f"CREATE OR REPLACE FUNCTION {NEEDS}() RETURNS trigger AS $$ BEGIN "
        f"IF NEW.on_behalf_of_id IS NOT NULL THEN PERFORM 1 FROM ({_STANDING} FOR SHARE) AS standing; "
        f"IF NOT FOUND THEN {refuse[NEEDS]}; END IF; END IF; RETURN NEW; END $$ LANGUAGE plpgsql",
        f"CREATE TRIGGER {NEEDS} BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION {NEEDS}()",
        f"CREATE OR REPLACE FUNCTION {KEPT}() RETURNS trigger AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' THEN {refuse[KEPT]}; END IF; "
        f"IF {_rewritten('IS DISTINCT FROM')} THEN {refuse[KEPT]}; END IF; RETURN NEW; END $$ LANGUAGE plpgsql",
        f"CREATE TRIGGER {KEPT} BEFORE UPDATE OR DELETE ON consents FOR EACH ROW EXECUTE FUNCTION {KEPT}()",
    ]
