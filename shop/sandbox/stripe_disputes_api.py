"""Disputes in Stripe's API: read, answered, given up."""

import sqlite3
from typing import Any

from flask import Response

from shop.sandbox import stripe_disputes, stripe_store
from shop.sandbox.stripe_door import asked_by, once
from shop.sandbox.stripe_errors import bad
from shop.sandbox.stripe_events import emit
from shop.sandbox.stripe_params import Spec, checked, flag, group, metadata, text
from shop.sandbox.stripe_views import EXPAND, PAGED, equal, listed, one, part

bp = part("stripe_disputes_api")
Found = dict[str, Any]
UPDATE: Spec = {
    "evidence": group({name: text(20_000) for name in stripe_disputes.EVIDENCE}), "submit": flag,
    "metadata": metadata, **EXPAND,
}  # fmt: skip


@bp.get("/disputes")
def list_disputes() -> Found:
    return listed("dispute", PAGED | {"payment_intent": text(), "charge": text()}, equal("payment_intent", "charge"))


@bp.get("/disputes/<own_id>")
def one_dispute(own_id: str) -> Found:
    return one("dispute", own_id, "id")


@bp.post("/disputes/<own_id>")
def update_dispute(own_id: str) -> Response:
    """Stage evidence, or send it; the words winning_evidence and losing_evidence decide in test mode."""

    def work(db: sqlite3.Connection, asked: Found) -> Found:
        found = stripe_store.get(db, "dispute", own_id)
        if found["status"] in stripe_disputes.ENDS:
            raise bad("This dispute is already closed.")
        found["evidence"] |= asked.get("evidence", {})
        found["metadata"] |= asked.get("metadata", {})
        found["evidence_details"]["has_evidence"] = any(found["evidence"].values())
        stripe_store.change(db, found)
        if asked.get("submit", True) and "evidence" in asked:
            return stripe_disputes.answered(db, found, asked_by())
        emit(db, "charge.dispute.updated", found, asked_by())
        return stripe_store.shown(db, found, asked.get("expand", []))

    return once(lambda given: checked(UPDATE, given), work)


@bp.post("/disputes/<own_id>/close")
def close_dispute(own_id: str) -> Response:
    """Accept that it is lost."""

    def work(db: sqlite3.Connection, asked: Found) -> Found:
        found = stripe_store.get(db, "dispute", own_id)
        if found["status"] in stripe_disputes.ENDS:
            raise bad("This dispute is already closed.")
        return stripe_store.shown(db, stripe_disputes.decide(db, found, "lost", asked_by()), asked.get("expand", []))

    return once(lambda given: checked(EXPAND, given), work)
