"""The doors of a cooperative's orders: list, steps, paper."""

from typing import Any

from tests.architecture import things
from tests.architecture.doors import ADMIN, ALL, OFFICER, OURS, SELLERS, Door
from tests.architecture.money import to_confirm
from tests.cast import Cast
from tests.shop.orders.gifts.giving import gift
from tests.shop.orders.parcels.photographing import disputed, handed_over, photographed


def a_gift(cast: Cast, _storage: Any) -> things.Address:
    return {"code": gift(cast).orders[0].code}


ORDERS: dict[str, Door] = {
    "desk_orders.index": Door(SELLERS),
    "desk_talks.talk": Door(OURS, things.order, {"text": "Vâng"}),
    "desk_orders.order": Door(OURS, things.order),
    "desk_orders.step": Door(OURS, things.order),
    "desk_orders.confirmation": Door(OURS, to_confirm, {"result": "no_answer"}),
    "desk_packing.shell": Door(ALL),
    "desk_packing.kept": Door(SELLERS),
    "desk_packing.packed": Door(OURS, things.order, script=True),
    "desk_printing.picking": Door(SELLERS),
    "desk_printing.labels": Door(SELLERS),
    "desk_printing.gift_card": Door(OURS, a_gift),
    "desk_printing.label": Door(OURS, things.order),
    "desk_parcels.photo": Door(OURS, handed_over),
    "desk_parcels.picture": Door(OURS, photographed),
    "parcels.picture": Door(ALL, photographed),  # the link is the key
    "desk_disputes.picture": Door(OFFICER | ADMIN, disputed),
}
