"""Which pages belong to which part of the work that a household may give away; all others stay closed to helpers."""

from collections.abc import Collection
from typing import Any

from cooperatives.helping.models import Scope
from shop.core.i18n import lazy_gettext as _l

SCOPE_NAMES: dict[Scope, Any] = {
    Scope.GOODS: _l("Goods: words, photos, prices, numbers"),
    Scope.ORDERS: _l("Orders: accept, pack, hand over"),
    Scope.REPLIES: _l("Replies to buyers and the officer, with the papers the officer asks for"),
}
IN_SHORT: dict[Scope, Any] = {Scope.GOODS: _l("goods"), Scope.ORDERS: _l("orders"), Scope.REPLIES: _l("replies")}
EVERY = frozenset(Scope)
_GOODS = frozenset({Scope.GOODS})
_ORDERS = frozenset({Scope.ORDERS})
_REPLIES = frozenset({Scope.REPLIES})
# By room. A seller's room that is not here (profile, members, bank account) answers a helper as it answers a stranger.
ROOMS: dict[str, frozenset[Scope]] = {
    "desk": EVERY,
    "lessons": EVERY,
    "photos": EVERY,
    "voices": EVERY,
    "dispatch": _GOODS,
    "certificates": _GOODS,
    "certificate_scans": _GOODS,
    "products": _GOODS,
    "product_photos": _GOODS,
    "product_voices": _GOODS,
    "product_copies": _GOODS,
    "product_history": _GOODS,
    "product_stock": _GOODS,
    "product_grid": _GOODS,
    "product_sales": _GOODS,
    "product_seasons": _GOODS,
    "drafts": _GOODS,
    "uploads": _GOODS,
    "marketplaces": _GOODS,
    "desk_orders": _ORDERS,
    "desk_printing": _ORDERS,
    "desk_parcels": _ORDERS,
    "desk_weighing": _ORDERS,
    "desk_changes": _ORDERS,
    "desk_crop": _ORDERS,
    "desk_talks": _ORDERS | _REPLIES,
    "product_questions": _REPLIES,
    "papers": _REPLIES,
    "rating_answers": _REPLIES,
}
# Of a household none of whose people can sign in: what the officer asks of its application, nobody else can answer.
WITHOUT_ACCOUNT: dict[str, frozenset[Scope]] = {"joining": _REPLIES}


def rooms_of(scopes: Collection[Scope], *, account: bool) -> frozenset[str]:
    """Return the rooms (names of blueprints) that parts of the work open; `account`: somebody there can sign in."""
    rooms = ROOMS if account else ROOMS | WITHOUT_ACCOUNT
    return frozenset(room for room, wanted in rooms.items() if not wanted.isdisjoint(scopes))


def is_given_away(room: str, *, account: bool) -> bool:
    """Say whether a room belongs to any part of the work at all."""
    return room in ROOMS or (not account and room in WITHOUT_ACCOUNT)
