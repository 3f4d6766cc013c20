"""Booking payments, refunds and transfers: called once by the step itself, in its own transaction."""

from collections.abc import Iterable

from sqlalchemy import Connection, insert

from shop.core.db import db
from shop.ledger.models import Kind, LedgerEntry
from shop.ledger.services import Source, book
from shop.orders.models import Method
from shop.payments.books.queries import COLUMNS, expected
from shop.payments.disputes.models import DisputeShare
from shop.payments.models import Payment, Refund, RefundState
from shop.payments.passing.models import Passing
from shop.payments.takings.models import Remittance
from shop.payments.transfers.models import Credit, CreditState, CreditUse

BACK = {
    Method.CARD: Kind.REFUND_BY_CARD,
    Method.BANK_QR: Kind.REFUND_BY_HAND,
    Method.CASH: Kind.REFUND_IN_CASH,
}
_LEFT = {
    CreditState.SENT_BACK: Kind.CREDIT_BACK,
    CreditState.OTHER: Kind.CREDIT_OTHER,
    CreditState.CASH: Kind.CASH_PAID_IN,
}


def paid(payment: Payment) -> None:
    """Book a payment that settled, by order. What a transfer is paid with is booked as it is used (`used`)."""
    if payment.method is Method.BANK_QR:
        return
    kind = Kind.CARD_PAID if payment.method is Method.CARD else Kind.CASH_TAKEN
    for part in payment.parts:
        book(kind, Source(part.id, part.order.code, part.order.cooperative_id), part.amount)


def promised(refund: Refund) -> None:
    """Book that money is to go back; where the order goes on, so much less was sold."""
    if not refund.whole:
        _refund(Kind.SALE_REDUCED, refund)
    _refund(Kind.REFUND_PROMISED, refund)


def given_back(refund: Refund) -> None:
    """Book that it went back: from the card's provider, from the seller's account, or in cash."""
    _refund(BACK[refund.part.payment.method], refund)


def failed(refund: Refund, before: RefundState) -> None:
    """Book that it will not go back so; where it had gone already (`before` was done), that it is here again."""
    if before is RefundState.DONE:
        _refund(Kind.REFUND_BOUNCED, refund)
    _refund(Kind.REFUND_FAILED, refund)


def disputed(shares: Iterable[DisputeShare]) -> None:
    """Book that the card's bank took the money."""
    for share in shares:
        _dispute(Kind.DISPUTE_TAKEN, share, share.amount)


def dispute_returned(shares: Iterable[DisputeShare]) -> None:
    """Book that the bank gave it back."""
    for share in shares:
        _dispute(Kind.DISPUTE_BACK, share, share.amount)


def dispute_lost(share: DisputeShare) -> None:
    """Book that the buyer keeps it: what was owed anyway, and what was no sale."""
    _dispute(Kind.DISPUTE_LOST, share, share.sale)
    _dispute(Kind.DISPUTE_REPAID, share, share.repaid)


def _dispute(kind: Kind, share: DisputeShare, amount: int) -> None:
    order = share.part.order
    if amount:
        book(kind, Source(share.id, order.code, order.cooperative_id), amount)


def passed(passing: Passing) -> None:
    """Book what was passed on to the seller's account at the provider, or taken back from it."""
    order = passing.part.order
    kind = Kind.TAKEN_BACK if passing.back_of_id else Kind.PASSED_ON
    book(kind, Source(passing.id, order.code, order.cooperative_id), passing.amount)


def came(credit: Credit) -> None:
    """Book money that came into a seller's account, whatever it is for."""
    book(Kind.CREDIT_CAME, _money(credit, credit.id), credit.amount)


def used(use: CreditUse, credit: Credit) -> None:
    """Book what of it pays an order."""
    book(Kind.CREDIT_USED, _money(credit, use.id), use.amount)


def left(credit: Credit) -> None:
    """Book what pays no order, when the money is dealt with: it went back, is cash paid in, or left the books."""
    if credit.left and credit.state in _LEFT:
        book(_LEFT[credit.state], _money(credit, credit.id), credit.left)


def fee_kept(remittance: Remittance) -> None:
    """Book what a carrier kept of the cash it took, when its sum was seen; nothing where it kept nothing."""
    if remittance.short:
        source = Source(remittance.id, remittance.code, remittance.cooperative_id)
        book(Kind.FEE_KEPT, source, remittance.short)


def fill(connection: Connection) -> None:
    """Book everything that rows say and no service booked: for a market that was written row by row, as the demo is."""
    db.session.flush()
    connection.execute(insert(LedgerEntry).from_select(COLUMNS, expected().order_by("at", "source_id", "kind")))


def _refund(kind: Kind, refund: Refund) -> None:
    order = refund.part.order
    book(kind, Source(refund.id, order.code, order.cooperative_id), refund.amount)


def _money(credit: Credit, source_id: int) -> Source:
    return Source(source_id, credit.code, credit.cooperative_id)
