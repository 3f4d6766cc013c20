"""The sandbox's own memory: one SQLite file that survives a restart and may be shared by processes."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shop.core import clock

SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS mails (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, sender TEXT NOT NULL, raw BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS mail_recipients (
    mail_id INTEGER NOT NULL REFERENCES mails(id) ON DELETE CASCADE, address TEXT NOT NULL,
    PRIMARY KEY (mail_id, address));
CREATE INDEX IF NOT EXISTS mail_recipients_address ON mail_recipients (address);
CREATE TABLE IF NOT EXISTS texts (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, sms_id TEXT NOT NULL UNIQUE, request_id TEXT UNIQUE,
    phone TEXT NOT NULL, content TEXT NOT NULL, alphabet TEXT NOT NULL, parts INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS zalo (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, message_id TEXT NOT NULL UNIQUE, phone TEXT NOT NULL,
    template TEXT NOT NULL, filled TEXT NOT NULL, tracking TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS browsers (
    name TEXT PRIMARY KEY, server_key TEXT NOT NULL, key TEXT NOT NULL, auth TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pushes (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, browser TEXT NOT NULL, message TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS stripe_objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, created INTEGER NOT NULL,
    body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS stripe_objects_kind ON stripe_objects (kind, seq);
CREATE TABLE IF NOT EXISTS idempotency_keys (
    key TEXT PRIMARY KEY, created INTEGER NOT NULL, claimed REAL NOT NULL, path TEXT NOT NULL,
    fingerprint TEXT NOT NULL, request_id TEXT NOT NULL, status INTEGER, body TEXT);
CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT, event_id TEXT NOT NULL, state TEXT NOT NULL, due REAL NOT NULL,
    claimed REAL NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, status INTEGER,
    note TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS bank_listeners (account TEXT PRIMARY KEY, url TEXT NOT NULL, secret TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS bookings (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, bank_bin TEXT NOT NULL, account TEXT NOT NULL,
    amount INTEGER NOT NULL, memo TEXT NOT NULL, reference TEXT NOT NULL UNIQUE, state TEXT NOT NULL,
    due REAL NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, status INTEGER, answer TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (state, due);
"""
TABLES = (
    "facts",
    "mail_recipients",
    "mails",
    "texts",
    "zalo",
    "browsers",
    "pushes",
    "stripe_objects",
    "idempotency_keys",
    "deliveries",
    "bank_listeners",
    "bookings",
)


def wall() -> float:
    """Return seconds since 1970 by the machine's own clock, which no test may stop.

    Waiting, retrying and signing need it: the receiver's Stripe library compares a signature's date with real time.
    """
    return time.time()


class State:
    """One file of memory; every block of work opens its own connection, so threads and processes may share it."""

    def __init__(self, path: str) -> None:
        self.path = path
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        with self._connected() as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(SCHEMA)

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self.path, timeout=10, isolation_level=None)
        db.row_factory = sqlite3.Row
        try:
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA synchronous = NORMAL")
            yield db
        finally:
            db.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give one consistent view of the memory."""
        with self._connected() as db:
            db.execute("BEGIN")
            yield db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the memory to one writer; all of the block is kept, or nothing when it raises."""
        with self._connected() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    def forget_everything(self) -> None:
        """Empty the memory, clock and switches included."""
        with self.writing() as db:
            for table in TABLES:
                db.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the list above


def fact(db: sqlite3.Connection, name: str, default: str = "") -> str:
    """Return one remembered switch or setting."""
    row = db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return row["value"] if row else default


def remember(db: sqlite3.Connection, name: str, value: str) -> None:
    """Keep one switch or setting."""
    db.execute("INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value))


def now(db: sqlite3.Connection) -> int:
    """Return seconds since 1970 by the sandbox's clock: the shop's, plus what a test advanced it by."""
    return int(clock.now().timestamp()) + int(fact(db, "clock_ahead", "0"))
