"""Orders without an answer, and who may call about them."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from cooperatives.helping.models import Scope
from cooperatives.helping.queries import given_for
from cooperatives.models import Cooperative
from shop.accounts.models import Role, User
from shop.accounts.queries import communes_of_officer
from shop.core import clock
from shop.core.db import db
from shop.core.paging import Keyset
from shop.desk.calls.models import OrderCall, OrderReminder, Step
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order, OrderEvent

HOURS = {Step.REPEAT: 2, Step.CALL: 12}  # without an answer, by the clock: nights count, messages wait for the morning
OLDEST = Keyset(OrderReminder.id)
TOLD_BY = ("place", "paid", "to_cash")  # the steps after which a seller is told of an order
UNANSWERED = (Order.state == OrderState.PLACED, Order.awaiting_payment.is_(False))


def silent(step: Step, limit: int = 50) -> list[int]:
    """Return the ids of orders whose sellers were told so many hours ago and said nothing, this step not yet done."""
    before = clock.after(hours=-HOURS[step])
    told = select(func.max(OrderEvent.at)).where(OrderEvent.order_id == Order.id, OrderEvent.action.in_(TOLD_BY))
    done = select(OrderReminder.id).where(OrderReminder.order_id == Order.id, OrderReminder.step == step)
    rows = select(Order.id).where(*UNANSWERED, Order.placed_at <= before, told.scalar_subquery() <= before)
    return list(db.session.scalars(rows.where(~done.exists()).order_by(Order.placed_at).limit(limit)))


def may_call(person: User, roles: Collection[Role]) -> ColumnElement[bool]:
    """Say for which cooperatives a person may call: an officer for those of the communes answered for.

    A helper for those who asked for help with orders, taken up just now or not: a call changes nothing of theirs.
    """
    may = [Cooperative.id.in_(given_for(person, Scope.ORDERS))] if Role.HELPER in roles else []
    if Role.OFFICER in roles:
        may.append(Cooperative.commune_code.in_(communes_of_officer(person.id)))
    return or_(false(), *may)


def to_call(person: User, roles: Collection[Role]) -> Select[OrderReminder]:
    """Select what stands on a person's call list, with all its page shows: it goes once the order is answered."""
    order = contains_eager(OrderReminder.order)
    shown = order.contains_eager(Order.cooperative).joinedload(Cooperative.commune)
    return _listed(person, roles).options(shown, order.selectinload(Order.events))


def _listed(person: User, roles: Collection[Role]) -> Select[OrderReminder]:
    rows = select(OrderReminder).join(OrderReminder.order).join(Order.cooperative)
    return rows.where(OrderReminder.step == Step.CALL, *UNANSWERED, may_call(person, roles))


def number(person: User, roles: Collection[Role]) -> int:
    """Count a person's call list."""
    return int(db.session.scalar(select(func.count()).select_from(_listed(person, roles).subquery())) or 0)


def order_for(person: User, roles: Collection[Role], code: str) -> Order | None:
    """Return the order with this code if a call about it was due and the person may make it, answered or not."""
    return db.session.scalar(
        select(Order)
        .join(Order.cooperative)
        .join(OrderReminder, OrderReminder.order_id == Order.id)
        .where(Order.code == code, OrderReminder.step == Step.CALL, may_call(person, roles))
    )


def calls_about(order_ids: Iterable[int]) -> dict[int, list[OrderCall]]:
    """Return the calls about each order, the last first."""
    found: dict[int, list[OrderCall]] = {}
    rows = select(OrderCall).where(OrderCall.order_id.in_(list(order_ids))).options(joinedload(OrderCall.caller))
    for row in db.session.scalars(rows.order_by(OrderCall.id.desc())):
        found.setdefault(row.order_id, []).append(row)
    return found


def told_at(order: Order) -> datetime:
    """Return when the seller was told of an order."""
    steps = [event.at for event in order.events if event.action in TOLD_BY]
    return max(steps, default=order.placed_at)
