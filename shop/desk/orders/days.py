"""Orders by the day they are due, and whose turn it is."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from shop.core import clock
from shop.core.days import day_of, today
from shop.core.i18n import lazy_gettext as _l
from shop.orders.lifecycle import OrderState as S
from shop.orders.models import Order


class Group(NamedTuple):
    """Orders that are due at about the same time: what they are called, and their anchor ("" for no heading)."""

    words: Any
    name: str
    orders: Sequence[Order]


class Turn(NamedTuple):
    """For whom an order waits, what that one does, and the kind of its mark (macros/status.html)."""

    step: str
    words: Any
    kind: str


DAYS = {"late": _l("Late"), "today": _l("Today"), "tomorrow": _l("Tomorrow"), "later": _l("After that")}
PAY = Turn("pay", _l("Buyer: to pay"), "off")
ANSWER = Turn("answer", _l("Buyer: to answer"), "off")
WEIGH = Turn("weigh", _l("You: weigh and pack"), "todo")
CALL = Turn("call", _l("You: call the buyer"), "warn")
TURNS = {
    S.PLACED: Turn("accept", _l("You: accept"), "todo"),
    S.ACCEPTED: Turn("pack", _l("You: pack"), "todo"),
    S.PACKED: Turn("hand_over", _l("You: hand over"), "todo"),
    S.HANDED_OVER: Turn("deliver", _l("Carrier: on the way"), "doing"),
    S.DELIVERED: Turn("", _l("Delivered"), "ok"),
    S.REFUSED: Turn("", _l("Not received"), "bad"),
    S.CANCELLED: Turn("", _l("Cancelled"), "off"),
}


def day_name(due: datetime) -> str:
    """Return which of DAYS a moment falls into; what was due on a day is late on the next (shop.core.days.end_of)."""
    if due < clock.now():
        return "late"
    ahead = (day_of(due) - today()) // timedelta(days=1)
    return {0: "today", 1: "tomorrow"}.get(ahead, "later")


def by_day(orders: Iterable[Order]) -> list[Group]:
    """Part orders, which come by the day they are due, into late, today, tomorrow and after that."""
    parts = groupby(orders, lambda order: day_name(order.ship_by))
    return [Group(DAYS[name], name, list(some)) for name, some in parts]


def turn_of(order: Order) -> Turn:
    """Return whose turn it is."""
    if order.awaiting_payment and order.state is S.PLACED:
        return PAY
    if order.asking:
        return ANSWER
    if order.waits_for_buyer and order.state is S.ACCEPTED:
        return CALL
    if order.to_weigh and order.state is S.ACCEPTED:
        return WEIGH
    return TURNS[order.state]
