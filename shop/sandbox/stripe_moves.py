"""What can happen to a payment: paid, declined, expired, refunded. Each move tells the shop by events."""

import json
import sqlite3
from typing import Any

from shop.sandbox import stripe_books, stripe_disputes, stripe_objects
from shop.sandbox.state import State, now
from shop.sandbox.stripe_errors import bad
from shop.sandbox.stripe_events import emit
from shop.sandbox.stripe_store import add, change, find, get

Found = dict[str, Any]


def pay(db: sqlite3.Connection, session: Found, card: dict[str, Any], payer: dict[str, Any]) -> Found:
    """Charge an open session to a card; return the session, complete when the bank agreed."""
    intent = _intent_of(db, session)
    charge = stripe_objects.charge(intent, card, payer, now(db))
    if charge["paid"]:
        charge["balance_transaction"] = stripe_books.note(db, "payment", charge["amount"], charge["id"])["id"]
    add(db, charge)
    intent |= {"latest_charge": charge["id"]}
    if not charge["paid"]:
        error = {"code": card["code"], "message": card["message"], "type": "card_error", "charge": charge["id"]}
        intent["last_payment_error"] = error | ({"decline_code": card["decline_code"]} if card["decline_code"] else {})
        change(db, intent)
        emit(db, "charge.failed", charge)
        emit(db, "payment_intent.payment_failed", intent)
        return session
    intent |= {
        "status": "succeeded", "amount_received": intent["amount"], "payment_method": charge["payment_method"],
        "last_payment_error": None,
    }  # fmt: skip
    change(db, intent)
    address = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))
    empty: Found = {"address": address, "business_name": None, "individual_name": None, "phone": None, "tax_ids": []}
    session |= {
        "status": "complete", "payment_status": "paid", "url": None,
        "customer_details": empty | {"tax_exempt": "none"} | payer,
    }  # fmt: skip
    change(db, session)
    emit(db, "charge.succeeded", charge)
    emit(db, "payment_intent.succeeded", intent)
    emit(db, "checkout.session.completed", session)
    if card["dispute"]:
        stripe_disputes.open_on(db, charge, card["dispute"], inquiry=card["inquiry"])
    return session


def _intent_of(db: sqlite3.Connection, session: Found) -> Found:
    if session["payment_intent"]:
        return get(db, "payment_intent", session["payment_intent"])
    intent = stripe_objects.payment_intent(session, now(db))  # made when the buyer confirms, not before
    add(db, intent)
    session["payment_intent"] = intent["id"]
    change(db, session)
    emit(db, "payment_intent.created", intent)
    return intent


def expire(db: sqlite3.Connection, session: Found, request: dict[str, Any] | None = None) -> Found:
    """End an open session; raises ApiError when it is complete or ended already."""
    if session["status"] != "open":
        raise bad(
            'Only Checkout Sessions with a status in ["open"] can be expired. '
            f"This Checkout Session has a status of `{session['status']}`."
        )
    session |= {"status": "expired", "url": None}
    change(db, session)
    if session["payment_intent"]:
        intent = get(db, "payment_intent", session["payment_intent"])
        intent |= {"status": "canceled", "canceled_at": now(db), "cancellation_reason": "expired"}
        change(db, intent)
        emit(db, "payment_intent.canceled", intent, request)
    emit(db, "checkout.session.expired", session, request)
    return session


def expire_due(state: State) -> int:
    """End every open session whose time has come by the sandbox's clock; return how many."""
    with state.reading() as db:
        if not _due(db):
            return 0
    with state.writing() as db:
        due = _due(db)
        for session in due:
            expire(db, session)
    return len(due)


def _due(db: sqlite3.Connection) -> list[Found]:
    moment = now(db)
    rows = db.execute(
        "SELECT body FROM stripe_objects WHERE kind = 'checkout.session' AND json_extract(body, '$.status') = 'open'"
        " AND json_extract(body, '$.expires_at') <= ? ORDER BY seq",
        (moment,),
    )
    return [json.loads(row["body"]) for row in rows]


def refund(db: sqlite3.Connection, asked: dict[str, Any], request: dict[str, Any]) -> Found:
    """Give back a charge, whole or in part; raises ApiError where there is not that much left to give."""
    charge = _charge_to_refund(db, asked)
    if charge["disputed"] and stripe_disputes.holds(db, charge):
        raise bad(f"Charge {charge['id']} has been charged back; cannot issue a refund.", "", "charge_disputed")
    left = charge["amount_captured"] - charge["amount_refunded"]
    if left == 0:
        raise bad(f"Charge {charge['id']} has already been refunded.", "", "charge_already_refunded")
    amount = asked.get("amount", left)
    if amount > left:  # Stripe gives no code here
        raise bad(f"Refund amount (₫{amount}) is greater than unrefunded amount on charge (₫{left})", "amount")
    refund = stripe_objects.refund(charge, amount, asked, now(db))
    refund["balance_transaction"] = stripe_books.note(db, "payment_refund", -amount, refund["id"])["id"]
    add(db, refund)
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]
    change(db, charge)
    emit(db, "refund.created", refund, request)
    emit(db, "charge.refunded", charge, request)
    refund["destination_details"]["card"]["reference_status"] = "available"
    refund["destination_details"]["card"]["reference"] = refund["id"][-9:].upper()
    change(db, refund)
    emit(db, "refund.updated", refund)
    return refund


def _charge_to_refund(db: sqlite3.Connection, asked: dict[str, Any]) -> Found:
    if "payment_intent" in asked and "charge" in asked:
        raise bad("You may only specify one of these parameters: charge, payment_intent.", "", "parameters_exclusive")
    if "charge" in asked:
        return _refundable(get(db, "charge", asked["charge"], "charge", 404), asked["charge"])
    intent = get(db, "payment_intent", asked["payment_intent"], "payment_intent", 404)
    found = find(db, "charge", intent["latest_charge"] or "")
    return _refundable(found, intent["id"])


def _refundable(charge: Found | None, of: str) -> Found:
    if charge is None or not charge["paid"]:
        kind, param = ("Charge", "charge") if of.startswith("ch_") else ("PaymentIntent", "payment_intent")
        raise bad(f"This {kind} ({of}) does not have a successful charge to refund.", param)
    return charge
