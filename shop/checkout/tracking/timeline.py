"""The four steps of a parcel as its buyer reads them."""

from datetime import datetime
from typing import Any, NamedTuple

from shop.core import clock
from shop.core.i18n import gettext as _
from shop.orders.lifecycle import OrderState as S
from shop.orders.models import Order

REACHED = {S.PLACED: 0, S.ACCEPTED: 1, S.PACKED: 1, S.HANDED_OVER: 2, S.DELIVERED: 3, S.REFUSED: 2, S.CANCELLED: 0}
TOOK = ("place", "accept", "hand_over", "deliver")  # the event that begins each step


class Step(NamedTuple):
    """One line of the timeline; kind is done, now, todo or stopped."""

    label: str
    kind: str
    when: datetime | None
    note: str


def steps(order: Order) -> list[Step]:
    """Return the steps of an order with their dates; an ended one stops where it ended."""
    at = {event.action: event.at for event in order.events}
    labels = [_("Order received"), _("Being prepared"), _("Sent"), _("Delivered")]
    if order.awaiting_payment and order.state is S.PLACED:
        labels[0] = _("Waiting for payment")
    reached = REACHED[order.state]
    if order.state is S.CANCELLED and "accept" in at:
        reached = 1
    ended = order.state in (S.CANCELLED, S.REFUSED)
    found = [
        Step(label, _kind(place, reached, order.state, ended=ended), at.get(TOOK[place]), "")
        for place, label in enumerate(labels)
        if place <= reached or not ended
    ]
    if ended:
        word, action = (_("Cancelled"), "cancel") if order.state is S.CANCELLED else (_("Not received"), "refuse")
        found.append(Step(word, "stopped", at.get(action), order.ended_because))
    return found


def _kind(place: int, reached: int, state: S, *, ended: bool) -> str:
    if place < reached or ended or state is S.DELIVERED:
        return "done"
    return "now" if place == reached else "todo"


def is_late(order: Order) -> bool:
    """Say whether it should have been sent, or should have arrived, before now."""
    if order.awaiting_payment:
        return False
    due = {S.PLACED: order.ship_by, S.ACCEPTED: order.ship_by, S.PACKED: order.ship_by, S.HANDED_OVER: order.arrives_to}
    moment = due.get(order.state)
    return moment is not None and clock.now() > moment


def facts(order: Order) -> dict[str, Any]:
    """Return what the page says of one parcel beside its lines."""
    return {"steps": steps(order), "late": is_late(order), "ended": order.state in (S.CANCELLED, S.REFUSED)}
