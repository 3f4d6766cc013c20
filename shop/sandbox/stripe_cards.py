"""Stripe's public test cards (docs.stripe.com/testing) and what a bank says to each."""

import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Refusal:
    """Why a card is not charged: Stripe's code, the bank's decline code and Stripe's sentence."""

    code: str
    decline_code: str
    message: str


GOOD = {
    "4242424242424242": "visa",
    "4012888888881881": "visa",
    "5555555555554444": "mastercard",
    "3530111333300000": "jcb",
}
DISPUTED = {  # paid, and disputed at once
    "4000000000000259": ("fraudulent", False),
    "4000000000002685": ("product_not_received", False),
    "4000000000001976": ("fraudulent", True),  # as an inquiry: the bank asks, and takes nothing
}
DECLINED = {
    "4000000000000002": Refusal("card_declined", "generic_decline", "Your card was declined."),
    "4000000000009995": Refusal("card_declined", "insufficient_funds", "Your card has insufficient funds."),
    "4000000000009987": Refusal("card_declined", "lost_card", "Your card was declined."),
    "4000000000009979": Refusal("card_declined", "stolen_card", "Your card was declined."),
    "4000000000000069": Refusal("expired_card", "", "Your card has expired."),
    "4000000000000127": Refusal("incorrect_cvc", "", "Your card's security code is incorrect."),
    "4000000000000119": Refusal("processing_error", "", "An error occurred while processing your card."),
}
NOT_A_TEST_CARD = Refusal("card_declined", "test_mode_live_card", "A test, but not a test card.")


def luhn(number: str) -> bool:
    """Tell whether the last digit of a card number fits the others (ISO/IEC 7812-1)."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[0::2]) + sum(doubled)) % 10 == 0


def problems(number: str, expiry: str, cvc: str, year: int, month: int) -> list[str]:
    """Return the fields (number, expiry, cvc) that cannot be right in this month; nobody asks a bank then."""
    wrong = []
    if not re.fullmatch(r"\d{12,19}", number) or not luhn(number):
        wrong.append("number")
    until = expiry_of(expiry)
    if until is None or until < (year, month):
        wrong.append("expiry")
    if not re.fullmatch(r"\d{3,4}", cvc):
        wrong.append("cvc")
    return wrong


def expiry_of(text: str) -> tuple[int, int] | None:
    """Return (year, month) of an expiry such as 12/34 or 12 / 2034, or None."""
    found = re.fullmatch(r"\s*(0?[1-9]|1[0-2])\s*/\s*(?:20)?(\d\d)\s*", text)
    return (2000 + int(found[2]), int(found[1])) if found else None


def charged(number: str, expiry: str) -> dict[str, Any]:
    """Return what becomes of a well-formed card: brand, last4, expiry and the bank's answer (empty: paid)."""
    refusal = None if number in GOOD or number in DISPUTED else DECLINED.get(number, NOT_A_TEST_CARD)
    year, month = expiry_of(expiry) or (0, 0)
    dispute, inquiry = DISPUTED.get(number, ("", False))
    return {
        "dispute": dispute,
        "inquiry": inquiry,
        "brand": GOOD.get(number, "visa"),
        "last4": number[-4:],
        "exp_year": year,
        "exp_month": month,
        "code": refusal.code if refusal else "",
        "decline_code": refusal.decline_code if refusal else "",
        "message": refusal.message if refusal else "",
    }
