"""What people read of a partial refund: why it goes back."""

from typing import Any

from shop.core.i18n import lazy_gettext as _l
from shop.payments.models import Refund, RefundState

# By the first word of the reason; whoever gives money back for something else adds a word here.
WHY = {
    "short": _l("Fewer goods were sent than you ordered."),
    "weighed": _l("By the scales the goods weigh less than estimated."),
    "line": _l("Something was wrong with the goods."),
}
STATES = {
    RefundState.DUE: (_l("Goes back"), "doing"),
    RefundState.SENT: (_l("Goes back"), "doing"),
    RefundState.DONE: (_l("Returned"), "ok"),
    RefundState.FAILED: (_l("Not returned yet, call us"), "bad"),
}


def why(refund: Refund) -> Any:
    """Return the sentence somebody wrote for this refund, or else that of its reason."""
    return refund.why or WHY.get(refund.reason.partition("-")[0], _l("The order became cheaper."))
