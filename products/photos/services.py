"""Photos of a draft: put in, put first, moved, taken out, put back; always in the draft, never in what is live."""

from cooperatives.photos import queries as photo_queries
from cooperatives.photos.clearing import put_to_use
from products import services as products
from products.edits import services as edits
from products.fields import MOST_PHOTOS
from products.models import Product, ProductRevision, RevisionPhoto
from products.written import written
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core.db import db
from shop.core.errors import Conflict, Invalid
from shop.core.i18n import lazy_gettext as _l

PAGE = "photos"  # of products.edits: what one person does with the photos of a draft goes together
GONE = _l("This photo is not here any more.")


def add(product: Product, digest: str, actor: User, position: int | None = None, *, slot: str = "") -> ProductRevision:
    """Show a photo in the draft, last or at `position` (from 0); the same photo twice is once.

    `slot` says what it was taken for (products.fields.SLOTS), '' when nobody said.

    Raises Invalid for a photo the cooperative does not hold and beyond nine photos, Conflict as `editable` does.
    """
    revision = products.editable(product, actor)
    digests = [photo.digest for photo in revision.photos]
    if digest in digests:
        return revision
    if not photo_queries.held_by(product.cooperative_id, [digest]):
        raise Invalid("photos", GONE)
    put_to_use(digest)
    if len(digests) >= MOST_PHOTOS:
        raise Invalid("photos", _l("At most %(number)s photos. Delete one first.", number=MOST_PHOTOS))
    digests.insert(len(digests) if position is None else max(0, position), digest)
    return _show(revision, digests, actor, {digest: slot})


def move(product: Product, digest: str, how: str, actor: User) -> ProductRevision:
    """Make a photo the cover, or move it one place `earlier` or `later`; at the end of the row nothing moves."""
    revision = products.editable(product, actor)
    digests = [photo.digest for photo in revision.photos]
    if digest not in digests:
        raise Conflict(GONE)
    place = digests.index(digest)
    digests.remove(digest)
    digests.insert({"cover": 0, "earlier": max(0, place - 1), "later": place + 1}[how], digest)
    return _show(revision, digests, actor)


def remove(product: Product, digest: str, actor: User) -> int:
    """Take a photo out of the draft and return its place (from 0), for the undo; the cooperative keeps the photo."""
    revision = products.editable(product, actor)
    digests = [photo.digest for photo in revision.photos]
    if digest not in digests:
        raise Conflict(GONE)
    place = digests.index(digest)
    digests.remove(digest)
    _show(revision, digests, actor)
    return place


def show(product: Product, digests: list[str], actor: User) -> ProductRevision:
    """Show these photos in this order, those of them that the cooperative holds; raises Invalid where it holds none."""
    revision = products.editable(product, actor)
    held = photo_queries.held_by(product.cooperative_id, digests)
    chosen = [digest for digest in dict.fromkeys(digests) if digest in held]
    if not chosen:
        raise Invalid("photos", GONE)
    return _show(revision, chosen[:MOST_PHOTOS], actor)


def _show(
    revision: ProductRevision, digests: list[str], actor: User, slots: dict[str, str] | None = None
) -> ProductRevision:
    if digests != [photo.digest for photo in revision.photos]:
        before = written(revision)
        kept = {photo.digest: photo.slot for photo in revision.photos} | (slots or {})
        revision.photos.clear()
        db.session.flush()  # the places are keys: out first, then in
        revision.photos.extend(
            RevisionPhoto(position=place, digest=digest, slot=kept.get(digest, ""))
            for place, digest in enumerate(digests)
        )
        audit.record("photos_changed", revision.product, actor, revision=revision.number, photos=digests)
        products.mended(revision, ["photos"], actor)
        edits.keep(revision, actor, before, page=PAGE)
    return revision
