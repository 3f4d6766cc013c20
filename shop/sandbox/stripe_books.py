"""Stripe's own books: a balance transaction for everything that moved the platform's money."""

import sqlite3
from typing import Any

from shop.sandbox.state import now
from shop.sandbox.stripe_objects import new_id
from shop.sandbox.stripe_store import add

Found = dict[str, Any]
CATEGORIES = {
    "payment": "charge",
    "refund": "refund",
    "payment_refund": "refund",
    "transfer": "transfer",
    "transfer_refund": "transfer_reversal",
    "adjustment": "dispute",
}
WORDS = {"refund": "REFUND FOR CHARGE", "adjustment": "Chargeback withdrawal"}


def note(db: sqlite3.Connection, kind: str, amount: int, source: str, category: str = "") -> Found:
    """Keep that `amount` đồng came (above zero) or went; return the balance transaction."""
    made: Found = {
        "id": new_id("txn_3"), "object": "balance_transaction", "amount": amount, "available_on": now(db),
        "balance_type": "payments", "created": now(db), "currency": "vnd", "description": WORDS.get(kind),
        "exchange_rate": None, "fee": 0, "fee_details": [], "net": amount,
        "reporting_category": category or CATEGORIES[kind], "source": source, "status": "available", "type": kind,
    }  # fmt: skip
    add(db, made)
    return made
