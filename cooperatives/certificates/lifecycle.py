"""How a certificate goes from the seller's photo to a claim, and out of it again. Ending by date is no state."""

from enum import StrEnum

from shop.core.lifecycle import Lifecycle


class CertificateState(StrEnum):
    """Where a certificate stands with the officer."""

    SUBMITTED = "submitted"
    VERIFIED = "verified"
    RETURNED = "returned"
    REPLACED = "replaced"  # a newer one is verified
    WITHDRAWN = "withdrawn"  # by the officer, with a reason
    TAKEN_BACK = "taken_back"  # by the seller, before it was verified


S = CertificateState
LIFECYCLE = Lifecycle(
    {
        "verify": ({S.SUBMITTED}, S.VERIFIED),
        "return": ({S.SUBMITTED}, S.RETURNED),
        "replace": ({S.VERIFIED}, S.REPLACED),
        "withdraw": ({S.VERIFIED}, S.WITHDRAWN),
        "take_back": ({S.SUBMITTED, S.RETURNED}, S.TAKEN_BACK),
    }
)
ENDED = (S.REPLACED, S.WITHDRAWN, S.TAKEN_BACK)
