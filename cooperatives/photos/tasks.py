"""The sweep that draws renditions, so that an upload never waits for resizing."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import update

from cooperatives.photos import services
from cooperatives.photos.models import Photo, PhotoState
from shop.core.claims import claim
from shop.core.db import writing
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


SWEEPS = [draw_waiting]
