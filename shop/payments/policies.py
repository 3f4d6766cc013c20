"""What must fit before money counts: pure comparisons of what was meant with what is said."""

from datetime import datetime, timedelta
from typing import Any

from shop.orders.lifecycle import OrderState
from shop.orders.limits.policies import Wish
from shop.orders.models import Method, Order, Purchase
from shop.payments.methods.base import Facts
from shop.payments.models import Payment, PaymentState

PAY_WITHIN = timedelta(minutes=35)  # the provider's page; Stripe demands at least 30 by its own clock
HOLD_LONGER = timedelta(minutes=5)  # the goods are held until after the page has ended
LEAST_TO_PAY = timedelta(minutes=31)  # less than this left, and the provider refuses to open
OPEN_WITHIN = timedelta(minutes=60)  # of placing; later nothing is opened, so that nobody holds goods for ever
MODE = "payment"


def faults(payment: Payment, purchase_digest: str, facts: Facts, *, live: bool) -> list[str]:
    """Return what in the provider's facts does not fit the payment, by name; empty when all is exact."""
    meant = {
        "session": payment.provider_session,
        "amount": payment.amount,
        "currency": payment.currency,
        "mode": MODE,
        "live": live,
        "purchase": purchase_digest,
    }
    return [name for name, value in meant.items() if getattr(facts, name) != value]


def false_claims(payment: Payment, purchase_digest: str, said: dict[str, Any], *, live: bool) -> list[str]:
    """Return what an event claims otherwise than the payment has it, by name."""
    meant = {
        "amount": payment.amount,
        "currency": payment.currency,
        "mode": MODE,
        "live": live,
        "purchase": purchase_digest,
    }
    return [name for name, value in meant.items() if said.get(name) != value]


def waits(order: Order) -> bool:
    """Say whether an order still waits for its money."""
    return order.awaiting_payment and order.state is OrderState.PLACED


def cash_wish(purchase: Purchase, orders: list[Order]) -> Wish:
    """Return what paying these orders of a purchase at the door would leave unpaid for its buyer."""
    total, gift = sum(order.due for order in orders), purchase.gift is not None
    return Wish(Method.CASH, purchase.phone, purchase.buyer_id, len(orders), total, gift=gift)


def too_late_to_open(payment: Payment, now: datetime) -> bool:
    """Say whether no page is opened for this payment any more."""
    return payment.state is not PaymentState.WAITING or now > payment.created_at + OPEN_WITHIN


def is_over(payment: Payment, now: datetime) -> bool:
    """Say whether the buyer can no longer pay: the page has ended, or none is opened any more."""
    if payment.provider_session is None or payment.expires_at is None:
        return too_late_to_open(payment, now)
    return payment.state is not PaymentState.WAITING or payment.expires_at <= now


def minutes_left(payment: Payment, now: datetime) -> int:
    """Return the whole minutes in which the provider's page can still be paid."""
    return max(0, int((payment.expires_at - now).total_seconds()) // 60) if payment.expires_at else 0
