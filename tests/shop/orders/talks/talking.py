"""Buyer and seller who write to each other, without the pages."""

from itertools import count

from shop.accounts.models import User
from shop.core.db import db, writing
from shop.orders.models import Order
from shop.orders.talks import services
from shop.orders.talks.models import OrderMessage, Side

presses = (f"press-of-a-test-{number}" for number in count())


def buyer_says(order_id: int, text: str, press: str = "", author: User | None = None) -> int:
    """Write as the buyer in a transaction of its own; returns the message's id."""
    return _says(order_id, Side.BUYER, author, text, press)


def seller_says(order_id: int, author: User, text: str, press: str = "") -> int:
    """Write as one of the seller's people in a transaction of its own; returns the message's id."""
    return _says(order_id, Side.SELLER, author, text, press)


def _says(order_id: int, side: Side, author: User | None, text: str, press: str) -> int:
    with writing():
        order = db.session.get_one(Order, order_id)
        return services.say(order, side, author, text, press or next(presses)).id


def read(order_id: int, side: Side) -> None:
    """Let one side read all there is."""
    with writing():
        services.read([order_id], side)


def texts() -> list[str]:
    """Everything anybody wrote, in its order."""
    return [one.text for one in db.session.query(OrderMessage).order_by(OrderMessage.id)]
