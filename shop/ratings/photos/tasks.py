"""The sweep that makes public what everybody may see of buyers' photos, and nothing else."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import delete, select, update

from shop.core import clock
from shop.core.claims import claim
from shop.core.db import changed, db, writing
from shop.core.errors import DomainError
from shop.core.logs import log
from shop.core.present import media_key
from shop.ratings.photos import queries, services
from shop.ratings.photos.models import RatingPhoto
from shop.ratings.photos.names import file_name

LEASE = timedelta(minutes=5)  # one worker does a photo at a time: nobody deletes what another is just putting there
AT_ONCE = 20


def settle_photos() -> int:
    """Draw photos of shown ratings, take away those of others, delete what was taken back; returns how many."""
    done = 0
    for _turn in range(AT_ONCE):
        row = claim(RatingPhoto, queries.is_due(), LEASE)
        if row is None:
            break
        done += _settled(row)
    return done


def _settled(row: Mapping[str, Any]) -> bool:
    """Do what is due for one claimed photo; one that cannot be drawn is tried again when its lease is over."""
    storage, key = current_app.extensions["storage"], row["key"]
    mine = RatingPhoto.id == row["id"]
    with writing():
        wanted = _set(mine & queries.is_wanted(), public_since=clock.now())
        gone = db.session.scalar(select(RatingPhoto.id).where(mine, queries.is_gone())) is not None
    try:
        if wanted:
            services.publish(storage, media_key(), key)
        else:
            services.unpublish(storage, media_key(), key, row["width"])
            if gone:
                storage.delete(file_name(key))
    except (DomainError, OSError) as problem:
        log.error("rating photo", photo=row["id"], problem=type(problem).__name__)
        return False
    with writing():
        if gone:
            db.session.execute(delete(RatingPhoto).where(mine))
        elif wanted:
            _set(mine, drawn_at=clock.now(), claimed_until=None)
        else:
            _set(mine, public_since=None, drawn_at=None, claimed_until=None, tries=0)
    return True


def _set(which: Any, **values: Any) -> bool:
    statement = update(RatingPhoto).where(which).values(**values)
    return bool(changed(statement.execution_options(synchronize_session=False)))


SWEEPS = [settle_photos]
