"""The database: one session, read-only until a door opens `writing()`."""

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, cast

from flask import has_app_context
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    BigInteger,
    CursorResult,
    DateTime,
    Dialect,
    Enum,
    Executable,
    Integer,
    MetaData,
    Text,
    event,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    Session,
    UOWTransaction,
    declared_attr,
    mapped_column,
    registry,
)
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

BigInt = BigInteger().with_variant(Integer, "sqlite")
BigKey = Annotated[int, mapped_column(BigInt, primary_key=True)]


class UTCDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC before it is stored."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the database")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back what was stored as an aware moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_TYPES: dict[Any, Any] = {
    datetime: UTCDateTime(),
    int: BigInt,
    str: Text(),
    dict[str, Any]: JSON(),
    list[str]: JSON(),
    list[int]: JSON(),
    enum.Enum: Enum(
        enum.Enum,
        values_callable=lambda kind: [member.value for member in kind],
        native_enum=False,
        create_constraint=True,
        length=20,
    ),
}


class Base(DeclarativeBase):
    """What every table shares: names of constraints and types of columns."""

    registry = registry(metadata=MetaData(naming_convention=NAMES), type_annotation_map=_TYPES)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": True})
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Versioned:
    """A row that people edit: a lost update is a StaleDataError, answered with 409, never an overwrite."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy hands the class
        return {"version_id_col": cls.version}


@contextmanager
def writing() -> Iterator[Session]:
    """Open the one write transaction of a request, task or command, and commit it.

    The read snapshot is ended first, so everything inside is read afresh (a read-then-write transaction
    on SQLite fails at once with SQLITE_BUSY_SNAPSHOT, whatever the time-out). On SQLite it begins
    IMMEDIATE. Rolls back and re-raises on any exception. Blocks do not nest: RuntimeError.
    """
    session = db.session()
    if session.info.get("writing"):
        raise RuntimeError("writing() does not nest: the door opens it once")
    session.rollback()
    session.info["writing"] = True
    try:
        session.connection(execution_options={"writing": True})
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("writing", None)


def changed(statement: Executable) -> int:
    """Run an INSERT, UPDATE or DELETE in the session and return how many rows it changed."""
    return int(cast("CursorResult[Any]", db.session.execute(statement)).rowcount)


def is_writing() -> bool:
    """Say whether the present session is inside `writing()`; outside an app there is no session at all."""
    if not has_app_context() or not db.session.registry.has():
        return False
    return bool(db.session().info.get("writing"))


def forbid_in_writing(what: str) -> None:
    """Raise RuntimeError inside `writing()`: slow or outside work must not hold the write lock."""
    if is_writing():
        raise RuntimeError(f"{what} inside writing(): do it before or after the transaction")


@event.listens_for(Session, "before_flush")
def _flush_only_in_writing(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    changed = session.new or session.deleted or any(session.is_modified(row) for row in session.dirty)
    if changed and not session.info.get("writing"):
        raise RuntimeError("a change outside writing(): only doors write")


@event.listens_for(Session, "do_orm_execute")
def _statements_only_in_writing(state: ORMExecuteState) -> None:
    if not state.session.info.get("writing") and (state.is_insert or state.is_update or state.is_delete):
        raise RuntimeError("a change outside writing(): only doors write")
