"""Idempotency keys as Stripe keeps them: the first answer again, never the work again."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from shop.sandbox.state import State, now, wall
from shop.sandbox.stripe_errors import ApiError, bad

LONGEST = 255  # characters
KEPT_FOR = 24 * 60 * 60  # seconds; Stripe may forget a key once it is at least this old
ABANDONED = 60  # seconds after which a process that holds a key is taken for dead


@dataclass(frozen=True)
class Answer:
    """An answer given earlier under a key."""

    status: int
    body: str
    request_id: str


def fingerprint(params: dict[str, Any]) -> str:
    """Return a digest that is the same for the same parameters in any order."""
    return hashlib.sha256(json.dumps(params, sort_keys=True).encode()).hexdigest()


def claim(state: State, key: str, path: str, params: dict[str, Any], request_id: str) -> Answer | None:
    """Take a key for this request, or return the answer that it has.

    Raises ApiError: 400 for another endpoint or other parameters, 409 while the first request still runs.
    """
    if len(key) > LONGEST:
        raise bad(f"Idempotency keys have at most {LONGEST} characters.")
    digest = fingerprint(params)
    with state.writing() as db:
        db.execute("DELETE FROM idempotency_keys WHERE created <= ?", (now(db) - KEPT_FOR,))
        row = db.execute("SELECT * FROM idempotency_keys WHERE key = ?", (key,)).fetchone()
        if row is None:
            db.execute(
                "INSERT INTO idempotency_keys (key, created, claimed, path, fingerprint, request_id)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (key, now(db), wall(), path, digest, request_id),
            )
            return None
        _same_request(row["path"], path, row["fingerprint"] == digest, key)
        if row["status"] is not None:
            return Answer(row["status"], row["body"], row["request_id"])
        if row["claimed"] > wall() - ABANDONED:
            raise ApiError(
                409,
                "There is currently another in-progress request using this Idempotent Key (that probably means you "
                f"submitted twice, and the other request is still going through): {key}. Please try again later.",
                code="idempotency_key_in_use",
            )
        db.execute("UPDATE idempotency_keys SET claimed = ? WHERE key = ?", (wall(), key))
    return None


def _same_request(first_path: str, path: str, same_params: bool, key: str) -> None:
    other = f"Try using a key other than '{key}' if you meant to execute a different request."
    if first_path != path:
        sentence = "Keys for idempotent requests can only be used for the same endpoint they were first used for"
        raise ApiError(400, f"{sentence} ('{first_path}' vs '{path}'). {other}", kind="idempotency_error")
    if not same_params:
        sentence = "Keys for idempotent requests can only be used with the same parameters they were first used with."
        raise ApiError(400, f"{sentence} {other}", kind="idempotency_error")


def give_back(state: State, key: str) -> None:
    """Forget a key whose request was refused before any work began: it may be tried again."""
    with state.writing() as db:
        db.execute("DELETE FROM idempotency_keys WHERE key = ? AND status IS NULL", (key,))
