"""DDL that holds what a rule is and what it may decide; beside products.review.triggers, on the same table."""

from sqlalchemy import Connection

_KEPT = ("code", "name", "fields", "communes", "approvals", "days", "recent", "returned_percent", "quiet_days")
_MADE = (*_KEPT, "per_day", "made_by_id", "made_at")
STAYS = "a rule is ended and never edited"
REFUSES = "a rule approves only what it may"
SAME_RULE = "a decision is kept with its rule"
_MAY = """
    NEW.verdict = 'approve' AND EXISTS (
        SELECT 1 FROM approval_rules AS rule WHERE rule.id = NEW.rule_id AND rule.ended_at IS NULL
    ) AND EXISTS (
        SELECT 1 FROM product_revisions AS revision JOIN products AS product ON product.id = revision.product_id
        WHERE revision.id = NEW.revision_id AND product.approved_revision_id IS NOT NULL
    ) AND EXISTS (
        SELECT 1 FROM automatic_looks AS look
        WHERE look.revision_id = NEW.revision_id AND look.number = NEW.number AND NOT look.sampled
    )
"""
_RULE_STAYS, _RULE_DECIDES, _WITH_ITS_RULE = "approval_rules_stay", "decisions_by_rules", "decisions_keep_rule"


def create(connection: Connection) -> None:
    """Create the triggers on either engine, replacing old ones; used by migrations and by fresh databases."""
    drop(connection)
    for statement in _sqlite() if connection.dialect.name == "sqlite" else _postgres():
        connection.exec_driver_sql(statement)


def drop(connection: Connection) -> None:
    """Remove the triggers, so that a migration may rebuild the tables they name."""
    if connection.dialect.name == "sqlite":
        for name in (f"{_RULE_STAYS}_update", f"{_RULE_STAYS}_delete", _RULE_DECIDES, _WITH_ITS_RULE):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
    else:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {_RULE_STAYS} ON approval_rules")
        for name in (_RULE_DECIDES, _WITH_ITS_RULE):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name} ON decisions")


def _sqlite() -> list[str]:
    other = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _MADE)
    stays = f"BEGIN SELECT RAISE(ABORT, '{STAYS}'); END"
    return [
        f"CREATE TRIGGER {_RULE_STAYS}_update BEFORE UPDATE ON approval_rules "
        f"WHEN OLD.ended_at IS NOT NULL OR {other} {stays}",
        f"CREATE TRIGGER {_RULE_STAYS}_delete BEFORE DELETE ON approval_rules {stays}",
        f"CREATE TRIGGER {_RULE_DECIDES} BEFORE INSERT ON decisions WHEN NEW.rule_id IS NOT NULL AND NOT ({_MAY}) "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSES}'); END",
        f"CREATE TRIGGER {_WITH_ITS_RULE} BEFORE UPDATE ON decisions WHEN NEW.rule_id IS NOT OLD.rule_id "
        f"BEGIN SELECT RAISE(ABORT, '{SAME_RULE}'); END",
    ]


def _postgres() -> list[str]:
    other = " OR ".join(f"NEW.{column}::text IS DISTINCT FROM OLD.{column}::text" for column in _MADE)
    return [
        *_function(
            _RULE_STAYS,
            "UPDATE OR DELETE ON approval_rules",
            f"IF TG_OP = 'DELETE' THEN {_raise(STAYS)} END IF; "
            f"IF OLD.ended_at IS NOT NULL OR {other} THEN {_raise(STAYS)} END IF;",
        ),
        # whoever ends the rule at this moment comes before or after: FOR SHARE waits, and then reads afresh
        *_function(
            _RULE_DECIDES,
            "INSERT ON decisions",
            "IF NEW.rule_id IS NOT NULL THEN PERFORM 1 FROM approval_rules WHERE id = NEW.rule_id FOR SHARE; "
            f"IF NOT ({_MAY}) THEN {_raise(REFUSES)} END IF; END IF;",
        ),
        *_function(
            _WITH_ITS_RULE,
            "UPDATE ON decisions",
            f"IF NEW.rule_id IS DISTINCT FROM OLD.rule_id THEN {_raise(SAME_RULE)} END IF;",
        ),
    ]


def _raise(says: str) -> str:
    return f"RAISE EXCEPTION '{says}' USING ERRCODE = 'check_violation';"


def _function(name: str, fires: str, does: str) -> tuple[str, str]:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN {does} RETURN NEW; END $$ LANGUAGE plpgsql",
        f"CREATE TRIGGER {name} BEFORE {fires} FOR EACH ROW EXECUTE FUNCTION {name}()",
    )
