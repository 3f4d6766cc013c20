"""Stripe's objects in their official shape (fields of the stripe library 16.1, API 2026-10-28.endive)."""

import secrets
import string
from typing import Any

API_VERSION = "2026-10-28.endive"
SESSION_EMPTY = (
    "adaptive_pricing", "after_expiration", "allow_promotion_codes", "allowed_payment_method_types",
    "billing_address_collection", "branding_settings", "cancel_url", "client_reference_id", "client_secret",
    "collected_information", "consent", "consent_collection", "currency_conversion", "customer", "customer_account",
    "customer_details", "customer_email", "discounts", "excluded_payment_method_types", "integration_identifier",
    "invoice", "invoice_creation", "locale", "managed_payments", "name_collection", "optional_items", "origin_context",
    "payment_intent", "payment_link", "payment_method_configuration_details", "permissions", "phone_number_collection",
    "presentment_details", "recovered_from", "redirect_on_completion", "return_url", "saved_payment_method_options",
    "setup_intent", "shipping_address_collection", "shipping_cost", "submit_type", "subscription", "tax_id_collection",
    "wallet_options",
)  # fmt: skip
INTENT_EMPTY = (
    "allowed_payment_method_types", "amount_details", "application", "application_fee_amount",
    "automatic_payment_methods", "canceled_at", "cancellation_reason", "customer", "customer_account", "description",
    "excluded_payment_method_types", "hooks", "last_payment_error", "latest_charge", "managed_payments", "next_action",
    "on_behalf_of", "payment_details", "payment_method", "payment_method_configuration_details", "payment_record",
    "presentment_details", "processing", "receipt_email", "review", "setup_future_usage", "shipping", "source",
    "statement_descriptor", "statement_descriptor_suffix", "transfer_data", "transfer_group",
)  # fmt: skip
CHARGE_EMPTY = (
    "application", "application_fee", "application_fee_amount", "authorization_code", "balance_transaction",
    "calculated_statement_descriptor", "customer", "description", "failure_balance_transaction", "failure_code",
    "failure_message", "fraud_details", "level3", "on_behalf_of", "presentment_details", "radar_options",
    "receipt_email", "receipt_number", "receipt_url", "review", "shipping", "source", "source_transfer",
    "statement_descriptor", "statement_descriptor_suffix", "transfer", "transfer_data", "transfer_group",
)  # fmt: skip
REFUND_EMPTY = (
    "balance_transaction", "customer", "customer_account", "description", "failure_balance_transaction",
    "failure_reason", "instructions_email", "next_action", "payment_method", "pending_reason", "presentment_details",
    "receipt_number", "source_transfer_reversal", "transfer_reversal",
)  # fmt: skip


def new_id(prefix: str, length: int = 24) -> str:
    """Return a fresh id such as pi_3…"""
    return prefix + "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(length))


def session(asked: dict[str, Any], now: int, page_root: str) -> dict[str, Any]:
    """Return a new Checkout Session from checked parameters; its page lies under `page_root`."""
    own_id = new_id("cs_test_", 58)
    total = asked["amount_total"]
    copied = ("cancel_url", "client_reference_id", "customer_email", "locale", "submit_type", "success_url")
    return dict.fromkeys(SESSION_EMPTY) | {name: asked.get(name) for name in copied} | {
        "id": own_id, "object": "checkout.session", "created": now, "livemode": False, "mode": "payment",
        "status": "open", "payment_status": "unpaid", "expires_at": asked["expires_at"],
        "url": f"{page_root}pay/{own_id}",
        "amount_subtotal": total, "amount_total": total, "currency": "vnd", "metadata": asked.get("metadata", {}),
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "custom_fields": [], "payment_method_collection": "if_required", "ui_mode": "hosted_page",
        "custom_text": dict.fromkeys(("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")),
        "customer_creation": "if_required", "payment_method_options": {}, "payment_method_types": ["card"],
        "shipping_options": [], "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "_line_items": [_line_item(item, now) for item in asked["line_items"]],
        "_payment_intent_data": asked.get("payment_intent_data", {}),
    }  # fmt: skip


def _line_item(item: dict[str, Any], now: int) -> dict[str, Any]:
    unit, quantity = item["price_data"]["unit_amount"], item["quantity"]
    price = dict.fromkeys(("custom_unit_amount", "lookup_key", "nickname", "recurring", "tiers_mode")) | {
        "id": new_id("price_1"), "object": "price", "active": False, "billing_scheme": "per_unit", "created": now,
        "currency": "vnd", "livemode": False, "metadata": {}, "product": new_id("prod_", 14),
        "tax_behavior": item["price_data"].get("tax_behavior", "unspecified"), "transform_quantity": None,
        "type": "one_time", "unit_amount": unit, "unit_amount_decimal": str(unit),
    }  # fmt: skip
    return {
        "id": new_id("li_1"), "object": "item", "adjustable_quantity": None, "amount_discount": 0, "amount_tax": 0,
        "amount_subtotal": unit * quantity, "amount_total": unit * quantity, "currency": "vnd",
        "description": item["price_data"]["product_data"]["name"], "metadata": item.get("metadata", {}),
        "price": price, "quantity": quantity,
    }  # fmt: skip


def payment_intent(of: dict[str, Any], now: int) -> dict[str, Any]:
    """Return the PaymentIntent that a session makes when its buyer first presses Pay."""
    own_id = new_id("pi_3")
    given = {name: value for name, value in of["_payment_intent_data"].items() if name != "capture_method"}
    return dict.fromkeys(INTENT_EMPTY) | {"metadata": {}} | given | {
        "id": own_id, "object": "payment_intent", "created": now, "livemode": False, "amount": of["amount_total"],
        "amount_capturable": 0, "amount_received": 0, "currency": "vnd", "confirmation_method": "automatic",
        "capture_method": of["_payment_intent_data"].get("capture_method", "automatic_async"),
        "client_secret": new_id(f"{own_id}_secret_"), "payment_method_options": {"card": {}},
        "payment_method_types": ["card"], "status": "requires_payment_method", "_session": of["id"],
    }  # fmt: skip


def charge(intent: dict[str, Any], card: dict[str, Any], payer: dict[str, Any], now: int) -> dict[str, Any]:
    """Return the Charge of one try; `card` holds brand, last4, expiry and, when declined, code and message."""
    paid = not card["code"]
    brand, last4, month, year = card["brand"], card["last4"], card["exp_month"], card["exp_year"]
    return dict.fromkeys(CHARGE_EMPTY) | {
        "id": new_id("ch_3"), "object": "charge", "created": now, "livemode": False, "amount": intent["amount"],
        "amount_captured": intent["amount"] if paid else 0, "amount_refunded": 0, "currency": "vnd", "captured": paid,
        "billing_details": {"address": dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state")),
                            "phone": None, "tax_id": None} | payer,
        "disputed": False, "failure_code": card["code"] or None, "failure_message": card["message"] or None,
        "metadata": intent["metadata"], "description": intent["description"], "paid": paid, "refunded": False,
        "outcome": {
            "advice_code": None, "network_advice_code": None, "network_decline_code": None, "risk_level": "normal",
            "network_status": "approved_by_network" if paid else "declined_by_network", "risk_score": 12,
            "reason": card["decline_code"] or None, "type": "authorized" if paid else "issuer_declined",
            "seller_message": "Payment complete." if paid else "The bank did not return any further details.",
        },
        "payment_intent": intent["id"], "payment_method": new_id("pm_1"), "status": "succeeded" if paid else "failed",
        "payment_method_details": {
            "type": "card",
            "card": {"brand": brand, "last4": last4, "exp_month": month, "exp_year": year, "funding": "credit",
                     "country": "US", "network": brand,
                     "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"}},
        },
    }  # fmt: skip


def refund(of: dict[str, Any], amount: int, asked: dict[str, Any], now: int) -> dict[str, Any]:
    """Return the Refund of `amount` đồng of a charge; a card refund succeeds at once in test mode."""
    return dict.fromkeys(REFUND_EMPTY) | {
        "id": new_id("re_3"), "object": "refund", "created": now, "amount": amount, "currency": "vnd",
        "charge": of["id"], "payment_intent": of["payment_intent"], "metadata": asked.get("metadata", {}),
        "reason": asked.get("reason"), "status": "succeeded",
        "destination_details": {"type": "card", "card": {"reference_status": "pending", "reference_type":
                                "acquirer_reference_number", "type": "refund"}},
    }  # fmt: skip


def event(kind: str, about: dict[str, Any], request: dict[str, Any], now: int) -> dict[str, Any]:
    """Return the Event of something that happened to an object, as it stood then."""
    return {
        "id": new_id("evt_1"), "object": "event", "api_version": API_VERSION, "created": now, "livemode": False,
        "type": kind, "data": {"object": visible(about)}, "pending_webhooks": 1, "request": request,
    }  # fmt: skip


def visible(found: dict[str, Any]) -> dict[str, Any]:
    """Return an object without the notes that the sandbox keeps on it."""
    return {name: value for name, value in found.items() if not name.startswith("_")}
