"""Adding a photo to a rating and taking it out; drawing its public files and deleting them."""

from shop.accounts.models import User
from shop.audit.services import record
from shop.core import clock
from shop.core.db import db
from shop.core.decoding import renditions_in_child
from shop.core.errors import Conflict, Invalid
from shop.core.i18n import lazy_gettext as _l
from shop.core.pixels import Master
from shop.core.storage import Storage, public_name
from shop.ratings import moving, policies
from shop.ratings.models import Rating
from shop.ratings.photos import queries
from shop.ratings.photos.models import MOST_PHOTOS, RatingPhoto
from shop.ratings.photos.names import file_name, public_names

CONTENT_TYPES = {"avif": "image/avif", "jpg": "image/jpeg"}
TOO_MANY = _l("At most %(number)s photos. Delete one first.", number=MOST_PHOTOS)
TOO_LATE = _l("Photos cannot be added to this rating any more.")


def save_file(storage: Storage, key: str, master: Master) -> None:
    """Store a master (never inside writing()); the sweep draws the rest."""
    storage.put(file_name(key), master.data, "image/jpeg")


def add(rating: Rating, key: str, master: Master, person: User | None) -> bool:
    """Keep the row of a stored master; False where the rating has this photo already.

    Raises Conflict after 14 days and where the rating is not shown, Invalid beyond three photos.
    """
    moving.lock(rating)
    if not rating.allows("change") or not policies.may_change(rating.written_at):
        raise Conflict(TOO_LATE)
    mine = queries.standing(rating)
    if any(photo.digest == master.digest for photo in mine):
        return False
    free = sorted({*range(1, MOST_PHOTOS + 1)} - {photo.place for photo in mine})
    if not free:
        raise Invalid("photo", TOO_MANY)
    values = {"digest": master.digest, "width": master.width, "height": master.height}
    db.session.add(RatingPhoto(rating_id=rating.id, place=free[0], key=key, **values))
    record("rating_photo_added", rating, person)
    return True


def remove(rating: Rating, code: str, person: User | None) -> None:
    """Take a photo out, at any time; the next sweep deletes its files. Raises Conflict where it is out already."""
    moving.lock(rating)
    photo = next((one for one in queries.standing(rating) if one.code == code), None)
    if photo is None:
        raise Conflict(moving.HANDLED)
    photo.removed_at = clock.now()
    record("rating_photo_removed", rating, person)


def publish(storage: Storage, media_key: bytes, key: str) -> None:
    """Draw the renditions of a photo under their public names (never inside writing()).

    Raises BadPhoto for a master that cannot be read, FileNotFoundError for one that is gone.
    """
    for (width, ext), data in renditions_in_child(storage.get(file_name(key))).items():
        storage.put(public_name(media_key, key, width, ext), data, CONTENT_TYPES[ext])


def unpublish(storage: Storage, media_key: bytes, key: str, width: int) -> None:
    """Delete the public files of a photo (never inside writing()): its addresses answer 404 from now on."""
    for name in public_names(media_key, key, width):
        storage.delete(name)
