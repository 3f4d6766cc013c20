"""Reading changes: an order's lines as they stand now, what waits for an answer, one by its code."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from shop.accounts.models import User
from shop.core.db import db
from shop.orders import queries as orders
from shop.orders.changes.lifecycle import ChangeState
from shop.orders.changes.models import Change, ChangeLine
from shop.orders.changes.policies import Now, worth
from shop.orders.models import Order, OrderLine, Purchase

WHOLE = (selectinload(Change.lines).joinedload(ChangeLine.line), joinedload(Change.by))


def lines_now(found: Iterable[Order], changes: dict[int, list[Change]] | None = None) -> dict[int, list[Now]]:
    """Return the lines of each of these orders as they stand now, by the order's id; one query for any number.

    What is sent instead of goods that are missing stands last, from when the buyer said yes. `changes` are those of
    these orders, where they are at hand.
    """
    given = list(found)
    known = changes_of(order.id for order in given) if changes is None else changes
    settled = {
        line.line_id: line
        for order in given
        for change in known[order.id]
        for line in change.lines
        if line.packs is not None
    }  # the newest counts
    now: dict[int, list[Now]] = defaultdict(list)
    for order in given:
        for line in [*order.lines, *_instead(known[order.id])]:
            now[order.id].append(_now(line, settled.get(line.id)))
    return now


def lines_kept(found: Iterable[Order]) -> dict[int, list[Now]]:
    """Return what is held for each of these orders: its lines now, and what is offered while its buyer is asked."""
    given = list(found)
    changes = changes_of(order.id for order in given)
    kept = lines_now(given, changes)
    for change in (one for order in given for one in changes[order.id] if one.is_open):
        kept[change.order_id] += [Now(one.line, one.after, 0) for one in change.substitutes]
    return kept


def _instead(changes: Iterable[Change]) -> list[OrderLine]:
    """Return the goods that a buyer took instead of others; of what was refused, nothing."""
    return [line.line for change in changes for line in change.substitutes if line.packs]


def _now(line: OrderLine, change: ChangeLine | None) -> Now:
    if change is None or change.packs is None:
        return Now(line, line.quantity, line.total)
    total = worth(line, change.packs) if change.worth is None else change.worth
    return Now(line, change.packs, total, change.grams)


def changes_of(order_ids: Iterable[int]) -> dict[int, list[Change]]:
    """Return the changes of each of these orders, the oldest first."""
    wanted, made = list(order_ids), defaultdict(list)
    rows = select(Change).where(Change.order_id.in_(wanted)).order_by(Change.id).options(*WHOLE)
    for change in db.session.scalars(rows) if wanted else ():
        made[change.order_id].append(change)
    return made


def open_of(order_id: int) -> Change | None:
    """Return the change of an order that waits for its buyer, or None."""
    rows = select(Change).where(Change.order_id == order_id, is_open()).options(*WHOLE)
    return db.session.scalars(rows.execution_options(populate_existing=True)).one_or_none()


def packs_now() -> Any:
    """The packs of an order line after every settled change."""
    less = select(func.sum(ChangeLine.before - ChangeLine.packs)).where(ChangeLine.line_id == OrderLine.id)
    return OrderLine.quantity - func.coalesce(less.correlate(OrderLine).scalar_subquery(), 0)


def packs_kept() -> Any:
    """The packs of an order line that are held for it: those now, and those offered while the buyer is asked."""
    offered = select(func.sum(ChangeLine.after)).join(Change).where(ChangeLine.line_id == OrderLine.id, is_open())
    new = offered.where(ChangeLine.before == 0).correlate(OrderLine).scalar_subquery()
    return packs_now() + func.coalesce(new, 0)


def lines_ever(order_id: int) -> list[OrderLine]:
    """Return every line of an order: what was sold, and whatever was offered instead of it."""
    return list(db.session.scalars(select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.id)))


def is_open() -> ColumnElement[bool]:
    """The change waits for its buyer."""
    return Change.state == ChangeState.PROPOSED


def one_for(user: User, code: str, change: str) -> Select[Change]:
    """Select the change with this code of an order with that one, if the person's cooperative has it."""
    mine = orders.one_for(user, code).with_only_columns(Order.id)
    return select(Change).where(Change.code == change, Change.order_id.in_(mine)).options(*WHOLE)


def one_of_purchase(token: str, code: str, change: str) -> Select[Change]:
    """Select a change by the buyer's link, the order's code and its own."""
    theirs = orders.one_of_purchase(token, code).with_only_columns(Order.id)
    whole = joinedload(Change.order).joinedload(Order.purchase).joinedload(Purchase.commune)
    return select(Change).where(Change.code == change, Change.order_id.in_(theirs)).options(*WHOLE, whole)


def unanswered(now: datetime, limit: int) -> list[int]:
    """Return the ids of changes whose buyer did not answer in time."""
    rows = select(Change.id).where(is_open(), Change.until <= now).order_by(Change.id).limit(limit)
    return list(db.session.scalars(rows))
