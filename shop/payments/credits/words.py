"""What a seller reads of money that came: why it waits, and what became of it, with the kind of its mark."""

from shop.core.i18n import lazy_gettext as _l
from shop.payments.transfers.models import CreditState, Doubt

DOUBTS = {
    Doubt.NO_CODE: _l("The message names no order"),
    Doubt.UNKNOWN: _l("The message names an order that is not yours"),
    Doubt.SHORT: _l("Less than the order costs"),
    Doubt.OVER: _l("More than the order costs"),
    Doubt.TWICE: _l("The order was paid already"),
    Doubt.LATE: _l("Too late: the goods are gone"),
    Doubt.CANCELLED: _l("The order has ended, or is paid in cash"),
    Doubt.SEVERAL: _l("Several orders, and the sum fits none"),
}
STATES = {
    CreditState.WAITING: (_l("Waits for you"), "warn"),
    CreditState.SETTLED: (_l("Pays an order"), "ok"),
    CreditState.SENT_BACK: (_l("Sent back"), "off"),
    CreditState.CASH: (_l("Cash a carrier paid in"), "ok"),
    CreditState.OTHER: (_l("Not for an order"), "off"),
}
