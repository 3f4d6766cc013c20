"""What of a purchase can be rated, or was: each kind of goods of a delivered parcel once."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask import url_for

from shop.orders.changes.policies import Now
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order, Purchase
from shop.ratings import policies, queries
from shop.ratings.lifecycle import RatingState
from shop.ratings.models import Rating


class ToRate(NamedTuple):
    """Goods by the name they were sold under, the page of their rating, and the rating where there is one."""

    name: str
    url: str
    rating: Rating | None


def to_rate(purchase: Purchase, now: Mapping[int, Sequence[Now]]) -> dict[int, list[ToRate]]:
    """Return {order: its goods that can be rated or were}; one query, and none before something is delivered.

    `now` are the lines of each order as they stand now: what was left out cannot be rated.
    """
    delivered = [order for order in purchase.orders if order.state is OrderState.DELIVERED]
    rated = queries.of_orders(order.id for order in delivered) if delivered else {}
    found = {order.id: list(_of(order, now[order.id], purchase.token, rated)) for order in delivered}
    return {key: goods for key, goods in found.items() if goods}


def _of(order: Order, now: Sequence[Now], token: str, rated: dict[tuple[int, str], Rating]) -> list[ToRate]:
    in_time = policies.may_rate(order)
    goods: dict[str, ToRate] = {}
    for one in now:
        line = one.line
        rating = rated.get((order.id, line.product_code))
        gone = rating is not None and rating.state is RatingState.TAKEN_BACK
        if not gone and (rating is not None or (in_time and one.packs)):
            url = url_for("ratings.rating", token=token, code=order.code, product=line.product_code)
            goods.setdefault(line.product_code, ToRate(line.name, url, rating))
    return list(goods.values())
