"""How far a dispute is."""

from enum import StrEnum


class DisputeState(StrEnum):
    """Ours in few words; the provider has more of them."""

    INQUIRY = "inquiry"  # the bank asks, and takes nothing yet
    OPEN = "open"  # it waits for our answer
    REVIEW = "review"  # answered: the bank decides
    WON = "won"
    LOST = "lost"


S = DisputeState
RUNNING = frozenset({S.OPEN, S.REVIEW})  # the bank may have the money: nothing is given back beside it
ASKS = frozenset({S.INQUIRY, S.OPEN})
STATES = {
    "warning_needs_response": S.INQUIRY,
    "warning_under_review": S.REVIEW,
    "warning_closed": S.WON,
    "needs_response": S.OPEN,
    "under_review": S.REVIEW,
    "appeal_needs_response": S.OPEN,
    "appeal_under_review": S.REVIEW,
    "prevented": S.WON,
    "won": S.WON,
    "lost": S.LOST,
}  # docs.stripe.com/api/disputes/object
