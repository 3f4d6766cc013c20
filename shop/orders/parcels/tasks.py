"""The sweep that deletes photos of parcels that were replaced or are kept no longer."""

from flask import current_app
from sqlalchemy import delete

from shop.core.db import db, writing
from shop.orders.parcels import queries
from shop.orders.parcels.models import ParcelPhoto
from shop.orders.parcels.names import file_name

AT_ONCE = 20


def clear_parcel_photos() -> int:
    """Delete the file, then the row; returns how many."""
    rows = queries.removed(AT_ONCE)
    db.session.rollback()
    for key, name in rows:
        current_app.extensions["storage"].delete(file_name(name))
        with writing():
            db.session.execute(delete(ParcelPhoto).where(ParcelPhoto.id == key))
    return len(rows)


SWEEPS = [clear_parcel_photos]
