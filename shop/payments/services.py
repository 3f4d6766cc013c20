"""Money for a purchase: due, settled once whoever says so first, lapsed. Nothing here calls outside."""

from enum import StrEnum
from typing import Any

from sqlalchemy import update

from products.stock.services import keep_until
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core import clock
from shop.core.codes import token_digest
from shop.core.db import changed, db
from shop.core.errors import Conflict, DomainError
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import use_language
from shop.core.logs import log
from shop.orders import services as orders
from shop.orders.lifecycle import OrderState
from shop.orders.limits import services as limits
from shop.orders.models import Method, Order, Purchase
from shop.payments import policies, queries
from shop.payments.books import services as books
from shop.payments.methods import METHODS, ONLINE
from shop.payments.methods.base import Bill, Facts
from shop.payments.models import Payment, PaymentEvent, PaymentPart, PaymentState
from shop.payments.refunds import services as refunds
from shop.payments.takings import services as takings
from shop.payments.transfers import billing


class Outcome(StrEnum):
    """What settling made of the provider's facts."""

    SETTLED = "settled"
    ALREADY = "already"  # somebody said so before
    WAITING = "waiting"  # not paid so far
    QUARANTINED = "quarantined"  # paid, but not what was meant: a person must look


def open_payment(purchase: Purchase, *, new: bool = False) -> list[Payment]:
    """Keep what is to be paid for a purchase, once: cash by order, a provider's payment for all of them.

    By transfer also one for each order, since each goes to another account. Inside writing(), best in the
    transaction that places the purchase. Nothing is asked outside here. `new`: the purchase was made in this very
    transaction, so nobody else can have opened one.
    """
    if new:
        return _due(purchase, purchase.orders)
    db.session.refresh(purchase, with_for_update=True)
    return queries.of_purchase(purchase.id) or _due(purchase, purchase.orders)


def _due(purchase: Purchase, of: list[Order]) -> list[Payment]:
    if purchase.method is Method.CARD:
        made = [_payment(purchase, of, f"{token_digest(purchase.attempt)[:32]}-1")]
        made[0].expires_at = made[0].created_at + policies.PAY_WITHIN
    else:
        name = "cash" if purchase.method is Method.CASH else "bank"
        made = [_payment(purchase, [order], f"{name}-{order.code}") for order in of]
    db.session.flush()
    if purchase.method is Method.BANK_QR:
        billing.write(made)
    return _noted(made)


def _noted(made: list[Payment]) -> list[Payment]:
    facts = {"method": made[0].method.value}
    db.session.add_all(PaymentEvent(payment_id=payment.id, kind="due", facts=facts) for payment in made)
    return made


def _payment(purchase: Purchase, of: list[Order], key: str, method: Method | None = None) -> Payment:
    payment = Payment(
        purchase_id=purchase.id,
        method=method or purchase.method,
        amount=sum(order.due for order in of),
        currency="VND",
        state=PaymentState.WAITING,
        idempotency_key=key,
        created_at=clock.now(),
    )
    payment.parts = [PaymentPart(order_id=order.id, amount=order.due) for order in of]
    db.session.add(payment)
    return payment


def settle(payment_id: int, facts: Facts) -> Outcome:
    """Take the provider's facts about a payment. Return page, webhook and comparison all come here.

    The row lock makes them come one by one. Paid means the exact session, amount, currency, mode and purchase;
    what does not fit is quarantined and changes nothing.
    """
    payment = queries.locked(payment_id)
    if payment.state is PaymentState.PAID:
        return Outcome.ALREADY
    if not facts.paid:
        return Outcome.WAITING
    wrong = policies.faults(payment, token_digest(payment.purchase.token), facts, live=ONLINE[payment.method].live)
    if wrong:
        quarantine(payment, wrong, f"session {facts.session}")
        return Outcome.QUARANTINED
    for part in book(payment, facts.reference):
        refunds.promise(part.id, "late")
    return Outcome.SETTLED


def book(payment: Payment, reference: str | None) -> list[PaymentPart]:
    """Make a payment paid: the one place where that happens, and once, since the caller holds its row.

    An order that was given up unpaid is taken up again where its goods can still be had. Returns the parts whose
    orders want the money no longer: whoever calls sees to it that it goes back.
    """
    payment.state, payment.settled_at = PaymentState.PAID, clock.now()
    payment.provider_reference, payment.pay_url = reference, None
    books.paid(payment)
    _keep(payment, "settled", {"amount": payment.amount, "reference": reference})
    unwanted = []
    for part in payment.parts:
        if orders.mark_paid(part.order):
            keep_until(part.order.code, None)
        elif not orders.resume(part.order):
            unwanted.append(part)
    return unwanted


def quarantine(payment: Payment, wrong: list[str], source: str) -> None:
    """Set aside what does not fit, once for each source, and raise the alarm; nothing is paid by it."""
    facts = {"wrong": wrong, "source": source}
    known = any(one.facts == facts for one in queries.events(payment.id, "quarantined"))
    log.error("payment_quarantined", payment=payment.id, wrong=wrong, source=source, known=known)
    if not known:
        _keep(payment, "quarantined", facts)


def lapse(payment_id: int) -> bool:
    """End a payment that was not made in time, after the provider said nobody can make it any more.

    Its orders that still wait are cancelled and their goods free again. False when it had ended already.
    """
    payment = queries.locked(payment_id)
    if payment.state is not PaymentState.WAITING:
        return False
    _end(payment)
    for part in payment.parts:
        if policies.waits(part.order):
            with use_language(payment.purchase.language):
                orders.cancel(part.order, None, "system", _("Not paid in time."))
    return True


def follow_cash(payment_id: int) -> bool:
    """Book cash once: collected with the delivery, or never due where the order was cancelled or refused."""
    payment = queries.locked(payment_id)
    order = payment.parts[0].order
    if payment.state is not PaymentState.WAITING or payment.method is not Method.CASH:
        return False
    if order.state is OrderState.DELIVERED:
        payment.state, payment.settled_at = PaymentState.PAID, clock.now()
        takings.take(payment)
        books.paid(payment)
        _keep(payment, "settled", {"amount": payment.amount, "order": order.code})
    elif order.state in {OrderState.CANCELLED, OrderState.REFUSED}:
        _end(payment)
    else:
        return False
    return True


def pay_at_the_door(payment_id: int, actor: User | None) -> list[Payment]:
    """Change what this payment pays to cash: a card's whole purchase, after nobody can pay its page any more, or
    one order of a transfer.

    Raises Conflict when it was paid or had lapsed meanwhile, DomainError where an order is too dear for cash.
    """
    payment = queries.locked(payment_id)
    purchase = payment.purchase
    waiting = [part.order for part in payment.parts if policies.waits(part.order)]
    if payment.state is not PaymentState.WAITING or not waiting:
        raise Conflict(_l("This was paid or ended already. Open the page again."))
    refusal = METHODS[Method.CASH].unavailable_for(Bill.of(waiting))
    if refusal is not None:
        raise DomainError(refusal)
    limits.check(policies.cash_wish(purchase, waiting))
    _end(payment)
    for order in waiting:
        orders.pay_at_the_door(order, actor)
        keep_until(order.code, None)
    if payment.method is Method.CARD:
        purchase.method = Method.CASH
    made = [_payment(purchase, [order], f"cash-{order.code}", Method.CASH) for order in waiting]
    db.session.flush()
    return _noted(made)


def change_due(part: PaymentPart, delta: int) -> None:
    """Let `delta` đồng more (below zero: less) be collected at the door for an order that was changed.

    One guarded UPDATE of the payment, one of its only part. Raises Conflict where it was collected or dropped
    meanwhile, or is no cash.
    """
    waits = Payment.state == PaymentState.WAITING, Payment.method == Method.CASH, Payment.amount + delta > 0
    statement = update(Payment).where(Payment.id == part.payment_id, *waits).values(amount=Payment.amount + delta)
    if changed(statement) != 1:
        raise Conflict(_l("This was paid or ended already. Open the page again."))
    changed(update(PaymentPart).where(PaymentPart.id == part.id).values(amount=PaymentPart.amount + delta))
    db.session.refresh(part)
    db.session.refresh(part.payment)
    _keep(part.payment, "changed", {"delta": delta, "amount": part.amount, "order": part.order.code})


def _end(payment: Payment) -> None:
    payment.state, payment.settled_at, payment.pay_url = PaymentState.LAPSED, clock.now(), None
    _keep(payment, "lapsed", {"amount": payment.amount})


def _keep(payment: Payment, kind: str, facts: dict[str, Any]) -> None:
    db.session.add(PaymentEvent(payment_id=payment.id, kind=kind, facts=facts))
    audit.record(f"payment_{kind}", payment, None, **facts)
