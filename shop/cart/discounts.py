"""What the vouchers of a cart take off its parcels: one of each seller, one of the province, together at most half."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from shop.cart.view import CartView, Parcel
from shop.vouchers import policies
from shop.vouchers.models import Voucher
from shop.vouchers.policies import Basket


class Used(NamedTuple):
    """One voucher of a cart: what it takes off each seller's goods (id to đồng), or why it does not count now."""

    voucher_id: int
    code: str
    seller: str | None  # None: the province's
    parts: Mapping[int, int]
    refusal: Any = None

    @property
    def total(self) -> int:
        """Đồng that it takes off in all."""
        return sum(self.parts.values())


def with_vouchers(
    view: CartView, vouchers: Sequence[Voucher], past: Mapping[int, tuple[Sequence[int], bool]], now: datetime
) -> CartView:
    """Return the cart with what its vouchers take off, a cooperative's first.

    `past` says for a voucher's id how often the buyer used it and whether the buyer has had an order before; nothing
    is held against a buyer who is not known yet.
    """
    baskets = {parcel.seller.id: _basket(parcel) for parcel in view.parcels}
    used = []
    for voucher in vouchers:
        uses, ordered = past.get(voucher.id, ((), False))
        here = list(baskets.values())
        refusal = (
            policies.over(voucher, now)
            or policies.not_for(voucher, here)
            or policies.not_by(voucher, uses, ordered=ordered)
        )
        parts = {} if refusal else policies.taken_off(voucher, here)
        for seller, part in parts.items():
            baskets[seller] = baskets[seller]._replace(room=baskets[seller].room - part)
        seller_name = voucher.cooperative.name if voucher.cooperative else None
        used.append(Used(voucher.id, voucher.code, seller_name, parts, refusal))
    off = {key: sum(one.parts.get(key, 0) for one in used) for key in baskets}
    parcels = [replace(parcel, discount=off[parcel.seller.id]) for parcel in view.parcels]
    return replace(view, parcels=parcels, vouchers=used)


def _basket(parcel: Parcel) -> Basket:
    return Basket(
        parcel.seller.id,
        parcel.seller.commune.code,
        parcel.goods_total,
        sum(policies.most_off(line.price, line.usual or line.price, line.quantity) for line in parcel.lines),
    )
