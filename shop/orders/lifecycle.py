"""The way of an order from the buyer's click to the buyer's door."""

from enum import StrEnum

from shop.core.lifecycle import Lifecycle


class OrderState(StrEnum):
    """Where an order stands; its money is kept apart, in shop.payments."""

    PLACED = "placed"
    ACCEPTED = "accepted"
    PACKED = "packed"
    HANDED_OVER = "handed_over"
    DELIVERED = "delivered"
    REFUSED = "refused"
    CANCELLED = "cancelled"


S = OrderState
LIFECYCLE = Lifecycle(
    {
        "accept": ({S.PLACED}, S.ACCEPTED),
        "pack": ({S.ACCEPTED}, S.PACKED),
        "hand_over": ({S.PACKED}, S.HANDED_OVER),
        "deliver": ({S.HANDED_OVER}, S.DELIVERED),
        "refuse": ({S.HANDED_OVER}, S.REFUSED),
        "cancel": ({S.PLACED, S.ACCEPTED}, S.CANCELLED),
        "resume": ({S.CANCELLED}, S.PLACED),  # paid late, and the goods can still be had
    }
)
