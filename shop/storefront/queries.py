"""What the pages of the public read: rows, not entities, through the one door to public content."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from cooperatives.models import Cooperative
from cooperatives.photos.models import Photo
from products import queries as products
from products.lifecycle import Shelf
from products.models import Product, ProductRevision, RevisionPhoto, RevisionText, Sku
from products.search.models import SearchEntry
from products.season import month_bit
from shop.core.db import db
from shop.places.models import Commune

NEWEST, CHEAPEST, DEAREST = "newest", "price_up", "price_down"
SORTS = (NEWEST, CHEAPEST, DEAREST)


class CardRow(NamedTuple):
    """What a card needs of one product; price in đồng, pack in base units, `free` packs may still be promised."""

    product_id: int
    code: str
    slug: str
    name: str | None
    own_name: str | None
    price: int
    pack_word: str
    pack_amount: int
    free: int
    season_months: int
    ship_class: str
    type_code: str | None
    place: str
    digest: str | None
    width: int | None
    height: int | None


class CommuneCount(NamedTuple):
    """A commune and how many public products of a category come from it."""

    code: str
    name: str
    products: int


class Standing(NamedTuple):
    """Where a product stands, whoever asks: enough to answer 200, 301, 404 or 410."""

    product_id: int
    slug: str
    cooperative_id: int
    revision_id: int | None
    category: str | None
    public: bool
    withdrawn: bool


_VI, _OWN = aliased(RevisionText, name="vi_words"), aliased(RevisionText, name="own_words")
_FIRST_PHOTO: Any = (
    select(func.min(RevisionPhoto.position))
    .where(RevisionPhoto.revision_id == ProductRevision.id)
    .correlate(ProductRevision)
    .scalar_subquery()
)


def _first_sku(product_id: Any) -> Any:
    """Select the id of the first pack of the product whose id stands in this column."""
    chosen = select(Sku.id).where(Sku.product_id == product_id, Sku.retired_at.is_(None))
    return chosen.order_by(Sku.position, Sku.id).limit(1).correlate(product_id.table).scalar_subquery()


def _cards(lang: str) -> Select[Any]:
    """Select CardRows of public products, in no order yet."""
    return (
        products.public(
            *(Product.id, Product.code, Product.slug, _VI.name, _OWN.name),
            *(Sku.price, Sku.pack_word, Sku.pack_amount, (Sku.on_hand - Sku.held).label("free")),
            *(ProductRevision.season_months, ProductRevision.ship_class, ProductRevision.type_code),
            *(Commune.short_name, Photo.digest, Photo.width, Photo.height),
        )
        .join(Sku, Sku.id == _first_sku(Product.__table__.c.id))
        .join(Commune, Commune.code == Cooperative.commune_code)
        .outerjoin(_VI, (_VI.revision_id == ProductRevision.id) & (_VI.lang == "vi"))
        .outerjoin(_OWN, (_OWN.revision_id == ProductRevision.id) & (_OWN.lang == lang))
        .outerjoin(
            RevisionPhoto,
            (RevisionPhoto.revision_id == ProductRevision.id) & (RevisionPhoto.position == _FIRST_PHOTO),
        )
        .outerjoin(Photo, Photo.digest == RevisionPhoto.digest)
    )


def _page(lang: str, ids: Select[*tuple[Any, ...]], *order: Any) -> list[CardRow]:
    """Return the cards of one page of ids, in the order of `order`: columns of `ids`.

    The ids come first, limited and by an index, so that both engines read a page of rows and not the shop.
    """
    page = ids.subquery("page")
    ordered = [getattr(page.c[column], way)() for column, way in order]
    chosen = _cards(lang).join(page, page.c.product_id == Product.id).order_by(*ordered)
    return [CardRow._make(row) for row in db.session.execute(chosen)]


_BY_AGE = (("approved_at", "desc"), ("product_id", "desc"))


def _newest(*where: Any) -> Select[int, datetime]:
    """Select the entries (product_id, approved_at) for which `where` holds, newest first."""
    chosen: Select[int, datetime] = (
        select(SearchEntry.product_id, SearchEntry.approved_at)
        .where(*where)
        .order_by(SearchEntry.approved_at.desc(), SearchEntry.product_id.desc())
    )
    return chosen


def newest(limit: int) -> list[int]:
    """Return the ids of the newest public products."""
    return list(db.session.scalars(_newest().limit(limit)))


def in_season(month: int, limit: int) -> list[int]:
    """Return the ids of the newest public products that have their season in this month (1 to 12)."""
    has_it = SearchEntry.season_months.bitwise_and(month_bit(month)) != 0
    return list(db.session.scalars(_newest(has_it).limit(limit)))


def by_ids(lang: str, product_ids: Sequence[int]) -> list[CardRow]:
    """Return cards of these products in the given order; what is not public is left out."""
    if not product_ids:
        return []
    chosen = select(SearchEntry.product_id).where(SearchEntry.product_id.in_(product_ids)).limit(len(product_ids))
    found = {row.product_id: row for row in _page(lang, chosen)}
    return [found[one] for one in product_ids if one in found]


def listed(
    lang: str, limit: int, offset: int, *, category: str = "", commune: str = "", sort: str = NEWEST
) -> list[CardRow]:
    """Return one page of the public products of a category, a commune, or both."""
    if sort == NEWEST:
        return _page(lang, _newest(*_within(category, commune)).limit(limit).offset(offset), *_BY_AGE)
    way = "asc" if sort == CHEAPEST else "desc"
    chosen = (
        _newest(*_within(category, commune))
        .add_columns(Sku.price)
        .join(Sku, Sku.id == _first_sku(SearchEntry.__table__.c.product_id))
        .order_by(None)
        .order_by(getattr(Sku.price, way)(), SearchEntry.approved_at.desc(), SearchEntry.product_id.desc())
    )
    return _page(lang, chosen.limit(limit).offset(offset), ("price", way), *_BY_AGE)


def of_seller(lang: str, cooperative_id: int, limit: int, offset: int = 0, without: int = 0) -> list[CardRow]:
    """Return one page of the public products of a cooperative, newest first, without the product with this id."""
    theirs = _newest(SearchEntry.cooperative_id == cooperative_id, SearchEntry.product_id != without)
    return _page(lang, theirs.limit(limit).offset(offset), *_BY_AGE)


def communes_with(category: str) -> list[CommuneCount]:
    """Return the communes that goods of a category come from, in Vietnamese order; the counts add up to all."""
    counted = (
        select(SearchEntry.commune_code, func.count().label("products"))
        .where(SearchEntry.category == category)
        .group_by(SearchEntry.commune_code)
        .subquery()
    )
    rows = (
        select(Commune.code, Commune.short_name, counted.c.products)
        .join(counted, counted.c.commune_code == Commune.code)
        .order_by(Commune.sort_key, Commune.code)
    )
    return [CommuneCount._make(row) for row in db.session.execute(rows)]


def count_of_commune(commune: str) -> int:
    """Return how many public products come from a commune."""
    return _count(SearchEntry.commune_code == commune)


def count_of_seller(cooperative_id: int) -> int:
    """Return how many public products a cooperative has."""
    return _count(SearchEntry.cooperative_id == cooperative_id)


def _count(where: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(SearchEntry).where(where)) or 0


def _within(category: str, commune: str) -> list[ColumnElement[bool]]:
    places = [SearchEntry.commune_code == commune] if commune else []
    return [SearchEntry.category == category, *places] if category else places


def standing(code: str) -> Standing | None:
    """Return where the product with this public code stands, or None where there never was one."""
    on_show = products.public(Product.id).where(Product.code == code).scalar_subquery()
    row = db.session.execute(
        select(
            *(Product.id, Product.slug, Product.cooperative_id, Product.shelf, Product.approved_revision_id),
            *(ProductRevision.category, on_show.label("on_show")),
        )
        .outerjoin(ProductRevision, ProductRevision.id == Product.approved_revision_id)
        .where(Product.code == code)
    ).first()
    if row is None:
        return None
    withdrawn = row.approved_revision_id is not None and row.shelf is Shelf.WITHDRAWN
    return Standing(
        row.id, row.slug, row.cooperative_id, row.approved_revision_id, row.category, row.on_show is not None, withdrawn
    )
