"""What `flask verify` proves about transfers: paid by exactly what came, each amount used once."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import func, select

from shop.core import clock
from shop.core.db import db
from shop.orders.models import Method
from shop.payments.models import Payment, PaymentState
from shop.payments.transfers.models import Credit, CreditUse, TransferBill

LATE = 15  # minutes in which the sweep ends what did not come in time


def paid_by_what_came() -> Iterator[str]:
    """A transfer is paid by amounts that make exactly what it costs, and one that is not paid by none."""
    came = func.coalesce(func.sum(CreditUse.amount), 0)
    rows = (
        select(Payment.id, Payment.state, Payment.amount, came)
        .outerjoin(CreditUse, CreditUse.payment_id == Payment.id)
        .where(Payment.method == Method.BANK_QR)
        .group_by(Payment.id, Payment.state, Payment.amount)
    )
    for key, state, amount, used in db.session.execute(rows):
        if used != (amount if state is PaymentState.PAID else 0):
            yield f"payment {key}: {state.value}, {amount} đồng by transfer, {used} of what came is used for it"


def used_is_the_sum_of_uses() -> Iterator[str]:
    """What an amount is used for is the sum of its uses."""
    made = func.coalesce(func.sum(CreditUse.amount), 0)
    rows = select(Credit.code, Credit.used, made).outerjoin(CreditUse, CreditUse.credit_id == Credit.id)
    for code, used, total in db.session.execute(
        rows.group_by(Credit.id, Credit.code, Credit.used).having(made != Credit.used)
    ):
        yield f"credit {code}: {used} đồng used, its uses make {total}"


def into_the_account_of_the_bill() -> Iterator[str]:
    """An amount pays only orders of the account it came into."""
    rows = (
        select(Credit.code, TransferBill.memo)
        .join(CreditUse, CreditUse.credit_id == Credit.id)
        .join(TransferBill, TransferBill.payment_id == CreditUse.payment_id)
        .where((TransferBill.account != Credit.account) | (TransferBill.cooperative_id != Credit.cooperative_id))
    )
    for code, memo in db.session.execute(rows):
        yield f"credit {code}: pays {memo}, which goes to another account"


def every_transfer_has_its_bill() -> Iterator[str]:
    """Each transfer says into which account it goes."""
    rows = select(Payment.id).outerjoin(TransferBill, TransferBill.payment_id == Payment.id)
    rows = rows.where(Payment.method == Method.BANK_QR, TransferBill.payment_id.is_(None))
    for key in db.session.scalars(rows):
        yield f"payment {key}: a transfer to nobody"


def late_ones_have_ended() -> Iterator[str]:
    """What did not come in time is ended by the sweep."""
    late = Payment.expires_at < clock.after(minutes=-LATE)
    rows = select(Payment.id).where(Payment.method == Method.BANK_QR, Payment.state == PaymentState.WAITING, late)
    for key in db.session.scalars(rows):
        yield f"payment {key}: its time is over, it still waits"


CHECKS: list[Callable[[], Iterable[str]]] = [
    paid_by_what_came,
    used_is_the_sum_of_uses,
    into_the_account_of_the_bill,
    every_transfer_has_its_bill,
    late_ones_have_ended,
]
