"""What `flask verify` proves about messages."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import case, func, select

from shop.core.db import db
from shop.orders.models import Order
from shop.orders.talks.models import OrderMessage, OrderTalk, Side


def talks_know_their_messages() -> Iterator[str]:
    """How far each side has written is the newest message of that side."""
    newest = {side: func.max(case((OrderMessage.side == side, OrderMessage.id), else_=0)) for side in Side}
    rows = (
        select(Order.code)
        .join(OrderMessage, OrderMessage.order_id == Order.id)
        .outerjoin(OrderTalk, OrderTalk.order_id == Order.id)
        .group_by(Order.id, Order.code, OrderTalk.buyer_wrote_id, OrderTalk.seller_wrote_id)
        .having(
            (func.coalesce(OrderTalk.buyer_wrote_id, -1) != newest[Side.BUYER])
            | (func.coalesce(OrderTalk.seller_wrote_id, -1) != newest[Side.SELLER])
        )
    )
    for code in db.session.scalars(rows):
        yield f"order {code}: its newest messages are others than its talk says"


CHECKS: list[Callable[[], Iterable[str]]] = [talks_know_their_messages]
