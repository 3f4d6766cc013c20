"""SePay's calls from the stand-in's bank: signed, tried again, and counted only where the answer is the right one.

Source: developer.sepay.vn, "SePay webhooks": payload and authentication; "Error handling": eight deliveries, spaced
by 1, 1, 2, 3, 5, 8, 13 minutes; "Test mode": success is HTTP 200 or 201 with the body {"success": true}.
"""

import hashlib
import hmac
import json
import sqlite3
from datetime import UTC, datetime
from functools import cache

import httpx

from shop.core.days import local
from shop.sandbox.bank_books import listener
from shop.sandbox.bank_qr import BANKS
from shop.sandbox.settings import SandboxSettings
from shop.sandbox.state import State, wall

MINUTES = (1, 1, 2, 3, 5, 8, 13)  # waits before the second … eighth delivery
LONGEST_ANSWER = 200  # letters of an answer that are kept to be shown


def sign(secret: str, body: bytes, moment: int) -> dict[str, str]:
    """Return SePay's headers: HMAC-SHA256 over "time.body"."""
    seal = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return {"X-SePay-Timestamp": str(moment), "X-SePay-Signature": f"sha256={seal}"}


def tell_due(state: State, settings: SandboxSettings) -> int:
    """Tell the listeners of what is due, one after the other; return how many calls were made."""
    with state.reading() as db:
        due = db.execute(
            "SELECT * FROM bookings WHERE state = 'waiting' AND due <= ? ORDER BY id", (wall(),)
        ).fetchall()
    for booking in due:
        _tell(state, settings, booking)
    return len(due)


def _tell(state: State, settings: SandboxSettings, booking: sqlite3.Row) -> None:
    with state.reading() as db:
        who = listener(db, settings, booking["account"])
    if who is None:
        status, answer, right = 0, "", False
    else:
        status, answer, right = _call(who.url, who.secret, payload(booking), settings.receiver_patience)
    attempts = booking["attempts"] + 1
    outcome = "told" if right else "failed" if who is None or attempts > len(MINUTES) else "waiting"
    due = wall() + (MINUTES[attempts - 1] * settings.bank_minute if outcome == "waiting" else 0)
    with state.writing() as db:
        db.execute(
            "UPDATE bookings SET state = ?, attempts = ?, status = ?, answer = ?, due = ? WHERE id = ?",
            (outcome, attempts, status, answer, due, booking["id"]),
        )


def payload(booking: sqlite3.Row) -> bytes:
    """Return what SePay sends of a booking."""
    at = local(datetime.fromtimestamp(booking["at"], UTC))
    said = {
        "id": booking["id"],
        "gateway": BANKS[booking["bank_bin"]],
        "transactionDate": f"{at:%Y-%m-%d %H:%M:%S}",
        "accountNumber": booking["account"],
        "subAccount": None,
        "code": None,
        "content": booking["memo"],
        "transferType": "in",
        "transferAmount": booking["amount"],
        "accumulated": booking["amount"],
        "referenceCode": booking["reference"],
        "description": f"BankAPINotify {booking['memo']}",
    }
    return json.dumps(said, ensure_ascii=False).encode()


def _call(url: str, secret: str, body: bytes, patience: float) -> tuple[int, str, bool]:
    """Make one call; return status, answer and whether SePay would be content with it."""
    headers = {"Content-Type": "application/json", "Connection": "close"} | sign(secret, body, int(wall()))
    try:
        answer = _line().post(url, content=body, headers=headers, timeout=patience)
    except httpx.HTTPError as problem:
        return 0, type(problem).__name__, False
    try:
        said = answer.json()
    except ValueError:
        said = None
    content = answer.status_code in {200, 201} and isinstance(said, dict) and said.get("success") is True
    return answer.status_code, answer.text[:LONGEST_ANSWER], content


@cache
def _line() -> httpx.Client:
    return httpx.Client(trust_env=False)
