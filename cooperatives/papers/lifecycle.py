"""How a paper is looked at."""

from enum import StrEnum

from shop.core.lifecycle import Lifecycle


class PaperState(StrEnum):
    """Where a paper stands; absent: the seller has said "not yet"."""

    ABSENT = "absent"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    RETURNED = "returned"


S = PaperState
LIFECYCLE = Lifecycle({"accept": ({S.WAITING}, S.ACCEPTED), "return": ({S.WAITING, S.ACCEPTED}, S.RETURNED)})
