"""The books of the stand-in's bank: who listens to an account, what came into it, what the listener was told."""

import secrets
import sqlite3
from typing import Any, NamedTuple

from shop.sandbox.settings import SandboxSettings
from shop.sandbox.state import fact, now, remember, wall

AT_MOST = 100
# How banks hand the payer's words on: as written; between words and figures of their own; with a space after each
# four letters; in small letters; cut after six. Seen on Vietnamese statements (prefixes of MB and Vietcombank).
PASSED_ON = ("as_written", "prefixed", "spaced", "lower", "cut")


class Listener(NamedTuple):
    """A notifier's webhook: its address at the market and the secret it signs with."""

    url: str
    secret: str


def listen(db: sqlite3.Connection, account: str, url: str, secret: str) -> None:
    """Tell the bank who listens to an account; whoever was told last counts."""
    db.execute("INSERT OR REPLACE INTO bank_listeners VALUES (?, ?, ?)", (account, url, secret))


def listener(db: sqlite3.Connection, settings: SandboxSettings, account: str) -> Listener | None:
    """Return who listens to an account: told while running, or at the start by the settings; or None."""
    row = db.execute("SELECT url, secret FROM bank_listeners WHERE account = ?", (account,)).fetchone()
    if row:
        return Listener(row["url"], row["secret"])
    told = settings.bank_listeners.get(account)
    return Listener(settings.shop_origin.rstrip("/") + told[0], told[1]) if told else None


def passed_on(memo: str, how: str, number: int) -> str:
    """Return a transfer's message as the receiving bank shows it."""
    if how == "prefixed":
        return f"MBVCB.{7_000_000_000 + number}.{memo}.CT tu 0123456789 NGUOI MUA THU toi tai khoan nhan"
    if how == "spaced":
        return " ".join(memo[at : at + 4] for at in range(0, len(memo), 4))
    return {"lower": memo.lower(), "cut": memo[:6]}.get(how, memo)


def book(db: sqlite3.Connection, settings: SandboxSettings, into: tuple[str, str], amount: int, memo: str) -> int:
    """Book a transfer into (BIN, account), to be told at once unless the switch drops it; return its number."""
    state = "waiting" if listener(db, settings, into[1]) else "unheard"
    if state == "waiting" and fact(db, "bank_drop") == "next":
        state = "dropped"
        remember(db, "bank_drop", "")
    reference = f"FT{secrets.randbelow(10**12):012d}"
    made = db.execute(
        "INSERT INTO bookings (at, bank_bin, account, amount, memo, reference, state, due)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (now(db), *into, amount, memo, reference, state, wall()),
    ).fetchone()
    return int(made["id"])


def tell_again(db: sqlite3.Connection, number: int) -> bool:
    """Queue the same booking once more, with all its tries; False where there is none."""
    again = "UPDATE bookings SET state = 'waiting', attempts = 0, due = ?, answer = '' WHERE id = ?"
    return db.execute(again, (wall(), number)).rowcount == 1


def newest(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """Return the bookings, the newest first."""
    rows = db.execute("SELECT * FROM bookings ORDER BY id DESC LIMIT ?", (AT_MOST,)).fetchall()
    return [dict(row) for row in rows]
