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


class Why(StrEnum):
    """Why the buyer is asked before the goods are packed."""

    REFUSED = "refused"  # a parcel for this number was not taken at the door lately
    AMOUNT = "amount"  # the order is dear
    FIRST = "first"  # nothing for this number ever arrived, and no account has proven it


class Answer(StrEnum):
    """What came of it."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"  # by the buyer's own link, or on the phone to the seller
    KNOWN = "known"  # the seller knows the buyer and answers for it
    DECLINED = "declined"  # the buyer does not want it; the order was cancelled
