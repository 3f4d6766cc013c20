"""Keeping the photo of a parcel, in place of the one before; letting go of it."""

from sqlalchemy import Select, update

from shop.accounts.models import User
from shop.audit.services import record
from shop.core import clock
from shop.core.db import changed, db
from shop.core.errors import Conflict
from shop.core.pixels import Master
from shop.core.storage import Storage
from shop.orders.models import Order
from shop.orders.parcels import policies, queries
from shop.orders.parcels.models import ParcelPhoto
from shop.orders.parcels.names import CONTENT_TYPE, file_name


def save_file(storage: Storage, key: str, master: Master) -> None:
    """Store a decoded photo (never inside writing())."""
    storage.put(file_name(key), master.data, CONTENT_TYPE)


def keep(order: Order, key: str, master: Master, actor: User) -> bool:
    """Keep the row of a stored photo; the one before is deleted by the sweep. False where it is the same photo.

    Raises Conflict before the parcel is handed over, and once the time for it is over.
    """
    db.session.refresh(order, with_for_update=True)  # two photos of one parcel come one after the other
    why = policies.refusal(order)
    if why:
        raise Conflict(why)
    before = queries.of(order)
    if before is not None and before.digest == master.digest:
        return False
    if before is not None:
        before.removed_at = clock.now()
        db.session.flush()
    size = {"digest": master.digest, "width": master.width, "height": master.height}
    db.session.add(ParcelPhoto(order_id=order.id, key=key, added_by_id=actor.id, **size))
    record("parcel_photo", order, actor, code=order.code, replaced=before is not None)
    return True


def forget(order_ids: Select[int]) -> int:
    """Let go of the photos of orders, whose files the sweep deletes; returns how many."""
    standing = ParcelPhoto.order_id.in_(order_ids), ParcelPhoto.removed_at.is_(None)
    statement = update(ParcelPhoto).where(*standing).values(removed_at=clock.now())
    return changed(statement.execution_options(synchronize_session=False))
