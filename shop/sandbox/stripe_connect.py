"""Connected accounts and what moves between them and the platform (docs.stripe.com/connect)."""

import sqlite3
from typing import Any

from shop.sandbox import stripe_books
from shop.sandbox.state import now
from shop.sandbox.stripe_errors import ApiError, bad, no_such
from shop.sandbox.stripe_events import emit
from shop.sandbox.stripe_objects import new_id
from shop.sandbox.stripe_store import add, change, find, get, newest

Found = dict[str, Any]
# Where separate charges and transfers are offered (docs.stripe.com/connect/separate-charges-and-transfers).
COUNTRIES = frozenset((
    "AU", "AT", "BE", "BR", "BG", "CA", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "JP",
    "LV", "LI", "LT", "LU", "MY", "MT", "MX", "NL", "NZ", "NO", "PL", "PT", "RO", "SG", "SK", "SI", "ES", "SE", "CH",
    "GB", "US",
))  # fmt: skip
ASKED = ["business_type", "external_account", "tos_acceptance.date", "tos_acceptance.ip"]
LINK_LIVES = 300


def account(db: sqlite3.Connection, asked: Found) -> Found:
    """Make an account that waits to be filled in; raises ApiError for a country where Stripe has none."""
    country = asked.get("country", "US")
    if country not in COUNTRIES:
        raise bad(f"{country} is not currently supported by Stripe.", "country", "country_unsupported")
    controller = asked.get("controller", {})
    made: Found = {
        "id": new_id("acct_1", 16), "object": "account", "business_type": None, "charges_enabled": False,
        "business_profile": dict.fromkeys(("mcc", "name", "product_description", "support_address", "support_email",
                                           "support_phone", "support_url", "url")) | asked.get("business_profile", {}),
        "capabilities": {"transfers": "inactive"}, "company": None, "country": country, "created": now(db),
        "controller": {"type": "application", "is_controller": True, "requirement_collection": "stripe",
                       "fees": controller.get("fees", {"payer": "account"}),
                       "losses": controller.get("losses", {"payments": "stripe"}),
                       "stripe_dashboard": controller.get("stripe_dashboard", {"type": "full"})},
        "default_currency": "usd", "details_submitted": False, "email": asked.get("email"),
        "external_accounts": {"object": "list", "data": [], "has_more": False, "url": "/v1/accounts"},
        "future_requirements": {}, "groups": None, "individual": None, "metadata": asked.get("metadata", {}),
        "payouts_enabled": False, "requirements": {"currently_due": list(ASKED), "disabled_reason":
                                                   "requirements.past_due"},
        "settings": {}, "tos_acceptance": {"date": None, "ip": None}, "type": "express",
    }  # fmt: skip
    add(db, made)
    return made


def link(db: sqlite3.Connection, asked: Found, root: str) -> Found:
    """Make the link to the page on which an account is filled in; it is kept in no list."""
    found = get(db, "account", asked["account"], "account", 400)
    change(db, found | {"_return": asked["return_url"]})
    url = f"{root}connect/{found['id']}"
    return {"object": "account_link", "created": now(db), "expires_at": now(db) + LINK_LIVES, "url": url}


def fill_in(db: sqlite3.Connection, found: Found) -> Found:
    """The seller answers everything: the account may receive, and the platform hears of it."""
    found |= {"details_submitted": True, "payouts_enabled": True, "capabilities": {"transfers": "active"}}
    found["requirements"] = {"currently_due": [], "disabled_reason": None}
    change(db, found)
    emit(db, "account.updated", found)
    return found


def transfer(db: sqlite3.Connection, asked: Found, request: Found) -> Found:
    """Pass on what a charge brought; raises ApiError for an account that may not receive, and for more than it was."""
    to = find(db, "account", asked["destination"])
    if to is None:
        raise no_such("destination", asked["destination"], "destination", 400)
    if to["capabilities"]["transfers"] != "active":
        raise bad(
            "Your destination account needs to have at least one of the following capabilities enabled: transfers, "
            "crypto_transfers, legacy_payments",
            "destination",
            "insufficient_capabilities_for_transfer",
        )
    charge = get(db, "charge", asked["source_transaction"], "source_transaction", 400)
    gone = sum(one["amount"] for one in newest(db, "transfer") if one["source_transaction"] == charge["id"])
    if not charge["paid"] or gone + asked["amount"] > charge["amount"]:
        raise bad("Transfers using this transaction as a source must not exceed the source amount.", "amount")
    if asked["currency"] != charge["currency"]:
        raise bad("The currency of source_transaction's balance transaction must be the transfer's.", "currency")
    made: Found = {
        "id": new_id("tr_3"), "object": "transfer", "amount": asked["amount"], "amount_reversed": 0,
        "created": now(db), "currency": asked["currency"], "description": asked.get("description"),
        "destination": to["id"], "destination_payment": new_id("py_1"), "livemode": False,
        "metadata": asked.get("metadata", {}), "reversed": False, "source_transaction": charge["id"],
        "source_type": "card", "transfer_group": f"group_{charge['payment_intent']}", "reversals": {},
    }  # fmt: skip
    made["reversals"] = {
        "object": "list",
        "data": [],
        "has_more": False,
        "url": f"/v1/transfers/{made['id']}/reversals",
    }
    made["balance_transaction"] = stripe_books.note(db, "transfer", -made["amount"], made["id"])["id"]
    add(db, made)
    emit(db, "transfer.created", made, request)
    return made


def reverse(db: sqlite3.Connection, of: Found, asked: Found, request: Found) -> Found:
    """Take a transfer back, whole or in part; raises ApiError where there is not that much left."""
    left = of["amount"] - of["amount_reversed"]
    amount = asked.get("amount", left)
    if left == 0 or amount > left:
        raise ApiError(400, f"Reversal amount ({amount}) is greater than unreversed amount on transfer ({left})",
                       param="amount")  # fmt: skip
    made: Found = {
        "id": new_id("trr_1"), "object": "transfer_reversal", "amount": amount, "created": now(db),
        "currency": of["currency"], "destination_payment_refund": new_id("pyr_1"),
        "metadata": asked.get("metadata", {}), "source_refund": None, "transfer": of["id"],
    }  # fmt: skip
    made["balance_transaction"] = stripe_books.note(db, "transfer_refund", amount, made["id"])["id"]
    add(db, made)
    of["amount_reversed"] += amount
    of["reversed"] = of["amount_reversed"] == of["amount"]
    of["reversals"]["data"].insert(0, made)
    change(db, of)
    emit(db, "transfer.reversed", of, request)
    return made
