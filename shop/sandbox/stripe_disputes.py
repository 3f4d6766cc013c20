"""Disputes: a bank takes a charge back, hears the answer and decides (docs.stripe.com/disputes)."""

import sqlite3
from typing import Any

from shop.sandbox import stripe_books, stripe_store
from shop.sandbox.state import now
from shop.sandbox.stripe_errors import bad
from shop.sandbox.stripe_events import emit
from shop.sandbox.stripe_objects import new_id

Found = dict[str, Any]
ANSWER_WITHIN = 9 * 86_400  # of a card; the network says how long
REASONS = ("fraudulent", "product_not_received", "product_unacceptable", "duplicate", "credit_not_processed",
           "unrecognized", "general")  # fmt: skip
ENDS = ("won", "lost", "warning_closed")
EVIDENCE = (
    "access_activity_log", "billing_address", "cancellation_policy", "cancellation_policy_disclosure",
    "cancellation_rebuttal", "customer_communication", "customer_email_address", "customer_name",
    "customer_purchase_ip", "customer_signature", "duplicate_charge_documentation", "duplicate_charge_explanation",
    "duplicate_charge_id", "product_description", "receipt", "refund_policy", "refund_policy_disclosure",
    "refund_refusal_explanation", "service_date", "service_documentation", "shipping_address", "shipping_carrier",
    "shipping_date", "shipping_documentation", "shipping_tracking_number", "uncategorized_file", "uncategorized_text",
)  # fmt: skip


def open_on(db: sqlite3.Connection, charge: Found, reason: str, *, inquiry: bool = False) -> Found:
    """Dispute a paid charge: what is left of it leaves the balance at once, but for an inquiry; return the dispute."""
    amount = charge["amount_captured"] - charge["amount_refunded"]
    if not charge["paid"] or charge["disputed"] or amount <= 0:
        raise bad("This charge cannot be disputed.")
    card = charge["payment_method_details"]["card"]
    found: Found = {
        "id": new_id("du_1"), "object": "dispute", "amount": amount, "balance_transactions": [], "charge": charge["id"],
        "created": now(db), "currency": "vnd", "enhanced_eligibility_types": [],
        "evidence": dict.fromkeys((*EVIDENCE, "appeal")) | {"enhanced_evidence": {}},
        "evidence_details": {"due_by": now(db) + ANSWER_WITHIN, "enhanced_eligibility": {}, "has_evidence": False,
                             "past_due": False, "submission_count": 0, "submission_method": None},
        "intended_submission_method": None, "is_charge_refundable": inquiry, "livemode": False, "metadata": {},
        "network_reason_code": "10.4", "payment_intent": charge["payment_intent"], "reason": reason,
        "payment_method_details": {"type": "card", "amazon_pay": None, "klarna": None, "paypal": None, "card": {
            "brand": card["brand"], "case_type": "inquiry" if inquiry else "chargeback", "network": card["brand"],
            "network_reason_code": "10.4"}},
        "status": "warning_needs_response" if inquiry else "needs_response",
    }  # fmt: skip
    if not inquiry:
        found["balance_transactions"].append(stripe_books.note(db, "adjustment", -amount, found["id"]))
    stripe_store.add(db, found)
    stripe_store.change(db, charge | {"disputed": True})
    emit(db, "charge.dispute.created", found)
    if not inquiry:
        emit(db, "charge.dispute.funds_withdrawn", found)
    return found


def answered(db: sqlite3.Connection, found: Found, request_: Found | None = None) -> Found:
    """Send the evidence in: the bank looks at it, or decides at once where a test word says so."""
    found["evidence_details"]["submission_count"] += 1
    warning = found["status"].startswith("warning")
    found["status"] = "warning_under_review" if warning else "under_review"
    stripe_store.change(db, found)
    emit(db, "charge.dispute.updated", found, request_)
    words = found["evidence"].get("uncategorized_text") or ""
    for word, end in (("winning_evidence", "warning_closed" if warning else "won"), ("losing_evidence", "lost")):
        if word in words:
            return decide(db, found, end)
    return found


def decide(db: sqlite3.Connection, found: Found, end: str, request_: Found | None = None) -> Found:
    """Close a dispute; a won one brings the money back."""
    found["status"] = end
    if end == "won":
        back = stripe_books.note(db, "adjustment", found["amount"], found["id"], "dispute_reversal")
        found["balance_transactions"].append(back)
    stripe_store.change(db, found)
    if end == "won":
        emit(db, "charge.dispute.funds_reinstated", found)
    emit(db, "charge.dispute.closed", found, request_)
    return found


def holds(db: sqlite3.Connection, charge: Found) -> bool:
    """Say whether the bank has the money of a charge: nothing is refunded beside that."""
    found = [one for one in stripe_store.newest(db, "dispute") if one["charge"] == charge["id"]]
    return any(not one["is_charge_refundable"] and one["status"] != "won" for one in found)
