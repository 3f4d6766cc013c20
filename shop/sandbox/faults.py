"""Faults on order: what a test may ask of the Stripe stand-in that the real one does on a bad day."""

import json
import sqlite3
from dataclasses import dataclass

from shop.sandbox.state import State, fact, remember

# down: 503 to everything, nothing done or kept.      busy: 429, nothing done or kept.
# error: 500 before the work, kept under the key.      lost: the work is done and kept, the answer never arrives.
# slow: the work waits while the key is held, so that a second request with it meets 409.
KINDS = ("down", "busy", "error", "lost", "slow")
WRITES_ONLY = ("busy", "error", "lost", "slow")


@dataclass(frozen=True)
class Fault:
    """One fault; `seconds` is the wait of a slow one."""

    kind: str
    seconds: float = 0.0


def order(db: sqlite3.Connection, kind: str, times: int, seconds: float) -> None:
    """Let the next `times` requests meet a fault."""
    waiting = json.loads(fact(db, "faults", "[]"))
    remember(db, "faults", json.dumps(waiting + [[kind, seconds]] * times))


def take(state: State, method: str) -> Fault | None:
    """Return the fault that this request meets, or None."""
    with state.reading() as db:
        if fact(db, "faults", "[]") == "[]":
            return None
    with state.writing() as db:
        waiting = json.loads(fact(db, "faults", "[]"))
        if not waiting or (method != "POST" and waiting[0][0] in WRITES_ONLY):
            return None
        remember(db, "faults", json.dumps(waiting[1:]))
        return Fault(*waiting[0])
