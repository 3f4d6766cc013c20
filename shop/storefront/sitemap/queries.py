"""Addresses for crawlers: only what is public."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import exists, func, select

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative
from cooperatives.photos.models import Photo
from cooperatives.photos.names import PublicView, photo_view
from products import queries as products
from products.models import Product, RevisionPhoto
from products.search.models import SearchEntry
from shop.core.db import db
from shop.places.models import Commune

PER_FILE = 5000  # the protocol allows 50,000 (sitemaps.org); smaller files are quicker made


class Place(NamedTuple):
    """One page: slug and code of its address, when it last changed, and its first photo."""

    slug: str
    code: str
    changed: datetime | None
    photo: PublicView | None


_PHOTO: tuple[Any, ...] = (Photo.digest, Photo.width, Photo.height)


def product_files() -> int:
    """Return how many files the products fill."""
    return -(-(db.session.scalar(select(func.count()).select_from(SearchEntry)) or 0) // PER_FILE)


def of_products(number: int) -> list[Place]:
    """Return the products of one file, from 1, oldest first: a new product changes the last file only."""
    rows = products.public(Product.slug, Product.code, Product.approved_at, *_PHOTO)
    first = select(func.min(RevisionPhoto.position)).where(RevisionPhoto.revision_id == Product.approved_revision_id)
    here = RevisionPhoto.position == first.correlate(Product).scalar_subquery()
    rows = rows.outerjoin(RevisionPhoto, (RevisionPhoto.revision_id == Product.approved_revision_id) & here)
    rows = rows.outerjoin(Photo, (Photo.digest == RevisionPhoto.digest) & Photo.public_since.is_not(None))
    page = rows.order_by(Product.approved_at, Product.id).limit(PER_FILE).offset((number - 1) * PER_FILE)
    return [_place(row) for row in db.session.execute(page)]


def of_producers() -> list[Place]:
    """Return the active sellers that have something to sell."""
    face = (Photo.digest == Cooperative.photo_digest) & Photo.public_since.is_not(None)
    rows = (
        select(Cooperative.slug, Cooperative.code, Cooperative.active_since, *_PHOTO)
        .outerjoin(Photo, face)
        .where(
            Cooperative.state == CooperativeState.ACTIVE, exists().where(SearchEntry.cooperative_id == Cooperative.id)
        )
    )
    return [_place(row) for row in db.session.execute(rows.order_by(Cooperative.id))]


def of_communes() -> list[str]:
    """Return the codes of the communes that goods come from."""
    rows = select(Commune.code).where(exists().where(SearchEntry.commune_code == Commune.code))
    return list(db.session.scalars(rows.order_by(Commune.code)))


def _place(row: Any) -> Place:
    slug, code, changed, digest, width, height = row
    return Place(slug, code, changed, photo_view(digest, width, height) if digest else None)
