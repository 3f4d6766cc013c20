"""The messages of an order as a page of one side shows them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from shop.orders.models import Order
from shop.orders.talks import policies, queries
from shop.orders.talks.forms import MessageForm
from shop.orders.talks.models import OrderMessage, Side


class Talk(NamedTuple):
    """What was written; how many of it were new to this side; the form, or why there is none; until when."""

    side: Side
    messages: list[OrderMessage]
    new: int
    form: MessageForm
    refusal: Any | None
    ends: datetime | None  # None while the order goes on

    def is_new(self, message: OrderMessage) -> bool:
        """Say whether this side reads it for the first time."""
        theirs = [one.id for one in self.messages if one.side is not self.side]
        return self.new > 0 and message.id in theirs[-self.new :]


def talks(
    orders: Sequence[Order],
    side: Side,
    new: dict[int, int],
    form: MessageForm | None = None,
    written: Collection[int] | None = None,
) -> dict[int, Talk]:
    """Return the talk of each order; `new` is what queries.unread() said before.

    `written` are the ids of the orders that somebody wrote about, where they are known: none needs no query.
    """
    asked = [order.id for order in orders] if written is None else written
    found = queries.of_orders(asked) if asked else {}
    return {
        order.id: Talk(
            side,
            found.get(order.id, []),
            new.get(order.id, 0),
            form or MessageForm().named(order.code),
            policies.refusal(order),
            policies.until(order) if order.state in policies.ENDS else None,
        )
        for order in orders
    }
