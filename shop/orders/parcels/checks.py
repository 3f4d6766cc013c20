"""What `flask verify` proves about photos of parcels: each that stands has its file."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import select

from shop.core.db import db
from shop.core.present import storage
from shop.orders.models import Order
from shop.orders.parcels.models import ParcelPhoto
from shop.orders.parcels.names import file_name


def parcel_photos_have_their_file() -> Iterator[str]:
    """Every photo that was not removed lies in the storage."""
    there = set(storage().list("private/parcels/"))
    rows = select(Order.code, ParcelPhoto.key).join(ParcelPhoto.order).where(ParcelPhoto.removed_at.is_(None))
    for code, key in db.session.execute(rows):
        if file_name(key) not in there:
            yield f"order {code}: the photo of its parcel is gone"


CHECKS: list[Callable[[], Iterable[str]]] = [parcel_photos_have_their_file]
