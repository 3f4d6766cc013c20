"""Which pages belong to which part of the work that a household may give away; all others stay closed to helpers."""

from typing import Any

from cooperatives.helping.models import Scope
from shop.core.i18n import lazy_gettext as _l

SCOPE_NAMES: dict[Scope, Any] = {
    Scope.GOODS: _l("Goods: words, photos, prices, numbers"),
    Scope.ORDERS: _l("Orders: accept, pack, hand over"),
    Scope.REPLIES: _l("Replies to the officer and to buyers"),
}
IN_SHORT: dict[Scope, Any] = {Scope.GOODS: _l("goods"), Scope.ORDERS: _l("orders"), Scope.REPLIES: _l("replies")}
EVERY = frozenset(Scope)
_GOODS = frozenset({Scope.GOODS})
_ORDERS = frozenset({Scope.ORDERS})
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
    "desk_crop": _ORDERS,
}


def scopes_of(room: str) -> frozenset[Scope]:
    """Return the parts of the work to which a room (the name of its blueprint) belongs; none for all others."""
    return ROOMS.get(room, frozenset())
