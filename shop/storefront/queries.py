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


def of_category(lang: str, category: str, limit: int) -> list[CardRow]:
    """Return the newest public products of a category."""
    return _rows(statements.cards_listed(lang, "category"), value=category, limit=limit, offset=0)


def of_commune(lang: str, commune: str, limit: int, offset: int) -> list[CardRow]:
    """Return one page of the public products of a commune, newest first."""
    return _rows(statements.cards_listed(lang, "commune_code"), value=commune, limit=limit, offset=offset)


def of_seller(lang: str, cooperative_id: int, limit: int, offset: int) -> list[CardRow]:
    """Return one page of the public products of a cooperative, newest first."""
    chosen = statements.cards_listed(lang, "cooperative_id")
    return _rows(chosen, value=cooperative_id, limit=limit, offset=offset)


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
