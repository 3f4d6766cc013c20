"""Which orders have a photo of their parcel, and which photos are to be deleted."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from shop.accounts.models import User
from shop.core.db import db
from shop.orders.models import Order, Purchase
from shop.orders.parcels.models import ParcelPhoto
from shop.orders.parcels.policies import SENT

WHOLE = joinedload(ParcelPhoto.added_by)


def of(order: Order) -> ParcelPhoto | None:
    """Return the photo of an order's parcel with who added it, or None."""
    standing = select(ParcelPhoto).where(ParcelPhoto.order_id == order.id, ParcelPhoto.removed_at.is_(None))
    return db.session.scalar(standing.options(WHOLE))


def photographed(orders: Collection[Order]) -> set[int]:
    """Return the ids of those orders that have one; no query before one of them is sent."""
    sent = [order.id for order in orders if order.state in SENT]
    if not sent:
        return set()
    found = select(ParcelPhoto.order_id).where(ParcelPhoto.order_id.in_(sent), ParcelPhoto.removed_at.is_(None))
    return set(db.session.scalars(found))


def removed(limit: int) -> list[tuple[int, str]]:
    """Return (id, key) of photos that nobody sees any more."""
    rows = select(ParcelPhoto.id, ParcelPhoto.key).where(ParcelPhoto.removed_at.is_not(None))
    return [(key, name) for key, name in db.session.execute(rows.order_by(ParcelPhoto.id).limit(limit))]


def keys_of_buyer(user: User) -> Select[tuple[str, datetime]]:
    """Select (key, since when) of the photos of parcels that went to a signed-in buyer."""
    chosen: Any = select(ParcelPhoto.key, ParcelPhoto.added_at).join(Order, Order.id == ParcelPhoto.order_id)
    chosen = chosen.join(Purchase, Purchase.id == Order.purchase_id)
    mine: Select[tuple[str, datetime]] = chosen.where(Purchase.buyer_id == user.id, ParcelPhoto.removed_at.is_(None))
    return mine
