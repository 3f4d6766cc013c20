"""The two selects of a list that can be narrowed: how many there are of what, and one page of cards.

What varies from page to page is a bound parameter, named in the docstrings; each select is built once for its shape.
"""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    Text,
    bindparam,
    case,
    column,
    exists,
    func,
    literal,
    null,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import aliased

from cooperatives.certificates.kinds import SHOWN
from cooperatives.certificates.models import Certificate, in_force
from cooperatives.models import Cooperative
from products.catalogue import SHIP_CLASSES
from products.certificates.models import CertificateProduct
from products.models import Sku
from products.search.models import SearchEntry
from shop.places.models import Commune
from shop.shipping.reach import limits
from shop.storefront import statements
from shop.storefront.lists.asked import CATEGORY, CERTIFICATE, COMMUNE, PRODUCER, SEASON, SEND_TO

TOO_HEAVY = 10**12  # grams: no way to a door


class Shape(NamedTuple):
    """All that changes the text of the selects: the engine, whether the list is of found ids, and which prices."""

    sqlite: bool
    found: bool  # of the ids of a search, in its order; else of a category
    least: bool
    most: bool
    certified: bool


@cache
def counts(shape: Shape) -> Select[Any]:
    """Select how many goods of the list have each set of values; the rows with a kind count a certificate's goods.

    `category` or `ids`, `bit` of the month, `today`, `least` and `most` (đồng), `certificate`.
    """
    entries = _entries(shape, *_in_list(shape)).subquery("entries")
    values = tuple(one for one in entries.c if one.key != "product_id")
    plain: Any = select(*values, null().cast(Text).label("kind"), func.count().label("goods")).group_by(*values)
    held = _held().subquery("held")
    # From the few that have one to their entries: a category without any costs nothing more.
    of_kind = _entries(shape, *_in_list(shape, by_key=True)).join(held, held.c.product_id == SearchEntry.product_id)
    certified = of_kind.add_columns(held.c.kind).subquery("certified_entries")
    kind_values = [certified.c[one.key] for one in values]
    kinds: Any = select(*kind_values, certified.c.kind, func.count().label("goods"))
    kinds = kinds.group_by(*kind_values, certified.c.kind)
    both = union_all(plain, kinds).subquery("both")
    named = (Commune.short_name, Commune.sort_key, Cooperative.code.label("producer"), Cooperative.name)
    return (
        select(*(one for one in both.c if one.key != "cooperative_id"), *named)
        .join(Commune, Commune.code == both.c.commune_code)
        .join(Cooperative, Cooperative.id == both.c.cooperative_id)
    )


@cache
def cards(lang: str, shape: Shape, narrowed: tuple[str, ...], sort: str) -> Select[Any]:
    """Select one page of CardRows of a list: as `counts`, with a value for each facet of `narrowed`, limit and offset.

    `reach_…` for each class of `reach()` where SEND_TO narrows. `sort` '' is the order of the search.
    """
    chosen: Any = select(SearchEntry.product_id, SearchEntry.approved_at).where(
        *_in_list(shape), *([_priced(shape)] if shape.least or shape.most else []), *map(_narrowing, narrowed)
    )
    order: tuple[tuple[str, str], ...] = statements.BY_AGE
    if sort in statements.BY_PRICE:
        way = statements.BY_PRICE[sort]
        first = statements.first_sku(SearchEntry.__table__.c.product_id)
        chosen, order = chosen.add_columns(Sku.price).join(Sku, Sku.id == first), (("price", way), *order)
    elif not sort:
        ids = _ids(shape)
        chosen = chosen.add_columns(ids.c.place).join(ids, ids.c.product_id == SearchEntry.product_id)
        order = (("place", "asc"),)
    chosen = chosen.order_by(*(getattr(_column(chosen, name), way)() for name, way in order))
    return statements.cards_of(lang, chosen.limit(statements.LIMIT).offset(statements.OFFSET), order)


def _column(chosen: Any, name: str) -> Any:
    return next(one for one in chosen.selected_columns if one.key == name)


def _entries(shape: Shape, *where: Any) -> Select[Any]:
    """Select the goods for which `where` holds with what they can be narrowed by."""
    # An expression with a parameter in it groups only where it has a name: so the values are made here.
    in_price = case((_priced(shape), 1), else_=0) if shape.least or shape.most else literal(1)
    certified = case((_narrowing(CERTIFICATE), 1), else_=0) if shape.certified else literal(1)
    return select(
        SearchEntry.product_id,
        *(SearchEntry.category, SearchEntry.commune_code, SearchEntry.cooperative_id, SearchEntry.sent_as),
        case((_narrowing(SEASON), 1), else_=0).label("season"),
        case(*((SearchEntry.parcel_grams <= most, most) for most in limits()), else_=TOO_HEAVY).label("weight"),
        in_price.label("in_price"),
        certified.label("certified"),
    ).where(*where)


def _in_list(shape: Shape, *, by_key: bool = False) -> list[ColumnElement[bool]]:
    if shape.found:
        return [SearchEntry.product_id.in_(select(_ids(shape).c.product_id))]
    category: Any = SearchEntry.category.concat("") if by_key else SearchEntry.category  # no index: the key is nearer
    return [category == bindparam("of_category", type_=Text)]


def _ids(shape: Shape) -> FromClause:
    """The found ids with their places, handed over as one value: JSON, or an array."""
    if shape.sqlite:
        given: Any = func.json_each(bindparam("ids", type_=Text)).table_valued("value", "key")
        product_id, place = given.c.value, given.c.key
    else:
        ids = func.unnest(bindparam("ids", type_=ARRAY(BigInteger)))
        given = ids.table_valued(column("value", BigInteger), with_ordinality="key").render_derived()
        product_id, place = given.c.value, given.c.key
    found: FromClause = select(product_id.label("product_id"), place.label("place")).subquery("ids")
    return found


def _priced(shape: Shape) -> ColumnElement[bool]:
    """Say whether a pack costs what was asked, both ends included, as the search reads it."""
    pack = aliased(Sku)  # the list may be in the order of another one's price
    wanted = [pack.product_id == SearchEntry.product_id, pack.retired_at.is_(None)]
    wanted += [pack.price >= bindparam("least", type_=BigInteger)] if shape.least else []
    wanted += [pack.price <= bindparam("most", type_=BigInteger)] if shape.most else []
    return exists().where(*wanted)


def _narrowing(facet: str) -> ColumnElement[bool]:
    """Say whether an entry has the value of a facet that is bound by its name."""
    if facet == SEASON:
        return SearchEntry.season_months.bitwise_and(bindparam("bit", type_=Integer)) != 0
    if facet == CERTIFICATE:
        held = _held().subquery("of_kind")
        wanted = select(held.c.product_id).where(held.c.kind == bindparam(CERTIFICATE, type_=Text))
        return SearchEntry.product_id.in_(wanted)
    if facet == SEND_TO:
        carried = [(SearchEntry.sent_as == code, bindparam(f"reach_{code}", type_=Integer)) for code in SHIP_CLASSES]
        return SearchEntry.parcel_grams <= case(*carried, else_=-1)
    if facet == PRODUCER:
        ours = select(Cooperative.id).where(Cooperative.code == bindparam(PRODUCER, type_=Text))
        return SearchEntry.cooperative_id == ours.scalar_subquery()
    columns = {CATEGORY: SearchEntry.category, COMMUNE: SearchEntry.commune_code}
    return columns[facet] == bindparam(facet, type_=Text)


def _held() -> Any:
    """Select which goods have a certificate of which kind in force today: their seller's, or one that names them."""
    entry = aliased(SearchEntry)
    told = Certificate.kind.in_(sorted(SHOWN)) & in_force(bindparam("today", type_=Date))
    of_all = select(entry.product_id, Certificate.kind).join(
        Certificate, (Certificate.cooperative_id == entry.cooperative_id) & Certificate.whole_seller
    )
    of_some = select(CertificateProduct.product_id, Certificate.kind).join(
        Certificate, Certificate.id == CertificateProduct.certificate_id
    )
    return union(of_all.where(told), of_some.where(told, CertificateProduct.decision_id.is_not(None)))
