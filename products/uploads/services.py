"""Uploads: begun, moved on by the bytes that came, ended once."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import delete, insert, update

from products import policies
from products import queries as product_queries
from products.fields import SLOTS
from products.models import Product
from products.uploads import queries
from products.uploads.models import Kind, Upload, UploadPiece, UploadState
from products.uploads.purposes import PURPOSES, Made
from shop.accounts.models import User
from shop.core.db import changed, db
from shop.core.errors import Conflict, DomainError, TooMany
from shop.core.i18n import lazy_gettext as _l
from shop.core.storage import Storage

MOST_WAITING = 200  # files of one cooperative on their way
MOST_WAITING_BYTES = 1024**3


class OffsetMoved(DomainError):
    """Another request was faster; the client asks where to go on."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_l("Part of this file has come already. Sending goes on from there."))


class Wish(NamedTuple):
    """What the client says of a file before it sends it: bytes, hex digest or '', slot, place among photos, kind."""

    length: int
    sha256: str
    slot: str
    place: int
    kind: Kind = Kind.PHOTO


def begin(product: Product, actor: User, wish: Wish) -> Upload:
    """Return the upload of these bytes for this draft, begun now where it is new. Inside writing().

    Raises BadFile for what is too heavy (413) or nothing at all, Invalid beyond nine photos, Conflict while an
    officer reads the draft, TooMany when too much of this cooperative is on its way.
    """
    purpose = PURPOSES[wish.kind]
    product_queries.lock(product)
    known = queries.same(product, wish.kind, wish.sha256)
    if known is not None and known.length == wish.length:
        return known
    if wish.length > purpose.most:
        raise purpose.refusal(purpose.faults.TOO_HEAVY, 413)
    if wish.length == 0:
        raise purpose.refusal(purpose.faults.EMPTY)
    draft = product_queries.open_revision(product)
    if policies.is_sent(draft):
        raise Conflict(_l("An officer is reading this now. Take it back first, then change it."))
    purpose.room(product, draft)
    number, size = queries.waiting_of(product.cooperative_id)
    if number >= MOST_WAITING or size + wish.length > MOST_WAITING_BYTES:
        raise TooMany(_l("Many photos are still on their way. Let those arrive first."), 600)
    upload = Upload(
        cooperative_id=product.cooperative_id,
        product_id=product.id,
        person_id=actor.id,
        kind=wish.kind,
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


def made_of(storage: Storage, upload: Upload) -> Made:
    """Return what a file that has come whole becomes, stored (never inside writing()).

    Raises BadFile when the bytes are not what was announced, or nothing of this kind.
    """
    purpose = PURPOSES[upload.kind]
    data = b"".join(storage.get(piece.name)[: piece.size] for piece in queries.pieces_of(upload))
    if len(data) != upload.length or (upload.sha256 and hashlib.sha256(data).hexdigest() != upload.sha256):
        raise purpose.refusal(purpose.faults.CUT_SHORT)
    return purpose.make(storage, data)


def show(upload_id: int, made: Made) -> None:
    """Put what came into its draft, at its place, and end the upload; once. Inside writing()."""
    upload = db.session.get_one(Upload, upload_id)
    product, sender = db.session.get_one(Product, upload.product_id), db.session.get_one(User, upload.person_id)
    product_queries.lock(product)
    if _end(upload_id, UploadState.DONE, digest=made.digest):
        PURPOSES[upload.kind].show(product, upload, sender, made)


def refuse(upload_id: int, fault: str) -> None:
    """End an upload whose bytes are nothing of its kind. Inside writing()."""
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
