"""Reading for whom an invoice is made out."""

from shop.core.db import db
from shop.orders.invoices.models import PurchaseInvoice


def of(purchase_id: int) -> PurchaseInvoice | None:
    """Return the invoice asked for with a purchase, or None."""
    return db.session.get(PurchaseInvoice, purchase_id)
