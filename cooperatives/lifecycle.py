"""How a seller is admitted, suspended and closed."""

from enum import StrEnum

from shop.core.lifecycle import Lifecycle


class CooperativeState(StrEnum):
    """Where a cooperative stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACTIVE = "active"
    DECLINED = "declined"
    SUSPENDED = "suspended"
    CLOSED = "closed"  # by its own people, for good


S = CooperativeState
LIFECYCLE = Lifecycle(
    {
        "submit": ({S.DRAFT, S.RETURNED}, S.SUBMITTED),
        "admit": ({S.SUBMITTED}, S.ACTIVE),
        "return": ({S.SUBMITTED}, S.RETURNED),
        "decline": ({S.SUBMITTED}, S.DECLINED),
        "suspend": ({S.ACTIVE}, S.SUSPENDED),
        "restore": ({S.SUSPENDED}, S.ACTIVE),
        "close": ({S.DRAFT, S.SUBMITTED, S.RETURNED, S.ACTIVE, S.DECLINED, S.SUSPENDED}, S.CLOSED),
    }
)


class Task(StrEnum):
    """The six things asked of whoever wants to sell, in their order."""

    PHONE = "phone"
    WHO = "who"
    PLACE = "place"
    PAPERS = "papers"
    MONEY = "money"
    GOODS = "goods"
