"""DDL that holds the ledger: what was booked is never changed or removed; a mistake is mended by a new booking."""

from sqlalchemy import Connection

from shop.audit import triggers

TABLES = ("ledger_entries",)


def create(connection: Connection) -> None:
    """Create the triggers on either engine, replacing old ones; used by migrations and by fresh databases."""
    triggers.create(connection, TABLES)


def drop(connection: Connection) -> None:
    """Remove the triggers, so that a migration may rebuild the table."""
    triggers.drop(connection, TABLES)
