"""Promising money back once, and keeping what the provider made of it. Nothing here calls outside."""

from typing import Any

from sqlalchemy import update

from cooperatives.queries import members
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core import clock
from shop.core.claims import next_try
from shop.core.codes import shown
from shop.core.db import db
from shop.core.errors import Conflict, Invalid
from shop.core.formats import show_money
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import use_language
from shop.core.logs import log
from shop.notices.services import tell
from shop.orders import services as orders
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method
from shop.payments.books import services as books
from shop.payments.methods.base import Given
from shop.payments.models import Payment, PaymentEvent, PaymentPart, PaymentState, Refund, RefundState
from shop.payments.refunds import queries

ENDED = {OrderState.CANCELLED, OrderState.REFUSED}


def promise(part_id: int, reason: str = "") -> bool:
    """Promise the whole money of one part back, once; False where it is promised already or nothing is owed.

    `reason` is "late" for money that came after the order was given up; else the state of the order says it.
    """
    part = queries.locked_part(part_id)
    owed = part.payment.state is PaymentState.PAID and (reason or part.order.state in ENDED)
    if not owed or queries.of_part(part.id) or not _take(part, part.amount):
        return False
    refund = Refund(
        amount=part.amount,
        reason=reason or part.order.state.value,
        state=RefundState.DUE,
        idempotency_key=f"refund-{part.order.code}-{reason or part.order.state.value}-1",
        part=part,
    )
    db.session.add(refund)
    db.session.flush()
    books.promised(refund)
    _keep(part.payment, "refund_due", {"order": part.order.code, "amount": part.amount, "reason": refund.reason})
    if part.payment.method is Method.BANK_QR:
        _ask_the_seller(part)
    return True


def given_by_hand(refund_id: int, note: str, actor: User) -> None:
    """Note that the seller sent the money of a transfer back; `note` says how, for example the bank's number.

    Raises Invalid without a note, Conflict where it was noted already.
    """
    if not note:
        raise Invalid("note", _l("Write when and how you sent it back, for example the bank's number."))
    refund = _locked(refund_id)
    if refund.state is not RefundState.DUE or refund.part.payment.method is not Method.BANK_QR:
        raise Conflict(_l("This was noted already. Open the page again."))
    refund.state, refund.done_at, refund.problem = RefundState.DONE, clock.now(), None
    books.given_back(refund)
    facts = {"order": refund.part.order.code, "amount": refund.amount, "note": note}
    _keep(refund.part.payment, "refunded", facts, actor)
    orders.mark_refunded(refund.part.order)


def _ask_the_seller(part: PaymentPart) -> None:
    """The market never held a transfer's money, so the seller sends it back by hand."""
    for membership in members(part.order.cooperative):
        with use_language(membership.user.language):
            amount = show_money(part.amount)
        tell(membership.user, "refund_by_hand", "/my/transfers", code=shown(part.order.code), amount=amount)


def name_of(refund: Refund) -> str:
    """Return the name under which the provider finds a refund again, whatever key it was sent with."""
    return f"{refund.part.order.code}-{refund.reason}"


def keep(refund_id: int, given: Given) -> bool:
    """Keep what the provider says of a refund; True when it became done by this.

    Forward only: a refund that is done is done, unless the bank sends the money back to us.
    """
    refund = _locked(refund_id)
    if refund.provider_reference is None:
        refund.provider_reference = given.reference
    if given.reference != refund.provider_reference or given.amount != refund.amount:
        log.error("refund_does_not_fit", refund=refund.id, reference=given.reference)
        return False
    if given.failed:
        give_up(refund_id, given.problem or "failed at the provider")
        return False
    if refund.state in {RefundState.DONE, RefundState.FAILED}:
        return False
    refund.state = RefundState.DONE if given.done else RefundState.SENT
    refund.claimed_until, refund.problem = None, None
    if not given.done:
        return False
    refund.done_at = clock.now()
    books.given_back(refund)
    _keep(refund.part.payment, "refunded", {"order": refund.part.order.code, "amount": refund.amount})
    orders.mark_refunded(refund.part.order)
    return True


def try_later(refund_id: int, problem: str, *, another_key: bool) -> None:
    """Keep that the provider did not answer, and when to ask again."""
    refund = _locked(refund_id)
    refund.problem, refund.claimed_until = problem, next_try(refund.tries)
    if another_key:
        name, _dash, number = refund.idempotency_key.rpartition("-")
        refund.idempotency_key = f"{name}-{int(number) + 1}"


def give_up(refund_id: int, problem: str) -> None:
    """Keep that the provider will not send it: the money is still owed, and a person must look."""
    refund = _locked(refund_id)
    if refund.state is RefundState.FAILED:
        return
    log.error("refund_failed", refund=refund.id, problem=problem)
    books.failed(refund, before=refund.state)
    refund.state, refund.problem, refund.claimed_until = RefundState.FAILED, problem, None
    _take(refund.part, -refund.amount)
    facts = {"order": refund.part.order.code, "amount": refund.amount, "problem": problem}
    _keep(refund.part.payment, "refund_failed", facts)


def _locked(refund_id: int) -> Refund:
    refund = db.session.get_one(Refund, refund_id)
    queries.locked_part(refund.part_id)
    return queries.one(refund_id)


def _take(part: PaymentPart, amount: int) -> bool:
    """Raise what is promised back by one guarded UPDATE: never more than was paid."""
    refunded = PaymentPart.refunded + amount
    taken = db.session.scalars(
        update(PaymentPart)
        .where(PaymentPart.id == part.id, refunded <= PaymentPart.amount, refunded >= 0)
        .values(refunded=refunded)
        .returning(PaymentPart.id)
    ).all()
    db.session.refresh(part)
    return bool(taken)


def _keep(payment: Payment, kind: str, facts: dict[str, Any], actor: User | None = None) -> None:
    db.session.add(PaymentEvent(payment_id=payment.id, kind=kind, facts=facts))
    audit.record(f"payment_{kind}", payment, actor, **facts)
