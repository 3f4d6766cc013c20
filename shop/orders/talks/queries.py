"""Reading messages: of an order that the reader may see, and what a seller has not read."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from shop.accounts.models import User
from shop.core.db import db
from shop.orders.models import Order
from shop.orders.queries import of_person
from shop.orders.talks.models import OrderMessage, OrderTalk, Side

SEEN: dict[Side, ColumnElement[int]] = {
    Side.BUYER: OrderTalk.buyer_seen_id.expression,
    Side.SELLER: OrderTalk.seller_seen_id.expression,
}


def of_orders(order_ids: Collection[int]) -> dict[int, list[OrderMessage]]:
    """Return the messages of some orders, the oldest first."""
    asked = select(OrderMessage).where(OrderMessage.order_id.in_(order_ids)).order_by(OrderMessage.id)
    found: dict[int, list[OrderMessage]] = {key: [] for key in order_ids}
    for one in db.session.scalars(
        asked.options(joinedload(OrderMessage.author), joinedload(OrderMessage.on_behalf_of))
    ):
        found[one.order_id].append(one)
    return found


def unread(order_ids: Collection[int], side: Side) -> dict[int, int]:
    """Return how many messages of each order this side has not read; orders with none are left out."""
    return {key: number for key, number in written(order_ids, side).items() if number}


def written(order_ids: Collection[int], side: Side) -> dict[int, int]:
    """Return how many messages of each order this side has not read; orders that nobody wrote about are left out."""
    new = func.count().filter(OrderMessage.side == side.other, OrderMessage.id > SEEN[side])
    counted = (
        select(OrderMessage.order_id, new)
        .join(OrderTalk, OrderTalk.order_id == OrderMessage.order_id)
        .where(OrderMessage.order_id.in_(order_ids))
        .group_by(OrderMessage.order_id)
    )
    return {row[0]: row[1] for row in db.session.execute(counted)}


def by_press(order: Order, press: str) -> OrderMessage | None:
    """Return the message about an order that this press of a form made, or None."""
    named = OrderMessage.order_id == order.id, OrderMessage.press == press
    return db.session.scalar(select(OrderMessage).where(*named))


def waiting(person: User) -> Select[Order]:
    """Select a person's orders with something of the buyer that nobody has read, the longest unread first."""
    joined = of_person(person).join(OrderTalk, OrderTalk.order_id == Order.id)
    return joined.where(OrderTalk.buyer_wrote_id > OrderTalk.seller_seen_id).order_by(OrderTalk.buyer_wrote_id)


def number_waiting(person: User) -> int:
    """Return how many orders waiting() has."""
    counted = waiting(person).order_by(None).with_only_columns(func.count())
    return int(db.session.scalar(counted) or 0)
