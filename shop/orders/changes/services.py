"""A change of an order: proposed once, ended once, with the order's sum and the goods; money follows in payments."""

from collections.abc import Iterable, Mapping
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
from shop.orders.changes import messages, policies, queries, substitutes
from shop.orders.changes.lifecycle import LIFECYCLE, ChangeState
from shop.orders.changes.models import Change, ChangeKind, ChangeLine
from shop.orders.changes.substitutes import Instead
from shop.orders.events import keep
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order, OrderLine

HANDLED = _l("This was already handled. Open the page again to see how it stands now.")
NOTHING_LEFT = _l("Nothing would be left to send. Cancel the order instead.")


def propose(
    order: Order,
    there: Mapping[int, int],
    note: str,
    actor: User,
    *,
    gone: bool = False,
    instead: Mapping[int, Instead] | None = None,
) -> Change:
    """Tell the buyer that there is less than ordered, and ask what to do; until the answer nothing is packed.

    `there` is how many packs there are of each line, by its id; with `gone` nobody can buy more of it. `instead` is
    what the seller offers in place of some of them, held from now on. Raises Invalid where nothing is missing or
    something cannot be offered, DomainError where nothing would be left, Conflict while the buyer is asked something,
    and for an order that is not being prepared.
    """
    if gone:
        _lock_products(order, there)
    guarded(order, Order.asking.is_(False), asking=True)  # from here on no other change comes between
    now = {one.line.id: one for one in queries.lines_now([order])[order.id]}
    short = {key: packs for key, packs in there.items() if packs < now[key].packs}
    if not short:
        raise Invalid("form", _l("Write a smaller number where something is missing."))
    change = Change(
        order_id=order.id,
        order=order,
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
    change.lines += substitutes.offered(order, change.lines, instead or {})
    _must_stand(change)
    db.session.add(change)
    db.session.flush()
    _keep_goods(change, actor)
    said = messages.in_words(change.substitutes, order.purchase.language)
    facts = {"change": change.code, "short": len(short), "instead": len(change.substitutes)}
    keep(order, "ask_change", actor, "cooperative", ". ".join(filter(None, [said, note])), **facts)
    messages.ask_buyer(change, cancels=not stands(change, "lapse"))
    return change


def settle(change: Change, action: str, actor: User | None, by: str, *, paid: bool) -> int:
    """End a change that waits, and let order and goods follow; returns what it adds to the order's sum, in đồng.

    `action` is "agree" (what there is, with what is offered instead), "without" (what there is, and nothing instead),
    "decline" (the rest without these goods) or "lapse" (nobody answered: as "without"). `paid`: the money is there
    already, so the caller gives the difference back. Raises Conflict where it has ended, DomainError where nothing
    would be left. The money follows in the same transaction (shop.payments.changing).
    """
    order, delta, packs = change.order, delta_of(change, action), change.packs_after(action)
    if not stands(change, action):
        raise DomainError(NOTHING_LEFT)
    left = {"adjusted": Order.adjusted + delta, "to_weigh": _to_weigh(order, packs)}
    guarded(order, Order.asking.is_(True), Order.due + delta > 0, asking=False, **left)
    _end(change, action, actor, by, delta=delta, paid=paid)
    for line in _by_goods(change.lines):
        line.packs = packs[line]
        promised = max(line.before, line.after)
        if line.packs < promised:
            keep_less(order.code, line.line.sku_id, promised, line.packs)
    leave_stock(change, actor)
    taken = [line for line in change.substitutes if line.packs]
    said = messages.in_words(taken, order.purchase.language)
    keep(order, f"{action}_change", actor, by, said, change=change.code, delta=delta)
    if not paid:
        books.changed(order, change.id, delta)
    return delta


def delta_of(change: Change, action: str) -> int:
    """Return what an answer adds to the order's sum, in đồng: never above zero."""
    packs = change.packs_after(action)
    return sum(policies.worth(one.line, packs[one] - one.before) for one in change.lines)


def stands(change: Change, action: str) -> bool:
    """Say whether enough is left of the order after an answer: something to send, and as much as its vouchers need."""
    left = _left(change, action)
    return any(left.values()) and policies.bears_discount(change.order, left.items())


def _left(change: Change, action: str) -> dict[OrderLine, int]:
    now = {one.line: one.packs for one in queries.lines_now([change.order])[change.order.id]}
    return now | {one.line: packs for one, packs in change.packs_after(action).items()}


def withdraw(change: Change, actor: User) -> None:
    """Take the question back: everything is there after all, and what was offered instead is free again.

    Raises Conflict where it has ended already.
    """
    guarded(change.order, Order.asking.is_(True), asking=False)
    _end(change, "withdraw", actor, "cooperative")
    for line in _by_goods(change.substitutes):
        keep_less(change.order.code, line.line.sku_id, line.after, 0)
    keep(change.order, "withdraw_change", actor, "cooperative", change=change.code)
    messages.tell_buyer(change, "withdraw")


def ask_longer(change_id: int) -> None:
    """Wait another day for the buyer, where the money could not follow; nothing where the change has ended."""
    waits = update(Change).where(Change.id == change_id, Change.state == ChangeState.PROPOSED)
    longer = waits.values(until=clock.now() + policies.ANSWER_WITHIN)
    db.session.execute(longer.execution_options(synchronize_session="fetch"))


def give_up(change: Change, action: str, actor: User | None, by: str) -> None:
    """Keep that the buyer wants none of it ("decline"), or did not answer where nothing would be left ("lapse").

    The caller cancels the order, then calls `leave_stock`.
    """
    guarded(change.order, Order.asking.is_(True), asking=False)
    _end(change, action, actor, by)


def close(order: Order, actor: User | None) -> None:
    """End what still waits for the buyer of an order that was just cancelled; its goods are free again by now."""
    change = queries.open_of(order.id)
    if change is not None:
        _end(change, "withdraw", actor, "system")
        leave_stock(change, actor)


def leave_stock(change: Change, actor: User | None) -> None:
    """Take what the seller said to be nowhere off the shelf, once its packs are no longer promised."""
    for line in _by_goods(change.fewer) if change.gone else ():
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


def _to_weigh(order: Order, packs: Mapping[ChangeLine, int]) -> bool:
    """Say whether something of it is still to be weighed, with so many packs of these lines."""
    now = queries.lines_now([order])[order.id] if order.to_weigh else []
    left = {line.line_id: number for line, number in packs.items()}
    return any(one.is_to_weigh and left.get(one.line.id, one.packs) for one in now)


def next_number(order_id: int) -> int:
    """Return the number of the next change of an order."""
    return int(db.session.scalar(select(func.count()).where(Change.order_id == order_id)) or 0) + 1


def _must_stand(change: Change) -> None:
    if not any(_left(change, "agree").values()):
        raise DomainError(NOTHING_LEFT)
    if not stands(change, "agree"):
        raise DomainError(_l("Too little is left for the voucher of this order. Cancel it; the buyer may order again."))


def _lock_products(order: Order, there: Mapping[int, int]) -> None:
    """Take the products of what may be nowhere before the order: whoever counts goods takes them first, too."""
    found = {line.sku.product for line in queries.lines_ever(order.id) if line.id in there}
    for product in sorted(found, key=lambda one: one.id):
        products.lock(product)


def _keep_goods(change: Change, actor: User) -> None:
    """Hold what is offered, and leave no free pack of what is nowhere, in the order of their SKUs as every sale does.

    What is not there for this order is there for nobody.
    """
    for line in _by_goods(change.lines):
        if line.is_substitute:
            substitutes.hold_one(change.order, line)
        elif change.gone:
            sku = line.line.sku
            db.session.refresh(sku)
            stock.leave_none(sku, sku.on_hand, actor)


def _by_goods(lines: Iterable[ChangeLine]) -> list[ChangeLine]:
    return sorted(lines, key=lambda one: one.line.sku_id)
