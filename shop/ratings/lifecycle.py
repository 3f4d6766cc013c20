"""Whether a rating is shown, and who may change that."""

from enum import StrEnum

from shop.core.lifecycle import Lifecycle


class RatingState(StrEnum):
    """Where a rating stands; only a shown one counts."""

    SHOWN = "shown"
    HIDDEN = "hidden"  # by an officer or an admin, for a reason; never by the seller
    TAKEN_BACK = "taken_back"  # by who wrote it, for good


S = RatingState
LIFECYCLE = Lifecycle(
    {
        "change": ({S.SHOWN}, S.SHOWN),
        "hide": ({S.SHOWN}, S.HIDDEN),
        "show_again": ({S.HIDDEN}, S.SHOWN),
        "take_back": ({S.SHOWN, S.HIDDEN}, S.TAKEN_BACK),
    }
)
