"""Goods by the scales: weighed once, before packing; inside what the buyer accepted the sum follows, else nothing does.

The money follows in the same transaction, and the order is packed in it (shop.payments.changing).
"""

from collections.abc import Mapping

from products.weighing import worth
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import db
from shop.core.errors import Conflict, Invalid
from shop.core.formats import show_quantity
from shop.core.i18n import lazy_gettext as _l
from shop.orders import books
from shop.orders.changes import queries
from shop.orders.changes.lifecycle import ChangeState
from shop.orders.changes.models import Change, ChangeKind, ChangeLine
from shop.orders.changes.policies import Now
from shop.orders.changes.services import HANDLED, guarded, next_number
from shop.orders.events import keep
from shop.orders.models import Order

OUTSIDE = _l("Weigh it again, or pack another piece. If none fits, ask the buyer: “Not enough goods”.")


def to_weigh(order: Order) -> list[Now]:
    """Return the lines of an order that are still to be weighed."""
    return [one for one in queries.lines_now([order])[order.id] if one.is_to_weigh]


def weigh(order: Order, grams: Mapping[int, int], actor: User | None, *, paid: bool) -> Change:
    """Keep what each line weighs (all its packs together, by the line's id) and let the order's sum follow.

    A line costs price × weighed / estimated, rounded half up once; with `paid`, the money being there, never more than
    the estimate. Raises Invalid for `grams<line's id>` outside of what the buyer accepted or missing, Conflict while
    the buyer is asked, and for an order that is not being prepared or was weighed already.
    """
    lines = to_weigh(order)
    if not lines:
        raise Conflict(HANDLED)
    change = Change(order_id=order.id, kind=ChangeKind.WEIGHED, state=ChangeState.AGREED, paid=paid)
    change.lines = [_weighed(one, grams.get(one.line.id, 0), paid=paid) for one in lines]
    delta = sum(line.worth or 0 for line in change.lines) - sum(one.total for one in lines)
    more = {"to_weigh": False, "adjusted": Order.adjusted + delta}
    guarded(order, Order.asking.is_(False), Order.to_weigh.is_(True), **more)
    by = actor.id if actor else None
    change.number, change.delta, change.ended_at = next_number(order.id), delta, clock.now()
    change.by_id, change.ended_by, change.ended_by_id = by, "cooperative", by
    db.session.add(change)
    db.session.flush()
    said = ", ".join(f"{one.line.name}: {show_quantity(one.grams or 0, 'g')}" for one in change.lines)
    weights = [line.grams for line in change.lines]
    keep(order, "weigh", actor, "cooperative", said, change=change.code, delta=delta, grams=weights)
    if not paid:
        books.changed(order, change.id, delta)
    return change


def _weighed(now: Now, grams: int, *, paid: bool) -> ChangeLine:
    line, accepted = now.line, now.weighed
    if accepted is None:
        raise ValueError("only what is weighed when packed")
    if not accepted.holds(grams, now.packs):
        raise Invalid(f"grams{line.id}", f"{accepted.accepted(now.packs)} {OUTSIDE}")
    cost = worth(line.price, accepted.grams, grams)
    packs = {"before": now.packs, "after": now.packs, "packs": now.packs}
    scales = {"grams": grams, "about_grams": accepted.grams * now.packs, "within": accepted.within}
    return ChangeLine(line_id=line.id, line=line, worth=min(cost, now.total) if paid else cost, **packs, **scales)
