"""Events on their way to the shop: signed as Stripe signs, tried again, written down."""

import hashlib
import hmac
import json
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import httpx

from shop.sandbox import bank_calls, stripe_store
from shop.sandbox.settings import SandboxSettings
from shop.sandbox.state import State, fact, wall
from shop.sandbox.stripe_moves import expire_due

SIGNATURES = ("right", "wrong", "old", "missing")
POLL = 0.25  # seconds between looks at the queue
AT_ONCE = 4  # deliveries side by side: Stripe does not wait for one answer before it sends the next event
LOST_AFTER = 60.0  # seconds after which a delivery that a dead process had claimed is due again
Post = Callable[[str, bytes, dict[str, str], float], int]


def sign(secret: str, body: bytes, moment: int) -> str:
    """Return a Stripe-Signature header: HMAC-SHA256 over "time.body" (docs.stripe.com/webhooks/signature)."""
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


@cache
def _line() -> httpx.Client:
    return httpx.Client(trust_env=False)  # one for all: making one takes longer than a delivery


def post(url: str, body: bytes, headers: dict[str, str], patience: float) -> int:
    """Send a body by HTTP POST and return the status; raises httpx.HTTPError when nobody answers."""
    return _line().post(url, content=body, headers=headers | {"Connection": "close"}, timeout=patience).status_code


class Dispatcher:
    """Sends what is due to the shop, on its own thread once started, or when `deliver_due` is called."""

    def __init__(self, state: State, settings: SandboxSettings, post: Post = post) -> None:
        self.state, self.settings, self.post = state, settings, post
        self._awake = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to deliver in the background."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="sandbox-webhooks", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the background work; what is queued stays queued."""
        self._stopping.set()
        self.wake()
        if self._thread:
            self._thread.join(timeout=15)
            self._thread = None

    def wake(self) -> None:
        """Look at the queue now."""
        self._awake.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            if not self._work():
                self._awake.wait(POLL)
                self._awake.clear()

    def _work(self) -> int:
        try:
            expire_due(self.state)
            return self.deliver_due() + bank_calls.tell_due(self.state, self.settings)
        except sqlite3.OperationalError:  # the memory is busy: what is due stays due
            return 0

    def deliver_due(self) -> int:
        """Send every delivery that is due, side by side, and return how many were tried."""
        claimed = self._claim()
        if not claimed:
            return 0
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self._deliver, claimed))
        return len(claimed)

    def _claim(self) -> list[sqlite3.Row]:
        moment = wall()
        look = "SELECT id FROM deliveries WHERE (state = 'waiting' AND due <= ?) OR (state = 'sending' AND claimed < ?)"
        since = (moment, moment - LOST_AFTER)
        with self.state.reading() as db:
            if not db.execute(f"{look} LIMIT 1", since).fetchone():
                return []
        with self.state.writing() as db:
            rows = db.execute(
                f"UPDATE deliveries SET state = 'sending', claimed = ? WHERE id IN ({look} ORDER BY due, id LIMIT 20)"  # noqa: S608
                " RETURNING id, event_id, due, attempts",
                (moment, *since),
            ).fetchall()
        return sorted(rows, key=lambda row: (row["due"], row["id"]))

    def _deliver(self, row: sqlite3.Row) -> None:
        with self.state.reading() as db:
            event, how = stripe_store.find(db, "event", row["event_id"]), fact(db, "webhook_signature", "right")
        if event is None:  # forgotten meanwhile
            return
        body = json.dumps(event, ensure_ascii=False, indent=2).encode()
        status, note = 0, ""
        try:
            patience = self.settings.receiver_patience
            status = self.post(self.settings.webhook_url, body, self._headers(body, how), patience)
        except httpx.HTTPError as error:
            note = f"{type(error).__name__}: {error}"
        self._write_down(row, status, note)

    def _headers(self, body: bytes, how: str) -> dict[str, str]:
        moment = int(wall()) - (3600 if how == "old" else 0)
        secret = self.settings.webhook_secret if how != "wrong" else "whsec_somebody_else"
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        }
        return headers if how == "missing" else headers | {"Stripe-Signature": sign(secret, body, moment)}

    def _write_down(self, row: sqlite3.Row, status: int, note: str) -> None:
        attempts, waits = row["attempts"] + 1, self.settings.retry_waits
        due = row["due"]
        if 200 <= status < 300:
            outcome = "delivered"
        elif attempts > len(waits):
            outcome = "failed"
        else:
            outcome, due = "waiting", wall() + waits[attempts - 1]
        with self.state.writing() as db:
            db.execute(
                "UPDATE deliveries SET state = ?, attempts = ?, status = ?, note = ?, due = ? WHERE id = ?",
                (outcome, attempts, status or None, note, due, row["id"]),
            )


def counts(db: sqlite3.Connection) -> dict[str, Any]:
    """Return how many deliveries stand in each state."""
    empty = dict.fromkeys(("waiting", "sending", "held", "delivered", "failed", "dropped"), 0)
    return empty | {row[0]: row[1] for row in db.execute("SELECT state, count(*) FROM deliveries GROUP BY state")}
