"""The engine's own full-text index over search_entries: FTS5 on SQLite, a stored tsvector on PostgreSQL."""
# ruff: noqa: S608 - table and column names are constants of this module

from sqlalchemy import Connection

COLUMNS = "words, joined, sound"
_SQLITE = (
    f"CREATE VIRTUAL TABLE search_fts USING fts5({COLUMNS}, content='search_entries', content_rowid='product_id', "
    # Mn and Mc: the vowel signs of Devanagari are part of their words.
    "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'\", prefix='2 3')",
    f"INSERT INTO search_fts(rowid, {COLUMNS}) SELECT product_id, {COLUMNS} FROM search_entries",
    f"CREATE TRIGGER search_entries_added AFTER INSERT ON search_entries BEGIN "
    f"INSERT INTO search_fts(rowid, {COLUMNS}) VALUES (new.product_id, new.words, new.joined, new.sound); END",
    f"CREATE TRIGGER search_entries_removed AFTER DELETE ON search_entries BEGIN "
    f"INSERT INTO search_fts(search_fts, rowid, {COLUMNS}) "
    f"VALUES ('delete', old.product_id, old.words, old.joined, old.sound); END",
    f"CREATE TRIGGER search_entries_changed AFTER UPDATE OF words, joined, sound ON search_entries BEGIN "
    f"INSERT INTO search_fts(search_fts, rowid, {COLUMNS}) "
    f"VALUES ('delete', old.product_id, old.words, old.joined, old.sound); "
    f"INSERT INTO search_fts(rowid, {COLUMNS}) VALUES (new.product_id, new.words, new.joined, new.sound); END",
)
_POSTGRES = (
    "ALTER TABLE search_entries ADD COLUMN tsv tsvector GENERATED ALWAYS AS ("
    "setweight(to_tsvector('simple', words), 'A') || setweight(to_tsvector('simple', joined), 'B') || "
    "setweight(to_tsvector('simple', sound), 'C')) STORED",
    "CREATE INDEX ix_search_entries_tsv ON search_entries USING gin (tsv)",
)
TRIGGERS = ("search_entries_added", "search_entries_removed", "search_entries_changed")


def create(connection: Connection) -> None:
    """Make the index afresh from the rows that are there; for migrations and fresh databases."""
    drop(connection)
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRES:
        connection.exec_driver_sql(statement)


def drop(connection: Connection) -> None:
    """Remove the index, so that a migration may rebuild search_entries."""
    if connection.dialect.name == "sqlite":
        for name in TRIGGERS:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql("DROP TABLE IF EXISTS search_fts")
    else:
        connection.exec_driver_sql("DROP INDEX IF EXISTS ix_search_entries_tsv")
        connection.exec_driver_sql("ALTER TABLE search_entries DROP COLUMN IF EXISTS tsv")
