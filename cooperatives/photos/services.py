"""Keeping photos: files outside the transaction, rows inside, public copies before approval."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from cooperatives.models import Cooperative
from cooperatives.photos.clearing import put_to_use
from cooperatives.photos.models import Photo, PhotoBand, PhotoState, PhotoUse
from cooperatives.photos.names import (
    CONTENT_TYPES,
    PrivateView,
    PublicView,
    ladder,
    master_name,
    photo_view,
    private_view,
    rendition_name,
)
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import Model, changed, db
from shop.core.decoding import renditions_in_child
from shop.core.looks import Looks, bands
from shop.core.pixels import Master
from shop.core.storage import Storage, public_name

__all__ = ["PrivateView", "PublicView", "add", "mark_public", "photo_view", "private_view", "publish", "save_files"]


def save_files(storage: Storage, master: Master) -> None:
    """Store a master (never inside writing()); the renditions follow by the sweep."""
    name = master_name(master.digest)
    if not storage.exists(name):
        storage.put(name, master.data, "image/jpeg")


def add(cooperative: Cooperative, user: User, master: Master) -> Photo:
    """Keep the rows of a stored master: the same picture again is the same photo. Inside writing().

    Raises Conflict while an old copy of it is being cleared away.
    """
    moment = clock.now()
    photo = {
        "digest": master.digest,
        "width": master.width,
        "height": master.height,
        "size": len(master.data),
        "state": PhotoState.WAITING,
        "tries": 0,
        "created_at": moment,
    }
    _insert(Photo, photo)
    put_to_use(master.digest)
    if master.looks is not None:
        keep_looks(master.digest, master.looks)
    use = {
        "cooperative_id": cooperative.id,
        "digest": master.digest,
        "uploaded_by_id": user.id,
        "created_at": moment,
    }
    _insert(PhotoUse, use)
    return db.session.get_one(Photo, master.digest)


def keep_looks(digest: str, looks: Looks | None) -> None:
    """Keep what was measured of a photo, once; None where it could not be. Inside writing()."""
    facts = {} if looks is None else {"dark": looks.dark, "sharp": looks.sharp, "likeness": looks.likeness}
    unmeasured = (Photo.digest == digest) & Photo.measured_at.is_(None)
    if changed(update(Photo).where(unmeasured).values(measured_at=clock.now(), **facts)) and looks is not None:
        for band in bands(looks.likeness):
            _insert(PhotoBand, {"digest": digest, "band": band})


def _insert(table: type[Model], row: dict[str, Any]) -> None:
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    db.session.execute(insert(table).values(**row).on_conflict_do_nothing())


def make_renditions(storage: Storage, digest: str, width: int, only: int | None = None) -> None:
    """Draw and store the private renditions of a photo that are not there yet (never inside writing()).

    `only` draws one width, for whoever looks before the sweep has come by.
    Raises BadPhoto when the master cannot be read and FileNotFoundError when it is gone.
    """
    steps = [step for step in ladder(width) if only in {None, step[0]}]
    if all(storage.exists(rendition_name(digest, *step)) for step in steps):
        return
    for (wide, ext), data in renditions_in_child(storage.get(master_name(digest)), only).items():
        storage.put(rendition_name(digest, wide, ext), data, CONTENT_TYPES[ext])


def publish(storage: Storage, media_key: bytes, digests: Iterable[str]) -> None:
    """Copy the renditions of these photos to their public names, drawing what is missing (never inside writing()).

    Runs before the approving transaction: approval copies first, then commits.
    """
    for photo in db.session.scalars(select(Photo).where(Photo.digest.in_(list(digests)))):
        make_renditions(storage, photo.digest, photo.width)
        for width, ext in ladder(photo.width):
            storage.copy(rendition_name(photo.digest, width, ext), public_name(media_key, photo.digest, width, ext))


def mark_public(digests: Iterable[str]) -> None:
    """Note, in the approving transaction, that these photos are public now."""
    db.session.execute(
        update(Photo)
        .where(Photo.digest.in_(list(digests)), Photo.public_since.is_(None))
        .values(public_since=clock.now(), state=PhotoState.READY)
    )


def mark_private(digest: str) -> None:
    """Note that a photo's public copies are to go; the caller deletes them after the commit."""
    db.session.execute(update(Photo).where(Photo.digest == digest).values(public_since=None))


def delete_public(storage: Storage, media_key: bytes, digest: str, width: int) -> None:
    """Delete the public copies of a photo (never inside writing()); its addresses answer 404 from now on."""
    for wide, ext in ladder(width):
        storage.delete(public_name(media_key, digest, wide, ext))
