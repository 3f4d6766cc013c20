"""A change answered or weighed, and the money with it: one transaction, payment first, then order, then goods."""

from collections.abc import Mapping

from shop.accounts.models import User
from shop.core.db import db
from shop.core.errors import Conflict
from shop.core.i18n import gettext as _
from shop.core.i18n import use_language
from shop.orders import services as orders
from shop.orders.changes import messages, weighing
from shop.orders.changes import services as changes
from shop.orders.changes.models import Change
from shop.orders.models import Order
from shop.payments import services as payments
from shop.payments.changing import queries
from shop.payments.models import PaymentPart, PaymentState
from shop.payments.refunds import services as refunds


def agree(change: Change, actor: User | None) -> None:
    """The buyer takes what the seller proposed. Raises Conflict where it was answered already."""
    _settled(change, "agree", actor, "buyer")


def without(change: Change, actor: User | None) -> None:
    """The buyer takes what there is, and nothing instead; DomainError and Conflict as in `leave_out`."""
    _settled(change, "without", actor, "buyer")


def leave_out(change: Change, actor: User | None) -> None:
    """The buyer wants the rest without these goods; DomainError where there is no rest, Conflict as in `agree`."""
    _settled(change, "decline", actor, "buyer")


def cancel(change: Change, actor: User | None) -> None:
    """The buyer wants nothing any more: the order is cancelled, its money goes back as ever."""
    with use_language(change.order.purchase.language):
        why = _("Something was missing, and the buyer did not want the rest.")
    _given_up(change, "decline", actor, "buyer", why)


def _given_up(change: Change, action: str, actor: User | None, by: str, why: str) -> None:
    changes.give_up(change, action, actor, by)
    orders.cancel(change.order, actor, by, why)
    changes.leave_stock(change, actor)


def lapse(change_id: int) -> bool:
    """Nobody answered in time: what there is is sent, and nothing instead; where that is too little, it is cancelled.

    False where it had ended meanwhile, or where money cannot go back now (a dispute runs): then it waits a day more.
    """
    change = db.session.get_one(Change, change_id)
    try:
        with db.session.begin_nested():  # the money may be with the buyer's bank: then nothing of it has happened
            _lapsed(change)
    except Conflict:
        changes.ask_longer(change_id)
        return False
    return True


def _lapsed(change: Change) -> None:
    if changes.stands(change, "lapse"):
        _settled(change, "lapse", None, "system")
    else:
        with use_language(change.order.purchase.language):
            why = _("Something was missing, and no answer came in time.")
        _given_up(change, "lapse", None, "system", why)


def weigh_and_pack(order: Order, grams: Mapping[int, int], actor: User | None) -> None:
    """The seller packs what is paid by the scales: the weights are kept, the sum and the money follow, it is packed.

    Raises Invalid for a weight outside of what the buyer accepted, Conflict where the order cannot be packed now.
    """
    part = queries.live_part(order.id)
    paid = part is not None and part.payment.state is PaymentState.PAID
    change = weighing.weigh(order, grams, actor, paid=paid)
    _follow(part, change, actor)
    orders.pack(order, actor, "cooperative")


def _settled(change: Change, action: str, actor: User | None, by: str) -> None:
    """End the change and let the money follow: cash becomes what is due now, of what was paid the difference goes back.

    Every payment is locked before its order, here as in settling.
    """
    part = queries.live_part(change.order_id)
    paid = part is not None and part.payment.state is PaymentState.PAID
    changes.settle(change, action, actor, by, paid=paid)
    _follow(part, change, actor)
    messages.tell_buyer(change, action)
    messages.tell_cooperative(change)


def _follow(part: PaymentPart | None, change: Change, actor: User | None) -> None:
    if part is not None and change.delta and change.paid:
        refunds.promise_some(part.id, -change.delta, change.name, actor)
    elif part is not None and change.delta:
        payments.change_due(part, change.delta)
