"""Freezing whom a transfer goes to: account and memo as they are at sale."""

from datetime import timedelta

from shop.core.db import db
from shop.core.errors import Conflict
from shop.core.i18n import lazy_gettext as _l
from shop.core.present import settings
from shop.payments.models import Payment
from shop.payments.transfers import queries
from shop.payments.transfers.models import TransferBill


def write(payments: list[Payment]) -> None:
    """Keep for each of these payments, each of one order, the account it goes to, and until when the goods are kept.

    Raises Conflict where a seller has no account in force (any more).
    """
    orders = [payment.parts[0].order for payment in payments]
    accounts = queries.accounts_of(order.cooperative_id for order in orders)
    for payment, order in zip(payments, orders, strict=True):
        account = accounts.get(order.cooperative_id)
        if account is None:
            raise Conflict(_l("%(seller)s has no bank account here yet.", seller=order.seller_name))
        payment.expires_at = payment.created_at + timedelta(hours=settings().transfer_hours)
        db.session.add(
            TransferBill(
                payment_id=payment.id,
                cooperative_id=order.cooperative_id,
                bank_bin=account.bank_bin,
                account=account.number,
                holder=account.holder,
                memo=order.code,
            )
        )
    db.session.flush()
