"""What people read of a dispute: why, how far, and what to send in."""

from typing import Any

from shop.core.i18n import lazy_gettext as _l
from shop.payments.disputes.lifecycle import DisputeState

STATES = {
    DisputeState.INQUIRY: (_l("The bank asks"), "warn"),
    DisputeState.OPEN: (_l("Waits for an answer"), "bad"),
    DisputeState.REVIEW: (_l("The bank decides"), "doing"),
    DisputeState.WON: (_l("Won, the money stays"), "ok"),
    DisputeState.LOST: (_l("Lost, the buyer has the money"), "off"),
}
REASONS = {
    "fraudulent": _l("The card's owner says: I did not buy this."),
    "unrecognized": _l("The card's owner does not recognise the payment."),
    "product_not_received": _l("The buyer says: nothing arrived."),
    "product_unacceptable": _l("The buyer says: the goods are not as described."),
    "duplicate": _l("The buyer says: paid twice."),
    "credit_not_processed": _l("The buyer says: promised money did not come back."),
}
OTHER = _l("The card's bank asks about this payment.")
ARRIVED = _l("The carrier's number or receipt, and a photo of the parcel.")
SAID = _l("What you and the buyer wrote or agreed on the phone, with day and hour.")
GATHER = {
    "fraudulent": (ARRIVED, _l("Who received it, and that the phone number answered."), SAID),
    "unrecognized": (ARRIVED, SAID),
    "product_not_received": (ARRIVED, _l("The day on which it was delivered, and who took it."), SAID),
    "product_unacceptable": (_l("Photos of the goods before they were packed."), SAID),
    "duplicate": (_l("That these were two orders, with both codes."), ARRIVED),
    "credit_not_processed": (_l("When and how the money went back."), SAID),
}


def reason_words(reason: str) -> Any:
    """Return why the bank asks."""
    return REASONS.get(reason, OTHER)


def to_gather(reason: str) -> tuple[Any, ...]:
    """Return what helps to answer."""
    return GATHER.get(reason, (ARRIVED, SAID))
