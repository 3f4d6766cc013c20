"""The two machines of a product: its revisions under review, and its place on the shelf."""

from enum import StrEnum

from shop.core.lifecycle import Lifecycle


class RevisionState(StrEnum):
    """Where a revision stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"
    PAST = "past"  # as it was sent once; taken back or mended since, under a later number


class Shelf(StrEnum):
    """Whether the cooperative offers the product."""

    ON_SALE = "on_sale"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"


class SeasonWord(StrEnum):
    """What the seller says of the season; any may follow any other, so there is no table of moves."""

    BY_MONTH = "by_month"  # nothing: the months of the revision inform
    ON = "on"  # there is some now, whatever the months
    OFF = "off"  # over: buyers see the goods and when they come again, but order none


R, H = RevisionState, Shelf
REVISION = Lifecycle(
    {
        "submit": ({R.DRAFT}, R.SUBMITTED),
        "take_back": ({R.SUBMITTED}, R.DRAFT),
        "approve": ({R.SUBMITTED}, R.APPROVED),
        "return": ({R.SUBMITTED}, R.RETURNED),
        "reject": ({R.SUBMITTED}, R.REJECTED),
        "reopen": ({R.RETURNED}, R.DRAFT),
    }
)
SHELF = Lifecycle(
    {
        "pause": ({H.ON_SALE}, H.PAUSED),
        "resume": ({H.PAUSED}, H.ON_SALE),
        "withdraw": ({H.ON_SALE, H.PAUSED}, H.WITHDRAWN),
    }
)
OPEN_STATES = (R.DRAFT, R.SUBMITTED, R.RETURNED)
