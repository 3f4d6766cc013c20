"""The machine of a sale."""

from enum import StrEnum

from shop.core.lifecycle import Lifecycle


class SaleState(StrEnum):
    """Where a sale stands."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"
    CANCELLED = "cancelled"


S = SaleState
SALE = Lifecycle(
    {
        "begin": ({S.PLANNED}, S.RUNNING),
        "end": ({S.RUNNING}, S.ENDED),
        "cancel": ({S.PLANNED, S.RUNNING}, S.CANCELLED),
    }
)
OPEN = (S.PLANNED, S.RUNNING)
