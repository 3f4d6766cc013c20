"""When a buyer is asked before packing: pure comparisons."""

from datetime import timedelta
from typing import NamedTuple

from shop.core.present import settings
from shop.orders.models import Order, Why
from shop.shipping.methods import PICKUP

LATELY = timedelta(days=180)  # so long a refusal at the door counts


class Past(NamedTuple):
    """What is known of a phone number."""

    arrived: bool  # an order for it was received before
    refused: int  # how many were not, lately
    proven: bool  # the buyer is signed in with it


def why_ask(order: Order, past: Past) -> Why | None:
    """Say why the buyer is asked before this cash order is packed, or None; who comes to fetch it is not asked."""
    if order.ship_method == PICKUP:
        return None
    if past.refused:
        return Why.REFUSED
    if 0 < settings().cod_confirm_from <= order.total:
        return Why.AMOUNT
    is_new = settings().cod_confirm_first and not past.arrived and not past.proven
    return Why.FIRST if is_new else None
