"""The sweeps that draw renditions, so that no upload waits for resizing, and measure photos nobody measured."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import update

from cooperatives.photos import queries, services
from cooperatives.photos.models import Photo, PhotoState
from cooperatives.photos.names import master_name
from shop.core.claims import claim
from shop.core.db import db, writing
from shop.core.decoding import looks_in_child
from shop.core.errors import DomainError
from shop.core.logs import log

LEASE = timedelta(minutes=5)
TRIES = 5
AT_ONCE = 20


def draw_waiting() -> int:
    """Draw the renditions of photos that wait; one that fails five times is marked failed. Returns how many."""
    storage, done = current_app.extensions["storage"], 0
    for _turn in range(AT_ONCE):
        row = claim(Photo, Photo.state == PhotoState.WAITING, LEASE)
        if row is None:
            break
        try:
            services.make_renditions(storage, row["digest"], row["width"])
            state = PhotoState.READY
        except (DomainError, OSError) as problem:
            log.error("renditions", digest=row["digest"], problem=type(problem).__name__)
            state = PhotoState.FAILED if row["tries"] >= TRIES else PhotoState.WAITING
        with writing() as session:
            session.execute(update(Photo).where(Photo.digest == row["digest"]).values(state=state))
        done += state is PhotoState.READY
    return done


def measure() -> int:
    """Measure the photos that were kept before their looks were; one that cannot be is not tried again."""
    storage, found = current_app.extensions["storage"], queries.unmeasured(AT_ONCE)
    db.session.rollback()  # decoding takes its time; no snapshot is kept open for it
    for digest in found:
        looks = None
        try:
            looks = looks_in_child(storage.get(master_name(digest)))
        except (DomainError, FileNotFoundError) as problem:
            log.error("looks", digest=digest, problem=type(problem).__name__)
        with writing():
            services.keep_looks(digest, looks)
    return len(found)


SWEEPS = [draw_waiting, measure]
