"""The sweep that clears away photos which nothing has shown for a month."""

from datetime import timedelta

from flask import current_app

from cooperatives.photos import clearing
from products.photos import queries
from shop.core import clock
from shop.core.db import db, writing

LOOKED_EVERY = timedelta(days=1)
AT_ONCE = 200  # photos looked at in one run; each once a day
MOST_FILES = 20  # photos whose files go in one run


def clear_unused() -> int:
    """Note which photos nothing names, and clear those of a month ago; returns how many left.

    A sweep that dies half-way is gone on with by the next: the row says that its files are going.
    """
    storage, now, left = current_app.extensions["storage"], clock.now(), 0
    due = queries.not_looked_at(now - LOOKED_EVERY, AT_ONCE)
    if due:
        with writing():
            clearing.note(due, queries.is_named())
    for digest in queries.unused(now - clearing.KEPT, MOST_FILES):
        with writing():
            left += clearing.let_go(digest, queries.is_named())
    going = queries.leaving(MOST_FILES)
    db.session.rollback()  # files take their time; no snapshot is kept open for them
    for digest, width, since in going:
        if since < now - clearing.ROW_STAYS:
            with writing():
                clearing.forget(digest)
        else:
            clearing.delete_files(storage, digest, width)
    return left


SWEEPS = [clear_unused]
