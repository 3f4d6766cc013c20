"""What happens becomes an event, and an event becomes deliveries to the shop."""

import sqlite3
from typing import Any

from shop.sandbox import stripe_objects, stripe_store
from shop.sandbox.state import fact, now, wall

MODES = ("send", "hold", "drop", "duplicate", "delay")
NOBODY: dict[str, Any] = {"id": None, "idempotency_key": None}  # nobody asked: it happened by itself


def emit(
    db: sqlite3.Connection, kind: str, about: dict[str, Any], request: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Keep an event about an object and queue it for the shop, as the switches say; return the event."""
    event = stripe_objects.event(kind, about, request or NOBODY, now(db))
    stripe_store.add(db, event)
    mode = fact(db, "webhook_mode", "send")
    if mode == "drop":
        queue(db, event["id"], "dropped")
    elif mode == "hold":
        queue(db, event["id"], "held")
    else:
        wait = float(fact(db, "webhook_wait", "0")) if mode == "delay" else 0.0
        for _ in range(2 if mode == "duplicate" else 1):
            queue(db, event["id"], "waiting", wait)
    return event


def queue(db: sqlite3.Connection, event_id: str, state: str = "waiting", wait: float = 0.0) -> None:
    """Queue one delivery of an event, due after `wait` seconds."""
    db.execute("INSERT INTO deliveries (event_id, state, due) VALUES (?, ?, ?)", (event_id, state, wall() + wait))


def release(db: sqlite3.Connection, backwards: bool = False) -> int:
    """Send what was held, in its order or backwards; return how many."""
    order = "DESC" if backwards else "ASC"
    held = db.execute(f"SELECT id FROM deliveries WHERE state = 'held' ORDER BY id {order}").fetchall()  # noqa: S608
    for place, row in enumerate(held):
        due = wall() + place * 0.001
        db.execute("UPDATE deliveries SET state = 'waiting', due = ? WHERE id = ?", (due, row["id"]))
    return len(held)
