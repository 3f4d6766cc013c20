"""DDL that keeps the queue: whatever sends, decides, takes back or suspends, one row stands for each that waits."""
# ruff: noqa: S608 - table and column names are constants of this module

from typing import NamedTuple

from sqlalchemy import Connection

_COLUMNS = (
    "revision_id, number, product_id, cooperative_id, commune_code, submitted_at, category, ship_class, "
    "is_edit, new_seller, came_back, sells"
)
_ROWS = """
    SELECT revision.id, revision.number, product.id, seller.id, seller.commune_code,
        coalesce(revision.submitted_at, revision.created_at), revision.category, revision.ship_class,
        product.approved_revision_id IS NOT NULL,
        NOT EXISTS (
            SELECT 1 FROM products AS other
            WHERE other.cooperative_id = seller.id AND other.approved_revision_id IS NOT NULL
        ),
        EXISTS (
            SELECT 1 FROM decisions AS earlier WHERE earlier.revision_id = revision.id
                AND earlier.number < revision.number AND earlier.withdrawn_at IS NULL
        ),
        seller.state = 'active'
    FROM product_revisions AS revision
    JOIN products AS product ON product.id = revision.product_id
    JOIN cooperatives AS seller ON seller.id = product.cooperative_id
    WHERE revision.state = 'submitted' AND NOT EXISTS (
        SELECT 1 FROM decisions AS decision
        WHERE decision.revision_id = revision.id AND decision.number = revision.number
            AND decision.withdrawn_at IS NULL
    )
"""


def _again(key: str) -> tuple[str, str]:
    """The statements that write the row of one revision afresh, or take it away."""
    return (
        f"DELETE FROM waiting_revisions WHERE revision_id = {key}",
        f"INSERT INTO waiting_revisions ({_COLUMNS}) {_ROWS} AND revision.id = {key}",
    )


_NO_NEWCOMER = "SET new_seller = (NEW.approved_revision_id IS NULL AND new_seller) WHERE cooperative_id = "
_APPROVED = (
    "UPDATE waiting_revisions SET is_edit = (NEW.approved_revision_id IS NOT NULL) WHERE product_id = NEW.id",
    f"UPDATE waiting_revisions {_NO_NEWCOMER} NEW.cooperative_id",
    f"UPDATE waiting_sums {_NO_NEWCOMER} NEW.cooperative_id",
)
_SELLER = tuple(
    f"UPDATE {table} SET commune_code = NEW.commune_code, sells = (NEW.state = 'active') WHERE cooperative_id = NEW.id"
    for table in ("waiting_revisions", "waiting_sums")
)
_SUMS = "cooperative_id, category, ship_class, commune_code, new_seller, sells, waiting, edits, back"
_ONE_MORE = (
    f"INSERT INTO waiting_sums ({_SUMS}) VALUES (NEW.cooperative_id, NEW.category, NEW.ship_class, NEW.commune_code, "
    "NEW.new_seller, NEW.sells, 1, CASE WHEN NEW.is_edit THEN 1 ELSE 0 END, CASE WHEN NEW.came_back THEN 1 ELSE 0 END) "
    "ON CONFLICT (cooperative_id, category, ship_class) DO UPDATE SET waiting = waiting_sums.waiting + 1, "
    "edits = waiting_sums.edits + excluded.edits, back = waiting_sums.back + excluded.back, "
    "commune_code = excluded.commune_code, new_seller = excluded.new_seller, sells = excluded.sells"
)
_OLD = "WHERE cooperative_id = OLD.cooperative_id AND category = OLD.category AND ship_class = OLD.ship_class"
_ONE_LESS = (
    "UPDATE waiting_sums SET waiting = waiting - 1, edits = edits - CASE WHEN OLD.is_edit THEN 1 ELSE 0 END, "
    f"back = back - CASE WHEN OLD.came_back THEN 1 ELSE 0 END {_OLD}"
)
_NOW_EDIT = (
    "UPDATE waiting_sums SET edits = edits + CASE WHEN NEW.is_edit THEN 1 ELSE 0 END "
    f"- CASE WHEN OLD.is_edit THEN 1 ELSE 0 END {_OLD}"
)
_WAITS = "WHEN (NEW.state = 'submitted')"
_WAITED = "WHEN (OLD.state = 'submitted' OR NEW.state = 'submitted')"
# PostgreSQL only: what is sent, decided and suspended of one seller comes one by one, so that no flag is stale.
_LOCK = "PERFORM 1 FROM cooperatives WHERE id = {seller} FOR NO KEY UPDATE"
_OF_PRODUCT = "(SELECT cooperative_id FROM products WHERE id = NEW.product_id)"
_OF_DECISION = (
    "(SELECT cooperative_id FROM products JOIN product_revisions AS revision ON revision.product_id = products.id "
    "WHERE revision.id = NEW.revision_id)"
)


class _Trigger(NamedTuple):
    """When it fires, on which table, under which condition, for which seller, and what it does."""

    when: str
    table: str
    condition: str
    seller: str
    statements: tuple[str, ...]


_TRIGGERS = {
    "waiting_as_sent": _Trigger("INSERT", "product_revisions", _WAITS, _OF_PRODUCT, _again("NEW.id")),
    "waiting_as_moved": _Trigger(
        "UPDATE OF state, number, submitted_at, category, ship_class",
        "product_revisions",
        _WAITED,
        _OF_PRODUCT,
        _again("NEW.id"),
    ),
    "waiting_as_decided": _Trigger("INSERT", "decisions", "", _OF_DECISION, _again("NEW.revision_id")),
    "waiting_as_withdrawn": _Trigger(
        "UPDATE OF withdrawn_at", "decisions", "", _OF_DECISION, _again("NEW.revision_id")
    ),
    "waiting_as_approved": _Trigger("UPDATE OF approved_revision_id", "products", "", "NEW.cooperative_id", _APPROVED),
    "waiting_as_seller": _Trigger("UPDATE OF commune_code, state", "cooperatives", "", "NEW.id", _SELLER),
    "waiting_one_more": _Trigger("INSERT", "waiting_revisions", "", "NEW.cooperative_id", (_ONE_MORE,)),
    "waiting_one_less": _Trigger("DELETE", "waiting_revisions", "", "OLD.cooperative_id", (_ONE_LESS,)),
    "waiting_now_edit": _Trigger("UPDATE OF is_edit", "waiting_revisions", "", "NEW.cooperative_id", (_NOW_EDIT,)),
}


def create(connection: Connection) -> None:
    """Create the triggers on either engine, replacing old ones; used by migrations and by fresh databases.

    A migration that rebuilds product_revisions, decisions, products or cooperatives on SQLite ends with this.
    """
    drop(connection)
    sqlite = connection.dialect.name == "sqlite"
    for name, one in _TRIGGERS.items():
        fires = f"CREATE TRIGGER {name} AFTER {one.when} ON {one.table} FOR EACH ROW {one.condition}"
        body = " ".join(f"{statement};" for statement in one.statements)
        if sqlite:
            connection.exec_driver_sql(f"{fires} BEGIN {body} END")
            continue
        does = f"BEGIN {_LOCK.format(seller=one.seller)}; {body} RETURN NULL; END"
        connection.exec_driver_sql(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ {does} $$ LANGUAGE plpgsql"
        )
        connection.exec_driver_sql(f"{fires} EXECUTE FUNCTION {name}()")


def drop(connection: Connection) -> None:
    """Remove the triggers, so that a migration may rebuild the tables they name."""
    for name, one in _TRIGGERS.items():
        on = "" if connection.dialect.name == "sqlite" else f" ON {one.table}"
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{on}")


def fill(connection: Connection) -> None:
    """Write every row afresh from what waits now: for the migration that makes the table, and for repairs."""
    connection.exec_driver_sql("DELETE FROM waiting_sums")
    connection.exec_driver_sql("DELETE FROM waiting_revisions")
    connection.exec_driver_sql(f"INSERT INTO waiting_revisions ({_COLUMNS}) {_ROWS}")


def expected() -> str:
    """Return the select of the rows that there should be now."""
    return _ROWS


def kept() -> str:
    """Return the select of the rows that there are, in the columns of `expected()`."""
    return f"SELECT {_COLUMNS} FROM waiting_revisions"


def expected_sums() -> str:
    """Return the select of what the sums should be, counted row by row."""
    return (
        "SELECT cooperative_id, category, ship_class, commune_code, new_seller, sells, count(*), "
        "sum(CASE WHEN is_edit THEN 1 ELSE 0 END), sum(CASE WHEN came_back THEN 1 ELSE 0 END) "
        "FROM waiting_revisions GROUP BY cooperative_id, category, ship_class, commune_code, new_seller, sells"
    )


def kept_sums() -> str:
    """Return the select of the sums that there are, in the columns of `expected_sums()`; those of nothing are none."""
    return f"SELECT {_SUMS} FROM waiting_sums WHERE waiting <> 0"
