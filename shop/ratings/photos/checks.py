"""What `flask verify` proves about buyers' photos: each that stands has its master."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import select

from shop.core.db import db
from shop.core.present import storage
from shop.ratings.photos.models import RatingPhoto
from shop.ratings.photos.names import file_name
from shop.ratings.photos.queries import is_gone


def photos_have_their_master() -> Iterator[str]:
    """Every photo that was not taken back has its master in the storage."""
    there = set(storage().list("private/ratings/"))
    for code, key in db.session.execute(select(RatingPhoto.code, RatingPhoto.key).where(~is_gone())):
        if file_name(key) not in there:
            yield f"photo {code} of a rating: its master is gone"


CHECKS: list[Callable[[], Iterable[str]]] = [photos_have_their_master]
