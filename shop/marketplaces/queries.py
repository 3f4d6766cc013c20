"""Reading what channels may show: one select over what is public, whole or for one person's sellers."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, case, func, select

from cooperatives.models import Cooperative
from cooperatives.photos.models import Photo
from cooperatives.queries import open_to
from products.certificates.shown import has_any
from products.lifecycle import SeasonWord
from products.models import Product, ProductRevision, RevisionPhoto, RevisionText, Sku
from products.queries import of_person, public
from products.sales.lifecycle import SaleState
from products.sales.models import Sale
from shop.accounts.models import User
from shop.core.db import db

AT_ONCE = 500  # rows fetched at a time


class Goods(NamedTuple):
    """One pack of a public product with everything a channel asks, in Vietnamese, the language of the feeds."""

    sku_code: str
    price: int  # đồng, what is paid
    usual_price: int | None  # while a sale runs
    sale_from: date | None  # local days, both within
    sale_until: date | None
    free: int  # packs that may still be promised; 0 once the season is over
    pack_amount: int  # base units
    pack_word: str
    product_code: str
    slug: str
    category: str
    ship_class: str
    type_code: str | None
    net_grams: int | None
    packed_grams: int | None
    first_word: str  # the pack that was weighed
    first_amount: int | None
    seller: str
    name: str
    summary: str
    story: str
    photo: str | None  # digest of the cover, where it is public
    photo_width: int | None
    photo_height: int | None
    has_papers: bool = False  # certificates are in force


def _goods() -> Select[Any]:
    return (
        public(
            Sku.code,
            Sku.price,
            Sku.usual_price,
            Sale.starts_on,
            Sale.ends_on,
            case((Product.season_word == SeasonWord.OFF, 0), else_=Sku.on_hand - Sku.held),
            Sku.pack_amount,
            Sku.pack_word,
            Product.code,
            Product.slug,
            ProductRevision.category,
            ProductRevision.ship_class,
            ProductRevision.type_code,
            ProductRevision.net_grams,
            ProductRevision.packed_grams,
            ProductRevision.pack_word,
            ProductRevision.pack_amount,
            Cooperative.name,
            RevisionText.name,
            RevisionText.summary,
            RevisionText.story,
            Photo.digest,
            Photo.width,
            Photo.height,
            has_any(),
        )
        .join(Sku, and_(Sku.product_id == Product.id, Sku.retired_at.is_(None)))
        .outerjoin(Sale, and_(Sale.sku_id == Sku.id, Sale.state == SaleState.RUNNING))
        .join(RevisionText, and_(RevisionText.revision_id == ProductRevision.id, RevisionText.lang == "vi"))
        .outerjoin(RevisionPhoto, and_(RevisionPhoto.revision_id == ProductRevision.id, RevisionPhoto.position == 0))
        .outerjoin(Photo, and_(Photo.digest == RevisionPhoto.digest, Photo.public_since.is_not(None)))
        .order_by(Product.id, Sku.position, Sku.id)
    )


def goods() -> Iterator[Goods]:
    """Yield every pack that is public, by one query; how far a channel may show it is not asked here."""
    for row in db.session.execute(_goods().execution_options(yield_per=AT_ONCE)):
        yield Goods(*row)


def goods_of(user: User) -> list[Goods]:
    """Return the public packs of the sellers a person belongs to now."""
    mine = _goods().where(Product.cooperative_id.in_(open_to(user)))
    return [Goods(*row) for row in db.session.execute(mine)]


def not_public(user: User) -> int:
    """Return how many products of a person's sellers buyers do not see: drafts, in review, paused, suspended."""
    hidden = of_person(user).where(Product.withdrawn_at.is_(None), Product.id.not_in(public(Product.id)))
    return int(db.session.scalar(select(func.count()).select_from(hidden.subquery())) or 0)
