"""Migrations and models agree; a rebuild loses no row below; the audit stays shut."""

from itertools import pairwise

import pytest
from sqlalchemy import Connection, Engine, create_engine, insert, select, text
from sqlalchemy.exc import DBAPIError

from shop.audit import triggers
from shop.audit.models import AuditEntry
from shop.audit.services import record
from shop.cli.db import extras, without_extras
from shop.core import engine as engines
from shop.core import migrate, schema
from shop.core.db import db, writing


def test_models_and_migrations_agree(app) -> None:
    with app.app_context():
        assert schema.compare(db.engine, db.metadata, extras) == []


def test_a_missing_check_is_noticed(app) -> None:
    def without_triggers(connection: Connection) -> None:
        extras(connection)
        triggers.drop(connection)

    with app.app_context():
        found = schema.compare(db.engine, db.metadata, without_triggers)
    assert any("audit_entries_refuse" in sentence for sentence in found)


@pytest.mark.parametrize("statement", ["UPDATE audit_entries SET action = 'x'", "DELETE FROM audit_entries"])
def test_audit_rows_are_never_changed(session, cast, statement: str) -> None:
    with writing():
        record("tested", cast.cooperative(), cast.member)
    with pytest.raises(DBAPIError, match="never changed"), writing() as inside:
        inside.execute(text(statement))


def test_rebuilding_products_loses_nothing_below(tmp_path) -> None:
    """SQLite rebuilds a table to change it; with foreign keys on, that deleted the rows that point at it."""
    engine: Engine = create_engine(f"sqlite:///{tmp_path / 'm.db'}")
    engines.prepare(engine)
    migrate.upgrade(engine, db.metadata)
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        _rows(connection)
    _rebuild(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM skus")) == 1
        assert connection.scalar(text("SELECT count(*) FROM products")) == 1
        assert connection.execute(text("PRAGMA foreign_key_check")).fetchall() == []
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    engine.dispose()


def _rows(connection: Connection) -> None:
    tables = db.metadata.tables
    moment = {"created_at": migrate_moment()}
    connection.execute(
        insert(tables["provinces"]).values(code="12", name="x", short_name="x", name_en="x", kind="tinh", sort_key="x")
    )
    commune = {"code": "03390", "province_code": "12", "name": "x", "short_name": "x", "name_en": "x", "kind": "xa"}
    connection.execute(insert(tables["communes"]).values(**commune, folded="x", sort_key="x"))
    connection.execute(insert(tables["users"]).values(id=1, name="x", language="vi", demo=False, version=1, **moment))
    cooperative = {
        "id": 1,
        "slug": "x",
        "name": "x",
        "commune_code": "03390",
        "contact_name": "x",
        "contact_phone": "x",
    }
    connection.execute(
        insert(tables["cooperatives"]).values(**cooperative, kind="household", code="AAAAAAAA", **moment)
    )
    product = {"id": 1, "cooperative_id": 1, "created_by_id": 1, "version": 1, "code": "AAAAAAAA", "slug": ""}
    connection.execute(insert(tables["products"]).values(**product, shelf="on_sale", **moment))
    sku = {"code": "A-1", "product_id": 1, "pack_amount": 1, "pack_word": "kg", "price": 1, "on_hand": 0, "held": 0}
    connection.execute(insert(tables["skus"]).values(**sku, position=0))


def migrate_moment():
    from shop.core import clock

    return clock.now()


def _rebuild(engine: Engine) -> None:
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext

    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        connection.execution_options(writing=True)
        with connection.begin():
            without_extras(connection)
            operations = Operations(MigrationContext.configure(connection))
            with operations.batch_alter_table("products", recreate="always") as batch:
                batch.alter_column("slug", nullable=False)
            extras(connection)
        raw.execute("PRAGMA foreign_keys=ON")


def test_the_chain_is_kept(session, cast) -> None:
    with writing():
        for action in ("one", "two", "three"):
            record(action, cast.cooperative(), cast.member)
    key = cast.cooperative().id
    found = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject_kind == "cooperatives", AuditEntry.subject_id == key)
        .order_by(AuditEntry.number)
    ).all()
    assert [row.action for row in found[-3:]] == ["one", "two", "three"]
    assert all(later.previous == earlier.digest for earlier, later in pairwise(found))
