"""Who may rate, until when, and under which name."""

from datetime import datetime, timedelta

from shop.core import clock
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order, Purchase

MAY_RATE = timedelta(days=180)  # after delivery
MAY_CHANGE = timedelta(days=14)  # after writing; taking it back has no end
LONGEST_NAME = 20  # characters of a given name


def delivered_at(order: Order) -> datetime | None:
    """Return when an order was delivered, or None while it was not."""
    if order.state is not OrderState.DELIVERED:
        return None
    return max((event.at for event in order.events if event.action == "deliver"), default=None)


def may_rate(order: Order) -> bool:
    """Say whether the goods of an order may be rated now: delivered, and not longer ago than MAY_RATE."""
    arrived = delivered_at(order)
    return arrived is not None and clock.now() - arrived <= MAY_RATE


def may_change(written_at: datetime) -> bool:
    """Say whether its author may still change a rating."""
    return clock.now() - written_at <= MAY_CHANGE


def given_name(purchase: Purchase) -> str:
    """Return the given name of the buyer, '' where what stands there is no name: all of it that is ever shown.

    The last word of a Vietnamese name; the first one of a name given in another language.
    """
    words = purchase.name.split()
    if not words:
        return ""
    word = words[-1] if purchase.language == "vi" else words[0]
    letters = all(char.isalpha() or char in "'’-" or ord(char) in range(0x0900, 0x0980) for char in word)
    return word if letters and len(word) <= LONGEST_NAME and any(char.isalpha() for char in word) else ""
