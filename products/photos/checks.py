"""What `flask verify` proves about photos: those that are shown have their file."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import select

from cooperatives.photos.models import Photo
from cooperatives.photos.names import master_name
from products.photos.queries import is_named
from shop.core.db import db
from shop.core.present import storage


def named_photos_have_their_master() -> Iterator[str]:
    """Every photo that a revision or a seller names has its master in the storage, and does not leave."""
    there = set(storage().list("private/masters/"))
    for digest, leaving_at in db.session.execute(select(Photo.digest, Photo.leaving_at).where(is_named())):
        if master_name(digest) not in there:
            yield f"photo {digest}: named, but its master is gone"
        elif leaving_at is not None:
            yield f"photo {digest}: named, but it is being cleared away"


CHECKS: list[Callable[[], Iterable[str]]] = [named_photos_have_their_master]
