"""The sweeps that keep pictures public exactly as long as something public shows them."""

from collections.abc import Sequence

from flask import current_app

from cooperatives.photos import services as photos
from products.review import queries
from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.core.logs import log
from shop.core.present import media_key

AT_ONCE = 100  # copies to make in one run; drawing them may be slow


def hide_unused() -> int:
    """Delete the public copies of photos that nothing public shows any more; returns of how many photos.

    First the files, then the row: a sweep that dies between the two is done again by the next one.
    """
    storage, key, done = current_app.extensions["storage"], media_key(), 0
    for digest, width in _found(queries.unused()):
        if not queries.is_unused(digest):
            continue  # approved since the list was made
        db.session.rollback()
        photos.delete_public(storage, key, digest, width)
        with writing():
            photos.mark_private(digest)
        done += 1
    return done


def show_missing() -> int:
    """Copy the photos that are shown and have no public copies: goods resumed, sellers admitted or restored."""
    storage, key, done = current_app.extensions["storage"], media_key(), 0
    for digest, _width in _found(queries.missing(), AT_ONCE):
        try:
            photos.publish(storage, key, [digest])
        except (DomainError, OSError) as problem:
            log.error("publishing", digest=digest, problem=type(problem).__name__)
            continue
        with writing():
            photos.mark_public([digest])
        done += 1
    return done


def _found(chosen: queries.Photos, limit: int | None = None) -> Sequence[tuple[str, int]]:
    rows = [(row.digest, row.width) for row in db.session.execute(chosen.limit(limit))]
    db.session.rollback()  # files take their time; no snapshot is kept open for them
    return rows


SWEEPS = [hide_unused, show_missing]
