"""A voucher counts until it is ended; it is never edited."""

from enum import StrEnum

from shop.core.lifecycle import Lifecycle


class VoucherState(StrEnum):
    """Whether its issuer has ended it before its last day."""

    ACTIVE = "active"
    ENDED = "ended"


LIFECYCLE = Lifecycle({"end": ({VoucherState.ACTIVE}, VoucherState.ENDED)})
