"""Bank transfer by QR: each order is paid straight to its seller, who alone holds the money (domain, 0.9)."""

from typing import Any

from shop.core.i18n import lazy_gettext as _l
from shop.orders import paying
from shop.orders.models import Method
from shop.payments.methods.base import Bill


class BankQR:
    """One QR for each seller; the market touches no money."""

    code = Method.BANK_QR
    name = _l("Bank transfer by QR")
    hint = _l("You scan one QR for each seller, with your bank's app. The money goes straight to the seller.")

    def unavailable_for(self, bill: Bill) -> Any | None:
        """Say which seller has no bank account here; None where each has one."""
        return paying.transfer_refusal({part.seller_id: part.seller for part in bill.parts})
