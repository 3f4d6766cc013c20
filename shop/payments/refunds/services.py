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
from shop.orders.models import Method, OrderLine
from shop.payments.books import services as books
from shop.payments.disputes import queries as disputes
from shop.payments.methods.base import Given
from shop.payments.models import REPAID, WHOLE, Payment, PaymentEvent, PaymentPart, PaymentState, Refund, RefundState
from shop.payments.refunds import queries, words

ENDED = {OrderState.CANCELLED, OrderState.REFUSED}


def promise(part_id: int, reason: str = "") -> bool:
    """Promise what is left of one part back, once; False where it is promised already or nothing is owed.

    `reason` is "late" for money that came after the order was given up; else the state of the order says it. What
    was promised before and failed is left to a person.
    """
    part = queries.locked_part(part_id)
    owed = part.payment.state is PaymentState.PAID and (reason or part.order.state in ENDED)
    before = queries.of_part(part.id)
    rest = queries.left_of(part)
    owed = owed and not disputes.runs(part.payment_id)
    if not owed or rest <= 0 or any(refund.whole for refund in before) or not _take(part, rest):
        return False
    _promised(part, rest, reason or part.order.state.value, None)
    return True


def promise_some(
    part_id: int, amount: int, reason: str, actor: User | None, *, why: str = "", line: OrderLine | None = None
) -> Refund:
    """Promise `amount` đồng of a paid part back while its order goes on: fewer goods, damage, weight.

    `reason` names the refund, once for each part ("short-1", "line-7-1": ASCII, dashes may be in it); `why` is the
    sentence the buyer reads where the reason's own words do not do, `line` the goods it is for. By card the sweep
    sends it, of a transfer or of cash the seller gives it back by hand. Rows are locked in the order payment, order:
    call it before the order is changed in the same transaction. Raises Conflict where the part is not paid, its order
    has ended (then all of it goes back by itself), the reason was used before, or more is asked than is left.
    """
    part = queries.locked_part(part_id)
    queries.lock_order(part)
    if reason in WHOLE or not reason.isascii() or amount <= 0:
        raise ValueError("a partial refund has an amount and a reason of its own")
    if part.payment.state is not PaymentState.PAID:
        raise Conflict(_l("This order is not paid yet."))
    if part.order.state in ENDED:
        raise Conflict(_l("This order has ended: all its money goes back by itself."))
    before = queries.of_part(part.id)
    if any(refund.reason == reason for refund in before):
        raise Conflict(_l("This was promised to the buyer already."))
    if disputes.runs(part.payment_id):
        raise Conflict(_l("The buyer's bank hears a dispute about this payment. Wait until it is decided."))
    rest = queries.left_of(part)  # what failed is owed still, by that promise
    if amount > rest or not _take(part, amount):
        left = show_money(rest)
        raise Conflict(_l("That is more than what is left of this payment: %(left)s.", left=left))
    return _promised(part, amount, reason, actor, why=why, line=line)


def _promised(part: PaymentPart, amount: int, reason: str, actor: User | None, **about: Any) -> Refund:
    refund = Refund(
        amount=amount,
        reason=reason,
        **about,
        state=RefundState.DUE,
        idempotency_key=f"refund-{part.order.code}-{reason}-1",
        part=part,
    )
    db.session.add(refund)
    db.session.flush()
    books.promised(refund)
    _keep(part.payment, "refund_due", {"order": part.order.code, "amount": amount, "reason": reason}, actor)
    if part.payment.method is not Method.CARD:
        _ask_the_seller(refund)
    return refund


def given_by_hand(refund_id: int, note: str, actor: User) -> None:
    """Note that the seller gave the money of a transfer, or cash, back; `note` says how, for example the bank's number.

    Raises Invalid without a note, Conflict where it was noted already.
    """
    if not note:
        raise Invalid("note", _l("Write when and how you sent it back, for example the bank's number."))
    refund = _locked(refund_id)
    if refund.state is not RefundState.DUE or refund.part.payment.method is Method.CARD:
        raise Conflict(_l("This was noted already. Open the page again."))
    refund.state, refund.done_at, refund.problem = RefundState.DONE, clock.now(), None
    books.given_back(refund)
    facts = {"order": refund.part.order.code, "amount": refund.amount, "note": note}
    _keep(refund.part.payment, "refunded", facts, actor)
    _tell_the_buyer(refund)


def _tell_the_buyer(refund: Refund) -> None:
    some = None if refund.whole else orders.Some(refund.amount, refund.reason, words.why(refund))
    orders.mark_refunded(refund.part.order, some)


def _ask_the_seller(refund: Refund) -> None:
    """The market never held the money of transfers and of cash, so the seller gives it back by hand."""
    code, kind = refund.part.order.code, "refund_by_hand" if refund.whole else "some_by_hand"
    for membership in members(refund.part.order.cooperative):
        with use_language(membership.user.language):
            amount = show_money(refund.amount)
        tell(membership.user, kind, "/my/transfers", code=shown(code), amount=amount)


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
    _tell_the_buyer(refund)
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
    if problem != REPAID:
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
