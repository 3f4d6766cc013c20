"""Rows collected in memory with their keys, and written in one go; audit chains included."""

from collections import defaultdict
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, insert, update

from shop.audit.digests import digest_of
from shop.cli.rows import move_sequences
from shop.core.db import Model, db

AT_ONCE = 500


class Sheet:
    """What is to be written, table by table; keys are given here, so the database must be empty of these rows."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.later: list[tuple[str, int, dict[str, Any]]] = []
        self.chains: dict[tuple[str, int], Any] = {}

    def add(self, table: type[Model], **values: Any) -> int:
        """Note a row and return its key."""
        rows = self.rows[table.__tablename__]
        rows.append({"id": len(rows) + 1, **values})
        return len(rows)

    def plain(self, table: type[Model], **values: Any) -> None:
        """Note a row of a table whose key is among its values."""
        self.rows[table.__tablename__].append(values)

    def set_later(self, table: type[Model], key: int, **values: Any) -> None:
        """Note values that point at rows written after."""
        self.later.append((table.__tablename__, key, values))

    def audit(self, subject: type[Model], key: int, action: str, actor: int | None, at: datetime, **facts: Any) -> None:
        """Note an audit row, chained to the one before on the same subject."""
        kind = subject.__tablename__
        last = self.chains.get((kind, key))
        entry = SimpleNamespace(
            subject_kind=kind,
            subject_id=key,
            number=last.number + 1 if last else 1,
            action=action,
            actor_id=actor,
            on_behalf_of_id=None,
            facts=facts,
            personal_digest=None,
            previous=last.digest if last else "",
            at=at,
        )
        entry.digest = digest_of(entry)  # type: ignore[arg-type]
        self.chains[kind, key] = entry
        rows = self.rows["audit_entries"]
        rows.append({"id": len(rows) + 1, **vars(entry)})

    def write(self, connection: Connection) -> int:
        """Write everything, in the order of dependence; returns the number of rows."""
        written = 0
        for table in db.metadata.sorted_tables:
            rows = self.rows.get(table.name, [])
            for start in range(0, len(rows), AT_ONCE):
                connection.execute(insert(table), rows[start : start + AT_ONCE])
            written += len(rows)
        for name, key, values in self.later:
            table = db.metadata.tables[name]
            connection.execute(update(table).where(table.c.id == key).values(**values))
        move_sequences(connection)
        return written
