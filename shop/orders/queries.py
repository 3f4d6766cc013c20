"""Reading orders: the buyer through the purchase's token, members through their cooperative."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from cooperatives.queries import open_to
from shop.accounts.models import User
from shop.core.db import db
from shop.orders.confirming.queries import waits
from shop.orders.lifecycle import OrderState as S
from shop.orders.models import Method, Order, Purchase

# The parts of a cooperative's list: all that is to be done, what waits for which step, what is over. An order that is
# paid first is nobody's work before the money is there, and one that was never paid is shown nowhere.
_AT_WORK = (S.PLACED, S.ACCEPTED, S.PACKED)
_TABS: dict[str, tuple[tuple[S, ...], bool, bool | None]] = {  # states, unpaid, whether the buyer is still to be asked
    "open": (_AT_WORK, False, None),
    "placed": ((S.PLACED,), False, None),
    "call": ((S.ACCEPTED,), False, True),
    "accepted": ((S.ACCEPTED,), False, False),
    "packed": ((S.PACKED,), False, None),
    "unpaid": ((S.PLACED,), True, None),
    "handed_over": ((S.HANDED_OVER,), False, None),
    "done": ((S.DELIVERED, S.REFUSED, S.CANCELLED), False, None),
}
TABS = tuple(_TABS)
WHOLE = (
    joinedload(Purchase.gift),
    joinedload(Purchase.province),
    joinedload(Purchase.commune),
    selectinload(Purchase.orders).options(
        selectinload(Order.lines),
        selectinload(Order.events),
        joinedload(Order.shipment),
        joinedload(Order.confirmation),
        joinedload(Order.cooperative),
    ),
)
FOR_LIST = (
    selectinload(Order.lines),
    joinedload(Order.cooperative),
    joinedload(Order.confirmation),
    joinedload(Order.purchase).options(
        joinedload(Purchase.commune), joinedload(Purchase.province), joinedload(Purchase.gift)
    ),
)


def by_token(token: str) -> Purchase | None:
    """Return the purchase a buyer's link names, with its orders, lines and events."""
    return db.session.scalar(select(Purchase).where(Purchase.token == token).options(*WHOLE))


def by_code_and_phone(code: str, phone: str) -> Purchase | None:
    """Return the purchase that has an order of this code and this buyer's phone (E.164)."""
    return db.session.scalar(select(Purchase).join(Order).where(Order.code == code, Purchase.phone == phone))


def one_of_purchase(token: str, code: str) -> Select[Order]:
    """Select the order of a purchase by the buyer's link and the order's code."""
    return select(Order).join(Order.purchase).where(Purchase.token == token, Order.code == code)


def of_person(user: User) -> Select[Order]:
    """Select the orders of the cooperatives that are open to a person now."""
    return select(Order).where(Order.cooperative_id.in_(open_to(user)))


def one_for(user: User, code: str) -> Select[Order]:
    """Select the order with this code, if the person's cooperative has it."""
    return of_person(user).where(Order.code == code)


def of_tab(tab: str) -> ColumnElement[bool]:
    """The order stands in one of TABS."""
    states, unpaid, to_ask = _TABS[tab]
    standing = and_(Order.state.in_(states), Order.awaiting_payment.is_(unpaid))
    return standing if to_ask is None else and_(standing, waits() if to_ask else ~waits())


def in_tab(user: User, tab: str) -> Select[Order]:
    """Select a person's orders of one tab: what waits by the day to send it, what is done by the newest."""
    order = (Order.placed_at.desc(), Order.id.desc()) if tab == "done" else (Order.ship_by, Order.id)
    return of_person(user).where(of_tab(tab)).order_by(*order).options(*FOR_LIST)


def counts(user: User) -> dict[str, int]:
    """Return how many orders stand in each tab of a person."""
    numbers = [func.count().filter(of_tab(tab)).label(tab) for tab in TABS]
    return dict(db.session.execute(of_person(user).with_only_columns(*numbers)).one()._mapping)


def never_paid(before: Mapping[Method, datetime]) -> list[int]:
    """Return the ids of orders that still wait for money and were placed before the moment of their method."""
    late = [(Purchase.method == method) & (Order.placed_at < moment) for method, moment in before.items()]
    waits = Order.state == S.PLACED, Order.awaiting_payment.is_(True)
    return list(db.session.scalars(select(Order.id).join(Order.purchase).where(*waits, or_(*late)).order_by(Order.id)))


def first_order_at(cooperative_id: int) -> datetime | None:
    """Return when the first order came to a cooperative, or None."""
    return db.session.scalar(select(func.min(Order.placed_at)).where(Order.cooperative_id == cooperative_id))
