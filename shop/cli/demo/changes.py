"""Orders of the demo that fall short: one whose buyer is asked, one for each end, made by the services themselves."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cooperatives.queries import members
from shop.core.db import db
from shop.orders.changes import services
from shop.orders.changes.models import Change
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order
from shop.payments.changing import services as changing

WORDS = ("Mưa to nên hái được ít hơn.", "Gà con bị lạnh, còn từng này thôi ạ.", "Măng hết sớm.", "")


def fall_short() -> int:
    """Let a few orders that are prepared fall short, inside writing(); returns how many."""
    ends = (None, lambda one: changing.agree(one, None), lambda one: changing.leave_out(one, None), _withdraw)
    found = [order for order in _prepared() if len(order.lines) > 1 and order.lines[0].quantity > 1][: len(ends)]
    for order, end, words in zip(found, ends, WORDS, strict=False):
        line, person = order.lines[0], members(order.cooperative)[0].user
        change = services.propose(order, {line.id: line.quantity - 1}, words, person)
        if end is not None:
            end(change)
    return len(found)


def _prepared() -> list[Order]:
    waits = Order.state == OrderState.ACCEPTED, Order.asking.is_(False)
    return list(db.session.scalars(select(Order).where(*waits).order_by(Order.id).options(selectinload(Order.lines))))


def _withdraw(change: Change) -> None:
    services.withdraw(change, members(change.order.cooperative)[0].user)
