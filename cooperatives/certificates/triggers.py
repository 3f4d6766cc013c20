"""DDL that holds certificates: facts that stay, a decision before verified, and nobody deciding on his own."""

from typing import NamedTuple

from sqlalchemy import Connection


class _Guard(NamedTuple):
    name: str
    table: str
    verbs: dict[str, str]
    wrong: str
    says: str


_FACTS = "cooperative_id, kind, grade, number, issuer, scope, whole_seller, issued_on, expires_on, digest, added_by_id"
GUARDS = (
    _Guard(
        "certificate_decisions_refuse_own",
        "certificate_decisions",
        {"insert": "INSERT", "update": "UPDATE"},
        """EXISTS (
            SELECT 1 FROM certificates AS certificate
            WHERE certificate.id = NEW.certificate_id AND (
                certificate.added_by_id = NEW.officer_id
                OR EXISTS (
                    SELECT 1 FROM memberships AS membership
                    WHERE membership.cooperative_id = certificate.cooperative_id
                        AND membership.user_id = NEW.officer_id
                )
                OR EXISTS (
                    SELECT 1 FROM consents AS consent
                    WHERE consent.cooperative_id = certificate.cooperative_id
                        AND consent.helper_id = NEW.officer_id
                )
            )
        )""",
        "nobody decides on his own certificate",
    ),
    _Guard(
        "certificates_begin_submitted",
        "certificates",
        {"insert": "INSERT"},
        "NEW.state <> 'submitted'",
        "a certificate begins with the officer",
    ),
    _Guard(
        "certificates_verified_by_decision",
        "certificates",
        {"update": "UPDATE OF state"},
        """NEW.state = 'verified' AND NOT EXISTS (
            SELECT 1 FROM certificate_decisions AS decision
            WHERE decision.certificate_id = NEW.id AND decision.verdict = 'verify'
        )""",
        "no certificate counts without a decision",
    ),
    _Guard(
        "certificates_keep_their_facts",
        "certificates",
        {"update": f"UPDATE OF {_FACTS}"},
        "TRUE",
        "what a certificate says never changes",
    ),
)


def create(connection: Connection) -> None:
    """Create the triggers on either engine, replacing old ones; used by migrations and by fresh databases."""
    drop(connection)
    write = _sqlite if connection.dialect.name == "sqlite" else _postgres
    for guard in GUARDS:
        for statement in write(guard):
            connection.exec_driver_sql(statement)


def drop(connection: Connection) -> None:
    """Remove the triggers, so that a migration may rebuild the tables."""
    for guard in GUARDS:
        if connection.dialect.name == "sqlite":
            for verb in guard.verbs:
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {guard.name}_{verb}")
        else:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {guard.name} ON {guard.table}")


def _sqlite(guard: _Guard) -> list[str]:
    return [
        f"CREATE TRIGGER {guard.name}_{verb} BEFORE {words} ON {guard.table} WHEN {guard.wrong} "
        f"BEGIN SELECT RAISE(ABORT, '{guard.says}'); END"
        for verb, words in guard.verbs.items()
    ]


def _postgres(guard: _Guard) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger AS $$ BEGIN "
        f"IF {guard.wrong} THEN RAISE EXCEPTION '{guard.says}' USING ERRCODE = 'check_violation'; END IF; "
        "RETURN NEW; END $$ LANGUAGE plpgsql",
        f"CREATE TRIGGER {guard.name} BEFORE {' OR '.join(guard.verbs.values())} ON {guard.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
    ]
