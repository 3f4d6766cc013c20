"""Keeping what the provider says of a dispute, and booking what moved by it. Nothing here calls outside."""

from typing import Any

from cooperatives.queries import members
from shop.accounts.models import Role, User
from shop.accounts.queries import holders
from shop.audit import services as audit
from shop.core import clock
from shop.core.codes import shown
from shop.core.db import db
from shop.core.formats import show_date, show_money
from shop.core.i18n import use_language
from shop.core.logs import log
from shop.ledger.queries import owed_to_buyer
from shop.notices.services import tell
from shop.payments import queries as payments
from shop.payments.books import services as books
from shop.payments.disputes import queries
from shop.payments.disputes.lifecycle import ASKS, DisputeState
from shop.payments.disputes.models import Dispute, DisputeShare
from shop.payments.methods.base import Disputed
from shop.payments.models import REPAID, Payment, PaymentEvent, PaymentPart, RefundState
from shop.payments.refunds import services as refunds
from shop.payments.refunds.queries import of_part


def keep(payment_id: int, said: Disputed) -> Dispute:
    """Keep how a dispute stands; each step of its money is booked once, whoever tells of it and however often.

    Everything it changes lies behind the row of the payment. While it runs nothing is given back; when it is lost,
    what was promised and not sent is the bank's work now.
    """
    payment = payments.locked(payment_id)
    dispute = queries.by_reference(said.reference)
    if dispute is None:
        dispute = _open(payment, said)
    before = dispute.state
    dispute.state, dispute.due_at, dispute.reason = said.state, said.due_at, said.reason
    dispute.looked_at = clock.now()
    _move(dispute, said)
    if dispute.state is not before:
        _keep(payment, f"dispute_{dispute.state.value}", dispute)
    return dispute


def _open(payment: Payment, said: Disputed) -> Dispute:
    dispute = Dispute(
        payment_id=payment.id, reference=said.reference, amount=said.amount, reason=said.reason, state=said.state,
        due_at=said.due_at, opened_at=said.opened_at,
    )  # fmt: skip
    dispute.shares = [DisputeShare(part_id=part.id, amount=amount) for part, amount in _shares(payment.id, said.amount)]
    db.session.add(dispute)
    db.session.flush()
    log.error("payment_disputed", payment=payment.id, reference=said.reference, amount=said.amount)
    _keep(payment, "disputed", dispute)
    if dispute.state in ASKS:
        _tell(dispute)
    return dispute


def _shares(payment_id: int, amount: int) -> list[tuple[PaymentPart, int]]:
    """Share a dispute out by what each order's buyer has not got back; the last one bears what rounding leaves."""
    gone = {RefundState.SENT, RefundState.DONE}
    parts = queries.parts_of(payment_id)
    there = [part.amount - sum(one.amount for one in of_part(part.id) if one.state in gone) for part in parts]
    if sum(there) < amount:  # the bank disputes more than is here: by what was paid
        there = [part.amount for part in parts]
    found, left, total = [], amount, sum(there)
    for part, weight in zip(parts, there, strict=True):
        share = left if total == weight else left * weight // total
        found.append((part, share))
        left, total = left - share, total - weight
    return [(part, share) for part, share in found if share]


def _move(dispute: Dispute, said: Disputed) -> None:
    now = clock.now()
    if said.withdrawn and dispute.taken_at is None:
        dispute.taken_at = now
        books.disputed(dispute.shares)
    if not said.withdrawn and dispute.taken_at is not None and dispute.returned_at is None:
        if dispute.lost_at is not None:
            log.error("dispute_returned_after_loss", reference=dispute.reference)  # an appeal: a person must look
            return
        dispute.returned_at = now
        books.dispute_returned(dispute.shares)
    taken = dispute.taken_at is not None and dispute.returned_at is None
    if dispute.state is DisputeState.LOST and taken and dispute.lost_at is None:
        dispute.lost_at = now
        for share in dispute.shares:
            _lose(share)


def _lose(share: DisputeShare) -> None:
    """The buyer has the money: first what was owed anyway, the rest was no sale."""
    for refund in of_part(share.part_id):
        if refund.state is RefundState.DUE:
            refunds.give_up(refund.id, REPAID)
    db.session.flush()
    share.repaid = min(share.amount, owed_to_buyer(share.part.order.code))
    share.sale = share.amount - share.repaid
    books.dispute_lost(share)


def _tell(dispute: Dispute) -> None:
    for share in dispute.shares:
        for membership in members(share.part.order.cooperative):
            _tell_one(membership.user, dispute, share)
    for admin in holders(Role.ADMIN):
        _tell_one(admin, dispute, dispute.shares[0])


def _tell_one(person: User, dispute: Dispute, share: DisputeShare) -> None:
    with use_language(person.language):
        amount = show_money(share.amount)
        until = show_date(dispute.due_at) if dispute.due_at else "–"
    tell(person, "disputed", "/disputes", code=shown(share.part.order.code), amount=amount, until=until)


def _keep(payment: Payment, kind: str, dispute: Dispute) -> None:
    facts: dict[str, Any] = {"dispute": dispute.reference, "amount": dispute.amount, "reason": dispute.reason}
    db.session.add(PaymentEvent(payment_id=payment.id, kind=kind, facts=facts))
    audit.record(f"payment_{kind}", payment, None, **facts)
