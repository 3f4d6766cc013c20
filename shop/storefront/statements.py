"""The selects of the storefront, each built once: putting one together costs more than running it.

What varies from page to page is a bound parameter, named in the docstrings.
"""

from functools import cache
from typing import Any

from sqlalchemy import Date, Integer, Select, bindparam, case, func, select
from sqlalchemy.orm import aliased

from cooperatives.dispatch.queries import with_calendar
from cooperatives.models import Cooperative
from cooperatives.photos.models import Photo
from products import queries as products
from products.certificates.shown import has_any
from products.models import Product, ProductRevision, RevisionPhoto, RevisionText, Sku
from products.search.models import SearchEntry
from shop.places.models import Commune
from shop.ratings.models import RatingTally
from shop.ratings.shown import TALLIED

NEWEST, CHEAPEST, DEAREST = "newest", "price_up", "price_down"
SORTS = (NEWEST, CHEAPEST, DEAREST)
BY_PRICE = {CHEAPEST: "asc", DEAREST: "desc"}

_VI, _OWN = aliased(RevisionText, name="vi_words"), aliased(RevisionText, name="own_words")
BY_AGE = (("approved_at", "desc"), ("product_id", "desc"))
LIMIT, OFFSET = bindparam("limit", type_=Integer), bindparam("offset", type_=Integer)


@cache
def newest_ids() -> Select[Any]:
    """Select the ids of the newest public products: `limit`."""
    return _newest().with_only_columns(SearchEntry.product_id).limit(LIMIT)


@cache
def seasonal_ids() -> Select[Any]:
    """Select the ids of the newest products in season: `bit` of the month, `limit`."""
    return newest_ids().where(SearchEntry.season_months.bitwise_and(bindparam("bit", type_=Integer)) != 0)


@cache
def cards_by_ids(lang: str) -> Select[Any]:
    """Select the CardRows of some products, in no order: `ids`, and their number as `limit`."""
    chosen = select(SearchEntry.product_id).where(SearchEntry.product_id.in_(bindparam("ids", expanding=True)))
    return cards_of(lang, chosen.limit(LIMIT), ())


@cache
def cards_listed(lang: str, name: str) -> Select[Any]:
    """Select one page of the newest CardRows with a value in a column of SearchEntry: `value`, `limit`, `offset`."""
    chosen = _newest(getattr(SearchEntry, name) == bindparam("value"))
    return cards_of(lang, chosen.limit(LIMIT).offset(OFFSET), BY_AGE)


@cache
def count_by(name: str) -> Select[Any]:
    """Select how many public products have a value in a column of SearchEntry: `value`."""
    return select(func.count()).select_from(SearchEntry).where(getattr(SearchEntry, name) == bindparam("value"))


@cache
def standing() -> Select[Any]:
    """Select where a product stands, and when its seller sends, a row for each of the closed days: `code`, `today`."""
    wanted = Product.code == bindparam("code")
    on_show = products.public(Product.id).where(wanted).scalar_subquery()
    chosen = (
        select(
            *(Product.id, Product.slug, Product.cooperative_id, Product.shelf, Product.approved_revision_id),
            *(ProductRevision.category, on_show.label("on_show")),
            has_any(bindparam("today", type_=Date)).label("has_papers"),
            *TALLIED,
        )
        .outerjoin(RatingTally, RatingTally.product_id == Product.id)
        .outerjoin(ProductRevision, ProductRevision.id == Product.approved_revision_id)
        .where(wanted)
    )
    return with_calendar(chosen, Product.cooperative_id)


_LEAST = func.coalesce(ProductRevision.least_packs, ProductRevision.step_packs, 1)
_FREE = case((Sku.on_hand - Sku.held < _LEAST, 0), else_=Sku.on_hand - Sku.held)  # too few to order are none


def _newest(*where: Any) -> Select[Any]:
    """Select the entries (product_id, approved_at) for which `where` holds, newest first."""
    chosen: Any = select(SearchEntry.product_id, SearchEntry.approved_at).where(*where)
    return chosen.order_by(SearchEntry.approved_at.desc(), SearchEntry.product_id.desc())


def cards_of(lang: str, ids: Select[Any], order: tuple[tuple[str, str], ...], *told: str) -> Select[Any]:
    """Select the CardRows of one page of ids, in the order of `order`: columns of `ids`; `told`: those to give back.

    The ids come first, limited and by an index, so that both engines read a page of rows and not the shop.
    """
    page = ids.subquery("page")
    ordered = [getattr(page.c[column], way)() for column, way in order]
    chosen = _cards(lang).add_columns(*(page.c[column] for column in told))
    return chosen.join(page, page.c.product_id == Product.id).order_by(*ordered)


def _cards(lang: str) -> Select[Any]:
    """Select CardRows of public products, in no order yet."""
    first_photo: Any = select(func.min(RevisionPhoto.position)).where(RevisionPhoto.revision_id == ProductRevision.id)
    first_photo = first_photo.correlate(ProductRevision).scalar_subquery()
    return (
        products.public(
            *(Product.id, Product.code, Product.slug, _VI.name, _OWN.name),
            *(Sku.price, Sku.pack_word, Sku.pack_amount, _FREE.label("free"), Sku.usual_price, Sku.sale_until),
            *(
                ProductRevision.season_months,
                Product.season_word,
                ProductRevision.ship_class,
                ProductRevision.type_code,
            ),
            *(Commune.short_name, Photo.digest, Photo.width, Photo.height),
        )
        .join(Sku, Sku.id == first_sku(Product.__table__.c.id))
        .join(Commune, Commune.code == Cooperative.commune_code)
        .outerjoin(_VI, (_VI.revision_id == ProductRevision.id) & (_VI.lang == "vi"))
        .outerjoin(_OWN, (_OWN.revision_id == ProductRevision.id) & (_OWN.lang == lang))
        .outerjoin(
            RevisionPhoto,
            (RevisionPhoto.revision_id == ProductRevision.id) & (RevisionPhoto.position == first_photo),
        )
        .outerjoin(Photo, Photo.digest == RevisionPhoto.digest)
    )


def first_sku(product_id: Any) -> Any:
    """Select the id of the first pack of the product whose id stands in this column."""
    chosen = select(Sku.id).where(Sku.product_id == product_id, Sku.retired_at.is_(None))
    return chosen.order_by(Sku.position, Sku.id).limit(1).correlate(product_id.table).scalar_subquery()
