"""How a change of an order ends: once."""

from enum import StrEnum

from shop.core.lifecycle import Lifecycle


class ChangeState(StrEnum):
    """What came of it; all but the first are ends."""

    PROPOSED = "proposed"  # the buyer is asked
    AGREED = "agreed"  # as the seller proposed it, or with what there is and nothing instead
    DECLINED = "declined"  # without these goods, or the order given up
    LAPSED = "lapsed"  # no answer in time: what there is, and nothing in its place; where that is nothing, no order
    WITHDRAWN = "withdrawn"  # the seller took the question back, or the order was cancelled meanwhile


C = ChangeState
LIFECYCLE = Lifecycle(
    {
        "agree": ({C.PROPOSED}, C.AGREED),
        "without": ({C.PROPOSED}, C.AGREED),
        "decline": ({C.PROPOSED}, C.DECLINED),
        "lapse": ({C.PROPOSED}, C.LAPSED),
        "withdraw": ({C.PROPOSED}, C.WITHDRAWN),
    }
)
