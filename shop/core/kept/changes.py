"""Reading the log of changes: one small statement before each answer, exact on both engines."""

from typing import Any

from flask import Flask

from shop.core.db import db

MOST = 1000  # rows read at once; where there are more, everything counts as changed
_SQLITE = f"SELECT id, product_id FROM page_changes WHERE id > ? ORDER BY id LIMIT {MOST + 1}"  # noqa: S608 - a number
_SQLITE_NEWEST = "SELECT coalesce(max(id), 0) FROM page_changes"
# Numbers of rows are drawn before transactions end, so a later number may be seen first. What was not visible in the
# snapshot of the last look and is visible now is exactly what was committed between the two.
_POSTGRES = f"""
    SELECT pg_current_snapshot()::text, ARRAY(
        SELECT product_id FROM page_changes
        WHERE tx >= pg_snapshot_xmin(%(last)s::pg_snapshot)::text::bigint
            AND NOT pg_visible_in_snapshot(tx::text::xid8, %(last)s::pg_snapshot)
        LIMIT {MOST + 1}
    )
"""  # noqa: S608 - a number
_POSTGRES_NEWEST = "SELECT pg_current_snapshot()::text"


class Changes:
    """One process's place in the log, with a connection of its own that never holds a transaction."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.line: Any = None
        self.last: Any = None

    def look(self) -> list[int] | None:
        """Return the products of the changes committed since the last look (0: anything); None: all may be changed.

        Everything committed before this call is in it or was in an earlier one. Raises what the driver raises.
        """
        if self.line is None:
            self._open()
            return None
        found = self._on_sqlite() if self.sqlite else self._on_postgres()
        return None if len(found) > MOST else found

    def close(self) -> None:
        """Give the connection back to nobody: the next look opens another and counts everything as changed."""
        line, self.line = self.line, None
        if line is not None:
            line.close()

    def _open(self) -> None:
        with self.app.app_context():
            engine = db.engine
            pooled: Any = engine.raw_connection()
        self.sqlite = engine.dialect.name == "sqlite"
        self.line = pooled.driver_connection
        pooled.detach()
        if self.sqlite:
            self.line.execute("PRAGMA query_only=ON")
            self.last = self.line.execute(_SQLITE_NEWEST).fetchone()[0]
        else:
            self.line.rollback()
            self.line.autocommit = True
            self.last = self.line.execute(_POSTGRES_NEWEST).fetchone()[0]

    def _on_sqlite(self) -> list[int]:
        rows = self.line.execute(_SQLITE, (self.last,)).fetchall()
        if len(rows) > MOST:
            self.last = self.line.execute(_SQLITE_NEWEST).fetchone()[0]
        elif rows:
            self.last = rows[-1][0]
        return [product_id for _id, product_id in rows]

    def _on_postgres(self) -> list[int]:
        self.last, found = self.line.execute(_POSTGRES, {"last": self.last}).fetchone()
        return list(found)
