"""What the pages of the public read: rows, not entities, through the one door to public content."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from cooperatives.dispatch.calendar import Calendar
from cooperatives.dispatch.queries import gathered
from products.lifecycle import SeasonWord, Shelf
from products.season import month_bit
from shop.core.days import today
from shop.core.db import db
from shop.ratings.shown import Stars, stars_in
from shop.storefront import statements
from shop.storefront.statements import NEWEST


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
    usual_price: int | None
    sale_until: date | None
    season_months: int
    season_word: SeasonWord
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
    has_papers: bool
    calendar: Calendar
    stars: Stars


def newest(limit: int) -> list[int]:
    """Return the ids of the newest public products."""
    return list(db.session.scalars(statements.newest_ids(), {"limit": limit}))


def in_season(month: int, limit: int) -> list[int]:
    """Return the ids of the newest public products that have their season in this month (1 to 12)."""
    return list(db.session.scalars(statements.seasonal_ids(), {"bit": month_bit(month), "limit": limit}))


def by_ids(lang: str, product_ids: Sequence[int]) -> list[CardRow]:
    """Return cards of these products in the given order; what is not public is left out."""
    if not product_ids:
        return []
    rows = _rows(statements.cards_by_ids(lang), ids=list(product_ids), limit=len(product_ids))
    found = {row.product_id: row for row in rows}
    return [found[one] for one in product_ids if one in found]


def listed(
    lang: str, limit: int, offset: int, *, category: str = "", commune: str = "", sort: str = NEWEST
) -> list[CardRow]:
    """Return one page of the public products of a category, a commune, or both."""
    wanted = {name: value for name, value in (("category", category), ("commune_code", commune)) if value}
    return _rows(statements.cards_listed(lang, tuple(wanted), sort), **wanted, limit=limit, offset=offset)


def of_seller(lang: str, cooperative_id: int, limit: int, offset: int = 0, without: int = 0) -> list[CardRow]:
    """Return one page of the public products of a cooperative, newest first, without the product with this id."""
    chosen = statements.cards_of_seller(lang)
    return _rows(chosen, cooperative_id=cooperative_id, without=without, limit=limit, offset=offset)


def communes_with(category: str) -> list[CommuneCount]:
    """Return the communes that goods of a category come from, in Vietnamese order; the counts add up to all."""
    rows = db.session.execute(statements.communes_with(), {"category": category})
    return [CommuneCount._make(row) for row in rows]


def count_of_commune(commune: str) -> int:
    """Return how many public products come from a commune."""
    return db.session.scalar(statements.count_by("commune_code"), {"value": commune}) or 0


def count_of_seller(cooperative_id: int) -> int:
    """Return how many public products a cooperative has."""
    return db.session.scalar(statements.count_by("cooperative_id"), {"value": cooperative_id}) or 0


def standing(code: str) -> Standing | None:
    """Return where the product with this public code stands, or None where there never was one."""
    rows = db.session.execute(statements.standing(), {"code": code, "today": today()}).all()
    if not rows:
        return None
    row = rows[0]
    withdrawn = row.approved_revision_id is not None and row.shelf is Shelf.WITHDRAWN
    stands = (row.id, row.slug, row.cooperative_id, row.approved_revision_id, row.category, row.on_show is not None)
    return Standing(*stands, withdrawn, row.has_papers, gathered(rows), stars_in(row))


def _rows(chosen: Any, **values: Any) -> list[CardRow]:
    return [CardRow._make(row) for row in db.session.execute(chosen, values)]
