"""A change of an order: proposed once, ended once, with the order's sum and the goods; money follows in payments."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select, update

from products import queries as products
from products.stock import services as stock
from products.stock.shortening import keep_less, take_off
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import changed, db
from shop.core.errors import Conflict, DomainError, Invalid
from shop.core.i18n import lazy_gettext as _l
from shop.orders import books
from shop.orders.changes import messages, policies, queries
from shop.orders.changes.lifecycle import LIFECYCLE, ChangeState
from shop.orders.changes.models import Change, ChangeKind, ChangeLine
from shop.orders.events import keep
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order

HANDLED = _l("This was already handled. Open the page again to see how it stands now.")
NOTHING_LEFT = _l("Nothing would be left to send. Cancel the order instead.")


def propose(order: Order, there: Mapping[int, int], note: str, actor: User, *, gone: bool = False) -> Change:
    """Tell the buyer that there is less than ordered, and ask what to do; until the answer nothing is packed.

    `there` is how many packs there are of each line, by its id; with `gone` nobody can buy more of it. Raises Invalid
    where nothing is missing, DomainError where nothing would be left, Conflict while the buyer is asked something,
    and for an order that is not being prepared.
    """
    now = {one.line.id: one for one in queries.lines_now([order])[order.id]}
    short = {key: packs for key, packs in there.items() if packs < now[key].packs}
    if not short:
        raise Invalid("form", _l("Write a smaller number where something is missing."))
    if not sum(short.get(key, one.packs) for key, one in now.items()):
        raise DomainError(NOTHING_LEFT)
    if not policies.bears_discount(order, [(one.line, short.get(key, one.packs)) for key, one in now.items()]):
        raise DomainError(_l("Too little is left for the voucher of this order. Cancel it; the buyer may order again."))
    if gone:
        _stop_selling(order, short, actor)
    guarded(order, Order.asking.is_(False), asking=True)
    change = Change(
        order_id=order.id,
        number=next_number(order.id),
        kind=ChangeKind.SHORT,
        note=note,
        gone=gone,
        until=policies.until(order.ship_by, clock.now()),
        by_id=actor.id,
    )
    change.lines = [
        ChangeLine(line_id=key, line=now[key].line, before=now[key].packs, after=packs) for key, packs in short.items()
    ]
    db.session.add(change)
    db.session.flush()
    keep(order, "ask_change", actor, "cooperative", note, change=change.code, short=len(short))
    messages.ask_buyer(change)
    return change


def settle(change: Change, action: str, actor: User | None, by: str, *, paid: bool) -> int:
    """End a change that waits, and let order and goods follow; returns what it adds to the order's sum, in đồng.

    `action` is "agree" (what there is), "decline" (the rest without these goods) or "lapse" (nobody answered).
    `paid`: the money is there already, so the caller gives the difference back. Raises Conflict where it has ended,
    DomainError where nothing would be left. The money follows in the same transaction (shop.payments.changing).
    """
    order, delta = change.order, 0
    if action == "decline" and not can_leave_out(change):
        raise DomainError(NOTHING_LEFT)
    packs = {line.line_id: 0 if action == "decline" else line.after for line in change.lines}
    for line in change.lines:
        delta += policies.worth(line.line, packs[line.line_id]) - policies.worth(line.line, line.before)
    left = {"adjusted": Order.adjusted + delta, "to_weigh": _to_weigh(order, packs)}
    guarded(order, Order.asking.is_(True), Order.due + delta > 0, asking=False, **left)
    _end(change, action, actor, by, delta=delta, paid=paid)
    for line in sorted(change.lines, key=lambda one: one.line.sku_id):
        line.packs = packs[line.line_id]
        keep_less(order.code, line.line.sku_id, line.before, line.packs)
    leave_stock(change, actor)
    keep(order, f"{action}_change", actor, by, change=change.code, delta=delta)
    if not paid:
        books.changed(order, change.id, delta)
    return delta


def can_leave_out(change: Change) -> bool:
    """Say whether enough is left of the order without the goods that are short."""
    short = {line.line_id for line in change.lines}
    rest = [one for one in queries.lines_now([change.order])[change.order_id] if one.line.id not in short]
    left = any(one.packs for one in rest)
    return left and policies.bears_discount(change.order, [(one.line, one.packs) for one in rest])


def withdraw(change: Change, actor: User) -> None:
    """Take the question back: everything is there after all. Raises Conflict where it has ended already."""
    guarded(change.order, Order.asking.is_(True), asking=False)
    _end(change, "withdraw", actor, "cooperative")
    keep(change.order, "withdraw_change", actor, "cooperative", change=change.code)
    messages.tell_buyer(change, "withdraw")


def give_up(change: Change, actor: User | None) -> None:
    """Keep that the buyer wants none of it any more; the caller cancels the order, then calls `leave_stock`."""
    guarded(change.order, Order.asking.is_(True), asking=False)
    _end(change, "decline", actor, "buyer")


def close(order: Order, actor: User | None) -> None:
    """End what still waits for the buyer of an order that was just cancelled; its goods are free again by now."""
    change = queries.open_of(order.id)
    if change is not None:
        _end(change, "withdraw", actor, "system")
        leave_stock(change, actor)


def leave_stock(change: Change, actor: User | None) -> None:
    """Take what the seller said to be nowhere off the shelf, once its packs are no longer promised."""
    for line in sorted(change.lines, key=lambda one: one.line.sku_id) if change.gone else ():
        take_off(line.line.sku_id, line.before - line.after, change.order.code, actor)


def _end(change: Change, action: str, actor: User | None, by: str, **values: Any) -> None:
    ended = {"ended_by": by, "ended_by_id": actor.id if actor else None, "ended_at": clock.now()} | values
    state = LIFECYCLE.moves[action][1]
    statement = update(Change).where(Change.id == change.id, Change.state == ChangeState.PROPOSED)
    if changed(statement.values(state=state, **ended).execution_options(synchronize_session=False)) != 1:
        raise Conflict(HANDLED)
    db.session.refresh(change)


def guarded(order: Order, *conditions: Any, **values: Any) -> None:
    """Change an order that is being prepared, by one guarded UPDATE: packing and cancelling meet it here."""
    statement = update(Order).where(Order.id == order.id, Order.state == OrderState.ACCEPTED, *conditions)
    moved = changed(statement.values(**values).execution_options(synchronize_session=False))
    db.session.refresh(order)
    if moved == 1:
        return
    if order.asking and values.get("asking") is False and "adjusted" in values:
        raise DomainError(NOTHING_LEFT)
    if order.asking and values.get("asking") is not False:
        raise Conflict(_l("The buyer is asked already. Wait for the answer, or take the question back."))
    raise Conflict(HANDLED)


def _to_weigh(order: Order, packs: Mapping[int, int]) -> bool:
    """Say whether something of it is still to be weighed, with so many packs of these lines."""
    now = queries.lines_now([order])[order.id] if order.to_weigh else []
    return any(one.is_to_weigh and packs.get(one.line.id, one.packs) for one in now)


def next_number(order_id: int) -> int:
    """Return the number of the next change of an order."""
    return int(db.session.scalar(select(func.count()).where(Change.order_id == order_id)) or 0) + 1


def _stop_selling(order: Order, short: Mapping[int, int], actor: User) -> None:
    """Leave no free pack of what is missing: what is not there for this order is there for nobody."""
    skus = {line.sku for line in order.lines if line.id in short}
    for sku in sorted(skus, key=lambda one: (one.product_id, one.id)):
        products.lock(sku.product)
        db.session.refresh(sku)
        stock.leave_none(sku, sku.on_hand, actor)
