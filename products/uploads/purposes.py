"""What each kind of file may weigh, what it becomes, and how it comes into the draft."""

from collections.abc import Callable
from typing import Any, NamedTuple

from cooperatives.photos import services as keeping_photos
from cooperatives.voices import services as keeping_voices
from products import queries as product_queries
from products.fields import MOST_PHOTOS
from products.models import Product, ProductRevision
from products.photos import services as photos
from products.uploads import queries
from products.uploads.models import Kind, Upload
from products.voices import services as voices
from shop.accounts.models import User
from shop.core import pixels
from shop.core.decoding import master_in_child
from shop.core.errors import BadFile, Invalid
from shop.core.i18n import lazy_gettext as _l
from shop.core.images import BadPhoto
from shop.core.pixels import Master
from shop.core.sound import notes, opus
from shop.core.sound.notes import BadVoice, Note
from shop.core.storage import Storage

Made = Master | Note


class Purpose(NamedTuple):
    """One kind of file; both sorts of faults have EMPTY, TOO_HEAVY and CUT_SHORT."""

    most: int  # bytes
    bad: Callable[[Any], BadFile]
    faults: Any
    make: Callable[[Storage, bytes], Made]  # raises BadFile; stored, so never inside writing()
    show: Callable[[Product, Upload, User, Any], None]  # inside writing()
    room: Callable[[Product, ProductRevision | None], None]  # raises Invalid where there is none

    def refusal(self, fault: Any, status: int = 422) -> BadFile:
        """Return the sentence of a fault, also of one that was kept as text."""
        problem = self.bad(self.faults(fault))
        problem.status = status
        return problem


def _make_photo(storage: Storage, data: bytes) -> Master:
    master = master_in_child(data)
    keeping_photos.save_files(storage, master)
    return master


def _show_photo(product: Product, upload: Upload, sender: User, master: Master) -> None:
    keeping_photos.add(product.cooperative, sender, master)
    places = queries.places_of(product) | {master.digest: upload.place}
    draft = product_queries.open_revision(product)
    shown = [photo.digest for photo in draft.photos] if draft else []
    later = (place for place, digest in enumerate(shown) if places.get(digest, -1) > upload.place)
    photos.add(product, master.digest, sender, next(later, None), slot=upload.slot)


def _room_for_a_photo(product: Product, draft: ProductRevision | None) -> None:
    if (len(draft.photos) if draft else 0) + queries.waiting_for(product, Kind.PHOTO) >= MOST_PHOTOS:
        raise Invalid("photos", _l("At most %(number)s photos. Delete one first.", number=MOST_PHOTOS))


def _make_voice(storage: Storage, data: bytes) -> Note:
    note = notes.note_of(data)
    keeping_voices.save_file(storage, note)
    return note


def _show_voice(product: Product, _upload: Upload, sender: User, note: Note) -> None:
    keeping_voices.add(product.cooperative, sender, note)
    voices.put(product, note.digest, sender)


def _always_room(_product: Product, _draft: ProductRevision | None) -> None:
    """A new recording takes the place of the old one."""


PURPOSES = {
    Kind.PHOTO: Purpose(pixels.MAX_BYTES, BadPhoto, pixels.Fault, _make_photo, _show_photo, _room_for_a_photo),
    Kind.VOICE: Purpose(notes.MAX_BYTES, BadVoice, opus.Fault, _make_voice, _show_voice, _always_room),
}
