"""Orders of the demo that fall short: one whose buyer is asked, one for each end, made by the services themselves.

Two more get something else instead: one whose buyer is asked, one that was agreed.
"""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cooperatives.queries import members
from shop.core.db import db
from shop.orders.changes import services
from shop.orders.changes.models import Change
from shop.orders.changes.substitutes import Instead, choices
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
    return len(found) + _instead(order for order in _prepared() if order not in found)


def _instead(some: Iterable[Order]) -> int:
    """Let something else be offered instead of the first goods of two orders, of which the second buyer says yes."""
    done = 0
    for order in some:
        goods = [one for one in choices(order, order.purchase.language) if one.steps.fit(1)]
        if done == 2 or not goods:
            continue
        line, person = order.lines[0], members(order.cooperative)[0].user
        near = min(goods, key=lambda one: (abs(one.price - line.price), one.sku_code))
        words, instead = "Hết mất rồi, nhà em gửi thay loại này nhé.", {line.id: Instead(near.sku_code, 1)}
        change = services.propose(order, {line.id: line.quantity - 1}, words, person, instead=instead)
        if done:
            changing.agree(change, None)
        done += 1
    return done


def _prepared() -> list[Order]:
    waits = Order.state == OrderState.ACCEPTED, Order.asking.is_(False)
    return list(db.session.scalars(select(Order).where(*waits).order_by(Order.id).options(selectinload(Order.lines))))


def _withdraw(change: Change) -> None:
    services.withdraw(change, members(change.order.cooperative)[0].user)
