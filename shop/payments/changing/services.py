"""The answer to a change, and the money with it: one transaction, payment first, then order, then goods."""

from shop.accounts.models import User
from shop.core.db import db
from shop.core.errors import Conflict
from shop.core.i18n import gettext as _
from shop.core.i18n import use_language
from shop.orders import services as orders
from shop.orders.changes import messages
from shop.orders.changes import services as changes
from shop.orders.changes.models import Change
from shop.payments import services as payments
from shop.payments.changing import queries
from shop.payments.models import PaymentState
from shop.payments.refunds import services as refunds


def agree(change: Change, actor: User | None) -> None:
    """The buyer takes what the seller proposed. Raises Conflict where it was answered already."""
    _settled(change, "agree", actor, "buyer")


def leave_out(change: Change, actor: User | None) -> None:
    """The buyer wants the rest without these goods; DomainError where there is no rest, Conflict as in `agree`."""
    _settled(change, "decline", actor, "buyer")


def cancel(change: Change, actor: User | None) -> None:
    """The buyer wants nothing any more: the order is cancelled, its money goes back as ever."""
    changes.give_up(change, actor)
    with use_language(change.order.purchase.language):
        why = _("Something was missing, and the buyer did not want the rest.")
    orders.cancel(change.order, actor, "buyer", why)
    changes.leave_stock(change, actor)


def lapse(change_id: int) -> bool:
    """Nobody answered in time: what there is is sent. False where it had ended meanwhile."""
    change = db.session.get_one(Change, change_id)
    try:
        _settled(change, "lapse", None, "system")
    except Conflict:
        return False
    return True


def _settled(change: Change, action: str, actor: User | None, by: str) -> None:
    """End the change and let the money follow: cash becomes what is due now, of what was paid the difference goes back.

    Every payment is locked before its order, here as in settling.
    """
    part = queries.live_part(change.order_id)
    paid = part is not None and part.payment.state is PaymentState.PAID
    delta = changes.settle(change, action, actor, by, paid=paid)
    if part is not None and delta and paid:
        refunds.promise_some(part.id, -delta, change.name, actor)
    elif part is not None and delta:
        payments.change_due(part, delta)
    messages.tell_buyer(change, action)
    messages.tell_cooperative(change)
