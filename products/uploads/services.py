"""Uploads: begun, moved on by the bytes that came, ended once."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import delete, insert, update

from cooperatives.photos import services as keeping
from products import policies
from products import queries as product_queries
from products.fields import MOST_PHOTOS, SLOTS
from products.models import Product
from products.photos import services as photos
from products.uploads import queries
from products.uploads.models import Kind, Upload, UploadPiece, UploadState
from shop.accounts.models import User
from shop.core.db import changed, db
from shop.core.decoding import master_in_child
from shop.core.errors import Conflict, DomainError, Invalid, TooMany
from shop.core.i18n import lazy_gettext as _l
from shop.core.images import BadPhoto, Fault
from shop.core.pixels import MAX_BYTES, Master
from shop.core.storage import Storage

MOST_WAITING = 200  # files of one cooperative on their way
MOST_WAITING_BYTES = 1024**3


class TooLarge(BadPhoto):
    """Larger than any photo may be; refused before a byte has come."""

    status = 413

    def __init__(self) -> None:
        super().__init__(Fault.TOO_HEAVY)


class OffsetMoved(DomainError):
    """Another request was faster; the client asks where to go on."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_l("Part of this file has come already. Sending goes on from there."))


class Wish(NamedTuple):
    """What the client says of a file before it sends it: bytes, hex digest or '', slot, place among the photos."""

    length: int
    sha256: str
    slot: str
    place: int


def begin(product: Product, actor: User, wish: Wish) -> Upload:
    """Return the upload of these bytes for this draft, begun now where it is new. Inside writing().

    Raises TooLarge, Invalid beyond nine photos and for nothing at all, Conflict while an officer reads the draft,
    TooMany when too much of this cooperative is on its way.
    """
    product_queries.lock(product)
    known = queries.same(product, Kind.PHOTO, wish.sha256)
    if known is not None and known.length == wish.length:
        return known
    if wish.length > MAX_BYTES:
        raise TooLarge
    if wish.length == 0:
        raise BadPhoto(Fault.EMPTY)
    draft = product_queries.open_revision(product)
    if policies.is_sent(draft):
        raise Conflict(_l("An officer is reading this now. Take it back first, then change it."))
    if (len(draft.photos) if draft else 0) + queries.waiting_for(product, Kind.PHOTO) >= MOST_PHOTOS:
        raise Invalid("photos", _l("At most %(number)s photos. Delete one first.", number=MOST_PHOTOS))
    number, size = queries.waiting_of(product.cooperative_id)
    if number >= MOST_WAITING or size + wish.length > MOST_WAITING_BYTES:
        raise TooMany(_l("Many photos are still on their way. Let those arrive first."), 600)
    upload = Upload(
        cooperative_id=product.cooperative_id,
        product_id=product.id,
        person_id=actor.id,
        kind=Kind.PHOTO,
        slot=wish.slot if wish.slot in SLOTS else "",
        place=wish.place,
        sha256=wish.sha256 if known is None else "",  # the same digest with another length is no digest
        length=wish.length,
    )
    db.session.add(upload)
    db.session.flush()
    return upload


def advance(upload_id: int, offset: int, size: int, name: str) -> None:
    """Note a stored piece and move the offset on, by one guarded statement; raises OffsetMoved. Inside writing()."""
    if not changed(
        update(Upload)
        .where(Upload.id == upload_id, Upload.offset == offset, Upload.state == UploadState.RECEIVING)
        .values(offset=offset + size)
    ):
        raise OffsetMoved
    db.session.execute(insert(UploadPiece).values(upload_id=upload_id, offset=offset, size=size, name=name))


def master_of(storage: Storage, upload: Upload) -> Master:
    """Return the master of a file that has come whole, stored (never inside writing()).

    Raises BadPhoto when the bytes are not what was announced, or no photo.
    """
    data = b"".join(storage.get(piece.name)[: piece.size] for piece in queries.pieces_of(upload))
    if len(data) != upload.length or (upload.sha256 and hashlib.sha256(data).hexdigest() != upload.sha256):
        raise BadPhoto(Fault.CUT_SHORT)
    master = master_in_child(data)
    keeping.save_files(storage, master)
    return master


def show(upload_id: int, master: Master) -> None:
    """Put the photo that came into its draft, at its place, and end the upload; once. Inside writing()."""
    upload = db.session.get_one(Upload, upload_id)
    product, sender = db.session.get_one(Product, upload.product_id), db.session.get_one(User, upload.person_id)
    product_queries.lock(product)
    if not _end(upload_id, UploadState.DONE, digest=master.digest):
        return
    keeping.add(product.cooperative, sender, master)
    places = queries.places_of(product) | {master.digest: upload.place}
    draft = product_queries.open_revision(product)
    shown = [photo.digest for photo in draft.photos] if draft else []
    later = (place for place, digest in enumerate(shown) if places.get(digest, -1) > upload.place)
    photos.add(product, master.digest, sender, next(later, None), slot=upload.slot)


def refuse(upload_id: int, fault: Fault) -> None:
    """End an upload whose bytes are no photo. Inside writing()."""
    _end(upload_id, UploadState.REFUSED, fault=fault)


def _end(upload_id: int, state: UploadState, *, digest: str = "", fault: str = "") -> bool:
    """End an upload once, by one guarded statement, and forget its pieces; False when it had ended already."""
    standing = (Upload.id == upload_id) & (Upload.state == UploadState.RECEIVING)
    db.session.execute(delete(UploadPiece).where(UploadPiece.upload_id == upload_id))
    ended = update(Upload).where(standing).values(state=state, digest=digest, fault=fault)
    return bool(changed(ended.execution_options(synchronize_session="fetch")))


def forget(upload_id: int) -> None:
    """Delete the row of an upload and those of its pieces. Inside writing()."""
    db.session.execute(delete(UploadPiece).where(UploadPiece.upload_id == upload_id))
    db.session.execute(delete(Upload).where(Upload.id == upload_id))


def names_of(upload: Upload) -> list[str]:
    """Return the names of the stored pieces."""
    return [piece.name for piece in queries.pieces_of(upload)]


def drop(storage: Storage, names: Iterable[str]) -> None:
    """Delete stored pieces, after their rows are gone (never inside writing())."""
    for name in names:
        storage.delete(name)
