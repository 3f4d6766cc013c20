"""Photos that nothing shows any more: kept for a month, then cleared away, without taking one just put to use.

The row says first that the photo is leaving, by one guarded statement; then the files go; the row goes an hour later.
Whoever puts the photo to use meanwhile meets the same row: before it leaves he keeps it, after that he is refused. So
an hour must be longer than any request takes from storing a master to naming it.
"""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, update

from cooperatives.photos.models import Photo, PhotoBand, PhotoUse
from cooperatives.photos.names import ladder, master_name, rendition_name
from shop.core import clock
from shop.core.db import changed, db
from shop.core.errors import Conflict
from shop.core.i18n import lazy_gettext as _l
from shop.core.storage import Storage

KEPT = timedelta(days=30)  # an undo, a copy, a second thought
ROW_STAYS = timedelta(hours=1)


def put_to_use(digest: str) -> None:
    """Keep a photo that is about to be shown; inside the writing() that names it. Raises Conflict when it leaves."""
    stays = (Photo.digest == digest) & Photo.leaving_at.is_(None)
    if not changed(update(Photo).where(stays).values(unused_since=None)):
        raise Conflict(_l("An old copy of this photo is being cleared. Try again in an hour."))


def note(digests: Collection[str], named: ColumnElement[bool]) -> None:
    """Note that we looked whether anything names these photos, and since when nothing does. Inside writing()."""
    moment, ours = clock.now(), Photo.digest.in_(digests)
    statements = (
        update(Photo).where(ours).values(looked_at=moment),
        update(Photo).where(ours, named).values(unused_since=None),
        update(Photo).where(ours, ~named, Photo.unused_since.is_(None)).values(unused_since=moment),
    )
    for statement in statements:
        db.session.execute(statement.execution_options(synchronize_session=False))


def let_go(digest: str, named: ColumnElement[bool]) -> bool:
    """Say that a photo leaves, if nothing has named it for a month and none of it is public. Inside writing()."""
    unused = (Photo.unused_since < clock.now() - KEPT) & Photo.public_since.is_(None) & Photo.leaving_at.is_(None)
    leaves = update(Photo).where(Photo.digest == digest, unused, ~named).values(leaving_at=clock.now())
    return bool(changed(leaves.execution_options(synchronize_session=False)))


def delete_files(storage: Storage, digest: str, width: int) -> None:
    """Delete the master of a leaving photo and its private renditions (never inside writing())."""
    for name in (*(rendition_name(digest, *step) for step in ladder(width)), master_name(digest)):
        storage.delete(name)


def forget(digest: str) -> None:
    """Delete the rows of a photo that has left. Inside writing()."""
    for table in (PhotoBand, PhotoUse):
        db.session.execute(delete(table).where(table.digest == digest))
    db.session.execute(delete(Photo).where(Photo.digest == digest, Photo.leaving_at.is_not(None)))
