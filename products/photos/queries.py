"""Which goods show a photo: the same one, one nearly the same, or none at all."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, select

from cooperatives.models import Cooperative
from cooperatives.photos.models import Photo, PhotoBand, PhotoUse
from products.lifecycle import RevisionState
from products.models import Product, ProductRevision, RevisionPhoto, RevisionText
from shop.core.db import db
from shop.core.looks import bands, distance

NEAREST = 3  # bits of 64; so near copies share one of four bands, so none is missed
MOST_NEAR = 5_000  # photos looked at; far more than share a band by chance among 80,000
MOST_GOODS = 200


class Alike(NamedTuple):
    """Other goods with a photo like one of ours; `is_earlier`: that seller had it before this one had this."""

    digest: str  # of ours
    product: Product
    number: int  # of a revision that shows it
    name: str
    seller: str
    is_own: bool
    is_earlier: bool


def alike(product: Product, photos: Iterable[Photo]) -> list[Alike]:
    """Return the other goods that show these photos or near copies, oldest first, each once a photo; three queries.

    Drafts of other sellers are left out: nobody has shown those. So are blank photos, which have no likeness.
    """
    ours = {photo.digest: photo.likeness for photo in photos if photo.likeness is not None}
    near = _near(ours) if ours else {}
    if not near:
        return []
    since = _since(product.cooperative_id, ours)
    found: dict[tuple[str, int], Alike] = {}
    for row in _goods(product, near):
        is_own = row.Product.cooperative_id == product.cooperative_id
        for digest in near[row.digest]:
            is_earlier = digest in since and row.created_at < since[digest]
            one = Alike(digest, row.Product, row.number, row.name or "", row.seller, is_own, is_earlier)
            found.setdefault((digest, row.Product.id), one)
    return list(found.values())


def _near(ours: dict[str, int]) -> dict[str, list[str]]:
    """Return {digest of a photo of the market: digests of ours it is like}."""
    wanted = {band for likeness in ours.values() for band in bands(likeness)}
    rows = db.session.execute(
        select(Photo.digest, Photo.likeness)
        .join(PhotoBand, PhotoBand.digest == Photo.digest)
        .where(PhotoBand.band.in_(wanted))
        .distinct()
        .limit(MOST_NEAR)
    )
    found: dict[str, list[str]] = {}
    for other, likeness in rows:
        like = [digest for digest, mine in ours.items() if distance(mine, likeness or 0) <= NEAREST]
        if like:
            found[other] = like
    return found


def _goods(product: Product, digests: Iterable[str]) -> Iterable[Any]:
    shown = ProductRevision.state != RevisionState.DRAFT
    return db.session.execute(
        select(Product, RevisionPhoto.digest, PhotoUse.created_at, ProductRevision.number)
        .add_columns(RevisionText.name, Cooperative.name.label("seller"))
        .join(ProductRevision, ProductRevision.product_id == Product.id)
        .join(RevisionPhoto, RevisionPhoto.revision_id == ProductRevision.id)
        .join(Cooperative, Cooperative.id == Product.cooperative_id)
        .join(
            PhotoUse,
            (PhotoUse.digest == RevisionPhoto.digest) & (PhotoUse.cooperative_id == Product.cooperative_id),
        )
        .outerjoin(RevisionText, (RevisionText.revision_id == ProductRevision.id) & (RevisionText.lang == "vi"))
        .where(RevisionPhoto.digest.in_(list(digests)), Product.id != product.id)
        .where(ProductRevision.state != RevisionState.PAST)
        .where(shown | (Product.cooperative_id == product.cooperative_id))
        .order_by(Product.id, ProductRevision.number.desc())
        .limit(MOST_GOODS)
    )


def _since(cooperative_id: int, digests: Iterable[str]) -> dict[str, datetime]:
    held = select(PhotoUse.digest, PhotoUse.created_at).where(
        PhotoUse.cooperative_id == cooperative_id, PhotoUse.digest.in_(list(digests))
    )
    return {row.digest: row.created_at for row in db.session.execute(held)}


def is_named() -> ColumnElement[bool]:
    """Say of a Photo whether a revision or a seller names it; a file on its way names none before it is whole."""
    by_sellers = select(Cooperative.photo_digest).where(Cooperative.photo_digest.is_not(None))
    return exists().where(RevisionPhoto.digest == Photo.digest) | Photo.digest.in_(by_sellers)


def not_looked_at(before: datetime, limit: int) -> list[str]:
    """Return the photos of which nobody has looked since `before` whether anything names them."""
    due = Photo.looked_at.is_(None) | (Photo.looked_at < before)
    return list(db.session.scalars(select(Photo.digest).where(due, Photo.created_at < before).limit(limit)))


def leaving(limit: int) -> list[tuple[str, int, datetime]]:
    """Return (digest, width, since when) of photos whose files are being deleted, oldest first."""
    found = select(Photo.digest, Photo.width, Photo.leaving_at).where(Photo.leaving_at.is_not(None))
    rows = db.session.execute(found.order_by(Photo.leaving_at).limit(limit))
    return [(row.digest, row.width, row.leaving_at) for row in rows]


def unused(before: datetime, limit: int) -> list[str]:
    """Return the photos that nothing has named since `before`."""
    stays = Photo.leaving_at.is_(None) & Photo.public_since.is_(None)
    return list(db.session.scalars(select(Photo.digest).where(Photo.unused_since < before, stays).limit(limit)))
