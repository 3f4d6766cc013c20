"""Stripe's objects in the sandbox's memory: kept, found, listed page by page, expanded."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from shop.sandbox.stripe_errors import bad, no_such
from shop.sandbox.stripe_objects import visible

Found = dict[str, Any]
NAMES = {
    "checkout.session": "checkout.session", "payment_intent": "payment_intent", "charge": "charge", "refund": "refund",
    "dispute": "dispute", "balance_transaction": "balance transaction", "account": "account", "transfer": "transfer",
    "transfer_reversal": "transfer reversal",
    "event": "notification",
}  # fmt: skip
EXPANDABLE = ("payment_intent", "latest_charge", "charge", "balance_transaction")


def add(db: sqlite3.Connection, new: Found) -> None:
    """Keep a new object."""
    db.execute(
        "INSERT INTO stripe_objects (id, kind, created, body) VALUES (?, ?, ?, ?)",
        (new["id"], new["object"], new["created"], json.dumps(new)),
    )


def change(db: sqlite3.Connection, changed: Found) -> None:
    """Keep the new state of an object."""
    db.execute("UPDATE stripe_objects SET body = ? WHERE id = ?", (json.dumps(changed), changed["id"]))


def find(db: sqlite3.Connection, kind: str, own_id: str) -> Found | None:
    """Return an object, or None."""
    row = db.execute("SELECT body FROM stripe_objects WHERE id = ? AND kind = ?", (own_id, kind)).fetchone()
    return json.loads(row["body"]) if row else None


def get(db: sqlite3.Connection, kind: str, own_id: str, param: str = "id", status: int = 404) -> Found:
    """Return an object; raises ApiError (resource_missing) when there is none."""
    found = find(db, kind, own_id)
    if found is None:
        raise no_such(NAMES[kind], own_id, param, status)
    return found


def newest(db: sqlite3.Connection, kind: str) -> Iterator[Found]:
    """Give all objects of a kind, the newest first."""
    for row in db.execute("SELECT body FROM stripe_objects WHERE kind = ? ORDER BY seq DESC", (kind,)):
        yield json.loads(row["body"])


def page(db: sqlite3.Connection, kind: str, url: str, asked: dict[str, Any], fits: Callable[[Found], bool]) -> Found:
    """Return one page of a list: limit, starting_after, ending_before and created are honoured (newest first)."""
    limit = asked.get("limit", 10)
    found = [one for one in newest(db, kind) if fits(one) and _created_fits(one["created"], asked.get("created"))]
    ids = [one["id"] for one in found]
    if after := asked.get("starting_after"):
        get(db, kind, after, "starting_after", 400)
        found = found[ids.index(after) + 1 :] if after in ids else []
    elif before := asked.get("ending_before"):
        get(db, kind, before, "ending_before", 400)
        earlier = found[: ids.index(before)] if before in ids else []
        found = earlier[-limit:]
        return {"object": "list", "data": found, "has_more": len(earlier) > limit, "url": url}
    return {"object": "list", "data": found[:limit], "has_more": len(found) > limit, "url": url}


def _created_fits(created: int, asked: Any) -> bool:
    if not asked:
        return True
    if isinstance(asked, int):
        return created == asked
    bounds: dict[str, Callable[[int], bool]] = {
        "gt": lambda bound: created > bound,
        "gte": lambda bound: created >= bound,
        "lt": lambda bound: created < bound,
        "lte": lambda bound: created <= bound,
    }
    return all(bounds[name](bound) for name, bound in asked.items())


def shown(db: sqlite3.Connection, found: Found, paths: list[str]) -> Found:
    """Return an object as the API shows it, with `expand` done; raises ApiError for what cannot be expanded."""
    if found.get("object") == "list":
        wrong = [path for path in paths if not path.startswith("data.")]
        if wrong:
            raise bad(f"This property cannot be expanded ({wrong[0]}).", "expand")
        inner = [path.removeprefix("data.") for path in paths]
        return found | {"data": [shown(db, one, inner) for one in found["data"]]}
    result = visible(found)
    for path in paths:
        name, _, rest = path.partition(".")
        if name == "line_items" and "_line_items" in found and not rest:
            result[name] = line_items(found)
        elif name in EXPANDABLE and name in found:
            result[name] = _expanded(db, found, name, [rest] if rest else [])
        else:
            raise bad(f"This property cannot be expanded ({path}).", "expand")
    return result


def _expanded(db: sqlite3.Connection, found: Found, name: str, rest: list[str]) -> Found | None:
    kind = "charge" if name == "latest_charge" else name
    inner = find(db, kind, found[name]) if found[name] else None
    return shown(db, inner, rest) if inner else None


def line_items(session: Found) -> Found:
    """Return the lines of a session as a list object."""
    url = f"/v1/checkout/sessions/{session['id']}/line_items"
    return {"object": "list", "data": session["_line_items"], "has_more": False, "url": url}
