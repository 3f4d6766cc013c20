"""Asking before packing, and keeping the answer once, with who gave it."""

from typing import Any

from sqlalchemy import update

from shop.accounts.models import User
from shop.audit import services as audit
from shop.core import clock
from shop.core.codes import secret_token
from shop.core.db import changed, db
from shop.core.errors import Conflict
from shop.core.i18n import lazy_gettext as _l
from shop.orders.confirming import policies, queries
from shop.orders.models import Answer, Confirmation, Order, Purchase

HANDLED = _l("This was already handled. Open the page again to see how it stands now.")


def ask(purchase: Purchase, orders: list[Order], buyer: User | None) -> str | None:
    """Keep which of these cash orders the buyer must confirm before they are packed.

    Returns the key of the link that is sent to the receiver's phone and nowhere else: whoever ordered for another's
    number cannot press it. None where nothing needs to be confirmed.
    """
    past, key = queries.past_of(purchase.phone, buyer), secret_token()
    asked = [(order, why) for order in orders if (why := policies.why_ask(order, past)) is not None]
    for order, why in asked:
        db.session.add(Confirmation(order_id=order.id, why=why, key=key))
    db.session.flush()
    return key if asked else None


def answer(order: Order, said: Answer, actor: User | None) -> None:
    """Keep what the seller heard, or that the buyer is known; Conflict where it was answered before."""
    if not _answered(said, "cooperative", actor, Confirmation.order_id == order.id):
        raise Conflict(HANDLED)


def confirm(key: str) -> int:
    """Keep that the receiver, by the link on that phone, wants all that it asks about; returns how many orders."""
    return _answered(Answer.CONFIRMED, "buyer", None, Confirmation.key == key)


def _answered(said: Answer, by: str, actor: User | None, *which: Any) -> int:
    values = {"answer": said, "by": by, "actor_id": actor.id if actor else None, "answered_at": clock.now()}
    moved = update(Confirmation).where(Confirmation.answer == Answer.WAITING, *which).values(**values)
    found = db.session.scalars(moved.returning(Confirmation.order_id)).all()
    for order_id in sorted(found):
        audit.record("order_confirmation", db.session.get_one(Order, order_id), actor, answer=said.value, by=by)
    return len(found)


def no_answer(order: Order, actor: User | None) -> None:
    """Count a call that nobody answered; Conflict where the question is answered already."""
    tried = update(Confirmation).where(Confirmation.order_id == order.id, Confirmation.answer == Answer.WAITING)
    if not changed(tried.values(tries=Confirmation.tries + 1, tried_at=clock.now())):
        raise Conflict(HANDLED)
    audit.record("order_not_reached", order, actor)
