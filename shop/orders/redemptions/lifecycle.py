"""How a use of a voucher stands, and each order's share of it."""

from enum import StrEnum

from shop.core.lifecycle import Lifecycle


class RedemptionState(StrEnum):
    """Whether it counts as a use of the voucher."""

    TAKEN = "taken"
    GIVEN_BACK = "given_back"  # every order of it was cancelled
    HONOURED = "honoured"  # an order was taken up again when no use was left: it keeps what it was promised


class ShareState(StrEnum):
    """What became of the discount of one order."""

    TAKEN = "taken"
    GIVEN_BACK = "given_back"  # the order was cancelled
    FORFEITED = "forfeited"  # the parcel was not taken at the door: the use is not given back


R, S = RedemptionState, ShareState
REDEMPTION = Lifecycle(
    {
        "give_back": ({R.TAKEN, R.HONOURED}, R.GIVEN_BACK),
        "take_again": ({R.GIVEN_BACK}, R.TAKEN),
        "honour": ({R.GIVEN_BACK}, R.HONOURED),
    }
)
SHARE = Lifecycle(
    {
        "give_back": ({S.TAKEN}, S.GIVEN_BACK),
        "forfeit": ({S.TAKEN}, S.FORFEITED),
        "take_again": ({S.GIVEN_BACK}, S.TAKEN),
    }
)
