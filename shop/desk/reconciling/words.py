"""What an admin reads of a difference."""

from shop.core.i18n import lazy_gettext as _l
from shop.payments.reconciling.models import Difference

KINDS = {
    Difference.PAID_THERE: _l("Stripe has a payment that our books do not know"),
    Difference.PAID_HERE: _l("Our books have a payment that Stripe does not know"),
    Difference.AMOUNT: _l("The amounts differ"),
    Difference.REFUND_THERE: _l("Stripe has a refund that our books do not know"),
    Difference.REFUND_HERE: _l("Our books have a refund that Stripe does not know"),
    Difference.REFUND_STATE: _l("A refund stands differently at Stripe"),
    Difference.PASSED_THERE: _l("Stripe passed money to a seller that our books do not know"),
    Difference.PASSED_HERE: _l("Our books passed money to a seller, Stripe does not know it"),
    Difference.PASSED_BACK: _l("Another sum was taken back from a seller"),
    Difference.DISPUTE: _l("A dispute stands differently at Stripe"),
}
