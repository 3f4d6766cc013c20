"""What a new Checkout Session must say: the rules of POST /v1/checkout/sessions for one payment in đồng."""

from typing import Any

from shop.sandbox.settings import SandboxSettings
from shop.sandbox.stripe_errors import bad, missing
from shop.sandbox.stripe_params import checked, choice, email, group, many, metadata, text, url, whole

SHORTEST = 30 * 60  # seconds from creation to expires_at, both bounds by Stripe's own clock
LONGEST = 24 * 60 * 60
MOST_DIGITS = 99_999_999  # an amount has up to eight digits
LOCALES = (
    "auto", "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr", "fr-CA", "hi-IN",
    "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl",
    "sv", "th", "tr", "vi", "zh", "zh-HK", "zh-TW",
)  # fmt: skip
# Parameters that Stripe knows and this stand-in does not act out: it says so instead of pretending.
NOT_HERE = frozenset({
    "adaptive_pricing", "after_expiration", "allow_promotion_codes", "automatic_tax", "branding_settings",
    "consent_collection", "custom_fields", "custom_text", "customer", "customer_account", "customer_creation",
    "customer_update", "discounts", "excluded_payment_method_types", "integration_identifier", "invoice_creation",
    "managed_payments", "name_collection", "optional_items", "origin_context", "payment_method_collection",
    "payment_method_configuration", "payment_method_data", "payment_method_options", "permissions",
    "phone_number_collection", "redirect_on_completion", "return_url", "saved_payment_method_options",
    "setup_intent_data", "shipping_address_collection", "shipping_options", "subscription_data", "tax_id_collection",
    "wallet_options",
})  # fmt: skip


def currency(value: Any, path: str) -> str:
    """Check the currency: đồng only, the one the market sells in."""
    plain = text()(value, path).lower()
    if plain != "vnd":
        raise bad(f"Invalid currency: {plain}. The sandbox takes vnd.", path)
    return plain


PRODUCT = {
    "name": text(), "description": text(), "images": many(url, 8), "metadata": metadata, "tax_code": text(),
    "unit_label": text(),
}  # fmt: skip
PRICE = {
    "currency": currency, "product_data": group(PRODUCT), "unit_amount": whole(0),
    "tax_behavior": choice("exclusive", "inclusive", "unspecified"),
}  # fmt: skip
INTENT = {
    "capture_method": choice("automatic", "automatic_async"), "description": text(1000), "metadata": metadata,
    "receipt_email": email, "statement_descriptor": text(22), "statement_descriptor_suffix": text(22),
    "transfer_group": text(),
}  # fmt: skip
ITEM = {"price": text(), "price_data": group(PRICE), "quantity": whole(1), "metadata": metadata}
SESSION = {
    "mode": choice("payment", "setup", "subscription"), "success_url": url, "cancel_url": url,
    "line_items": many(group(ITEM), 100),
    "currency": currency, "expires_at": whole(), "client_reference_id": text(200), "customer_email": email,
    "metadata": metadata, "payment_intent_data": group(INTENT), "locale": choice(*LOCALES),
    "submit_type": choice("auto", "book", "donate", "pay"), "billing_address_collection": choice("auto", "required"),
    "ui_mode": choice("elements", "embedded_page", "form", "hosted_page"),
    "allowed_payment_method_types": many(choice("card"), 1), "expand": many(text(), 20),
}  # fmt: skip


def read_session(given: dict[str, Any], now: int, settings: SandboxSettings) -> dict[str, Any]:
    """Return the checked parameters of a new session; raises ApiError as Stripe refuses."""
    for name in given:
        if name in NOT_HERE:
            raise bad(f"The sandbox does not act out this parameter of Stripe: {name}", name, "sandbox_not_supported")
    asked = checked(SESSION, given)
    for name in ("mode", "success_url", "line_items"):
        if not asked.get(name):
            raise missing(name)
    if asked["mode"] != "payment" or asked.get("ui_mode", "hosted_page") != "hosted_page":
        raise bad("The sandbox acts out mode=payment on the hosted page only", "mode", "sandbox_not_supported")
    for position, item in enumerate(asked["line_items"]):
        _check_item(item, f"line_items[{position}]")
    total = sum(item["price_data"]["unit_amount"] * item["quantity"] for item in asked["line_items"])
    if total < settings.minimum_charge:
        least = f"₫{settings.minimum_charge} vnd"
        raise bad(f"The Checkout Session's total amount due must add up to at least {least}", "", "amount_too_small")
    if total > MOST_DIGITS:
        most = f"₫{MOST_DIGITS} vnd"
        raise bad(f"The Checkout Session's total amount due must be no more than {most}", "", "amount_too_large")
    asked["expires_at"] = _expiry(asked.get("expires_at"), now)
    return asked | {"amount_total": total}


def _check_item(item: dict[str, Any], path: str) -> None:
    if "price" in item:
        raise bad(f"No such price: '{item['price']}'", f"{path}[price]", "resource_missing")
    if "price_data" not in item:
        raise bad("You must provide either price or price_data for each line item when using prices.", path)
    if "quantity" not in item:
        raise bad(f"Quantity is required. Add `quantity` to `{path}`", path)
    for name in ("currency", "unit_amount", "product_data"):
        if name not in item["price_data"]:
            raise missing(f"{path}[price_data][{name}]")
    if "name" not in item["price_data"]["product_data"]:
        raise missing(f"{path}[price_data][product_data][name]")


def _expiry(asked: int | None, now: int) -> int:
    if asked is None:
        return now + LONGEST
    if asked < now + SHORTEST:
        sentence = "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation."
        raise bad(sentence, "expires_at")
    if asked >= now + LONGEST:
        sentence = "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation."
        raise bad(sentence, "expires_at")
    return asked
