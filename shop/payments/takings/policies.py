"""Who takes the cash at the door, which carriers are one, and when one has it too long."""

from datetime import datetime, timedelta

from shop.core.text import fold
from shop.orders.models import Order
from shop.payments.takings.models import CashTaking
from shop.shipping.methods import OWN_HAND, method_name

TOO_LONG = timedelta(days=7)  # carriers pay in once or twice a week


def carrier_of(order: Order) -> str:
    """Return who took the cash of a delivered order, empty for the seller's own hand."""
    if order.ship_method in OWN_HAND:
        return ""
    written = order.shipment.carrier.strip() if order.shipment else ""
    return written or method_name(order.ship_method, "vi")


def same_carrier(one: str, other: str) -> bool:
    """Say whether two sellers' spellings mean one carrier: "Xe Hải Vân" and "xe hai van"."""
    return fold(one) == fold(other)


def is_overdue(taking: CashTaking, now: datetime) -> bool:
    """Say whether a carrier has had this cash too long."""
    return taking.collected_at <= now - TOO_LONG
