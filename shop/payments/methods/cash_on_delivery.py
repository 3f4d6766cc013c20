"""Cash at the door: each carrier collects for its cooperative, the market touches no money."""

from typing import Any

from shop.core.i18n import lazy_gettext as _l
from shop.orders import paying
from shop.orders.models import Method
from shop.payments.methods.base import Bill


class CashOnDelivery:
    """The usual way; bounded per order, since it is the seller's risk."""

    code = Method.CASH
    name = _l("Cash when it arrives")
    hint = _l("You pay each carrier at the door.")

    def unavailable_for(self, bill: Bill) -> Any | None:
        """Say which seller's order is too dear for cash at the door; None where all may."""
        refusals = (paying.cash_refusal(part.seller, part.amount) for part in bill.parts)
        return next((sentence for sentence in refusals if sentence is not None), None)
