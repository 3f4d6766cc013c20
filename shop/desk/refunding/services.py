"""Giving money back for one line of an order, or for what is no line of it."""

from typing import NamedTuple

from shop.accounts.models import User
from shop.core.errors import Conflict, Invalid
from shop.core.formats import show_money
from shop.core.i18n import lazy_gettext as _l
from shop.desk.refunding.queries import MAY, left_of_lines
from shop.orders.changes.queries import lines_now
from shop.orders.models import Method, Order, OrderLine
from shop.payments.models import Refund
from shop.payments.refunds.queries import locked_part, of_part
from shop.payments.refunds.services import given_by_hand, promise_some


class Wish(NamedTuple):
    """What goes back: for which line (None: delivery and whatever is no line), how much (đồng), why, and `note`, how
    it was given where a seller gave it by hand already; `number` tells two presses from one."""

    line: OrderLine | None
    amount: int
    why: str
    note: str
    number: str


def give_back(order: Order, part_id: int, wish: Wish, actor: User) -> Refund:
    """Promise the money and, of transfers and cash, note that it was given where the seller says so.

    Raises Invalid for more than the line costs now less what went back for it, Conflict where the order is not on its
    way or delivered, where this was promised already, and where less is left.
    """
    part = locked_part(part_id)
    if order.state not in MAY:
        raise Conflict(_l("Money goes back from when an order is accepted. Before that, cancel it."))
    if wish.amount <= 0:
        raise Invalid("amount", _l("Enter how much goes back, for example 50.000"))
    now = lines_now([order])[order.id]
    if wish.line is not None:
        left = left_of_lines(order, now, of_part(part.id))[wish.line.id]
        if wish.amount > left:
            raise Invalid("amount", _l("At most %(left)s of these goods can go back.", left=show_money(left)))
    place = 0 if wish.line is None else [one.line for one in now].index(wish.line) + 1
    refund = promise_some(part.id, wish.amount, f"line-{place}-{wish.number}", actor, why=wish.why, line=wish.line)
    if wish.note and part.payment.method is not Method.CARD:
        given_by_hand(refund.id, wish.note, actor)
    return refund
