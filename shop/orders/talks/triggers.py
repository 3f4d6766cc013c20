"""DDL that keeps messages as they were written: no row is ever changed."""

from sqlalchemy import Connection

REFUSAL = "order_messages rows are never changed"


def create(connection: Connection) -> None:
    """Create the trigger on either engine; used by migrations and by fresh databases."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "CREATE TRIGGER order_messages_refuse_update BEFORE UPDATE ON order_messages "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
        return
    connection.exec_driver_sql(
        "CREATE OR REPLACE FUNCTION order_messages_refuse() RETURNS trigger AS $$ "
        f"BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$ LANGUAGE plpgsql"
    )
    connection.exec_driver_sql(
        "CREATE TRIGGER order_messages_refuse_update BEFORE UPDATE ON order_messages "
        "FOR EACH ROW EXECUTE FUNCTION order_messages_refuse()"
    )


def drop(connection: Connection) -> None:
    """Remove the trigger, so that a migration may rebuild the tables."""
    table = "" if connection.dialect.name == "sqlite" else " ON order_messages"
    connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS order_messages_refuse_update{table}")
