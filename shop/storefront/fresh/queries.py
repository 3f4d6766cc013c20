"""The newest public goods with their first words and photo."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import aliased

from cooperatives.models import Cooperative
from cooperatives.photos.models import Photo
from cooperatives.photos.names import PublicView, photo_view
from products import queries as products
from products.models import Product, RevisionPhoto, RevisionText
from products.views import Said, said
from shop.core.db import db
from shop.places.models import Commune

_VI, _OWN = aliased(RevisionText, name="vi_words"), aliased(RevisionText, name="own_words")


class Fresh(NamedTuple):
    """One of the newest goods; `since`: when its present words were approved."""

    slug: str
    code: str
    since: datetime
    name: Said
    summary: Said
    seller: str
    place: str
    photo: PublicView | None


def newest(lang: str, limit: int) -> list[Fresh]:
    """Return the newest public goods, newest first; one query."""
    return [_fresh(row, lang) for row in db.session.execute(_newest(lang), {"limit": limit})]


def _fresh(row: Any, lang: str) -> Fresh:
    name, summary = said(row.own_name, row.vi_name, lang), said(row.own_summary, row.vi_summary, lang)
    photo = photo_view(row.digest, row.width, row.height) if row.digest else None
    return Fresh(row.slug, row.code, row.approved_at, name, summary, row.seller, row.place, photo)


@cache
def _newest(lang: str) -> Any:
    first: Any = select(func.min(RevisionPhoto.position)).where(
        RevisionPhoto.revision_id == Product.approved_revision_id
    )
    here = RevisionPhoto.position == first.correlate(Product).scalar_subquery()
    words = Product.approved_revision_id
    return (
        products.public(
            *(Product.slug, Product.code, Product.approved_at),
            *(_VI.name.label("vi_name"), _OWN.name.label("own_name")),
            *(_VI.summary.label("vi_summary"), _OWN.summary.label("own_summary")),
            *(Cooperative.name.label("seller"), Commune.short_name.label("place")),
            *(Photo.digest, Photo.width, Photo.height),
        )
        .join(Commune, Commune.code == Cooperative.commune_code)
        .outerjoin(_VI, (_VI.revision_id == words) & (_VI.lang == "vi"))
        .outerjoin(_OWN, (_OWN.revision_id == words) & (_OWN.lang == lang))
        .outerjoin(RevisionPhoto, (RevisionPhoto.revision_id == words) & here)
        .outerjoin(Photo, (Photo.digest == RevisionPhoto.digest) & Photo.public_since.is_not(None))
        .order_by(Product.approved_at.desc(), Product.id.desc())
        .limit(bindparam("limit", type_=Integer))
    )
