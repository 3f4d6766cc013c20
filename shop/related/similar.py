"""Similar goods: of the same category and of another seller, compared by what their pages say."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import nlargest
from typing import Any, NamedTuple

from sqlalchemy import select

from cooperatives.models import Cooperative
from products.models import Product, ProductRevision, RevisionText
from products.search.models import SearchEntry
from shop.core.db import db
from shop.core.text import fold
from shop.related.models import MOST

LOOKED_AT = 40  # of each kind, word, commune: the newest; so the work grows with the goods and not with their square
ALL_YEAR = 0b111111111111


class Goods(NamedTuple):
    """What is compared of a product; `public`: it can stand beside others, the rest only has others beside it."""

    id: int
    seller: int
    category: str
    kind: str | None  # code of products/data/types.json
    months: int  # of its season, all twelve where it has none
    commune: str
    approved_at: datetime
    words: frozenset[str]
    public: bool


def similar(goods: Iterable[Goods]) -> dict[int, list[int]]:
    """Return for each product the public goods nearest to it, at most MOST; the same goods give the same answer.

    What is compared stands on the page /ranking, in this order: the kind, the words of the name, the season, the
    commune, which an officer approved last.
    """
    rows = sorted(goods, key=lambda one: (one.approved_at, one.id), reverse=True)
    shelves: defaultdict[tuple[str, str, str], list[Goods]] = defaultdict(list)
    for one in rows:
        for key in _keys(one) if one.public else ():
            if len(shelves[key]) < LOOKED_AT:
                shelves[key].append(one)
    return {one.id: _nearest(one, {o.id: o for key in _keys(one) for o in shelves.get(key, ())}) for one in rows}


def nearness(one: Goods, other: Goods) -> tuple[bool, int, bool, bool, datetime, int]:
    """Say how near two goods of one category are: what compares as greater is nearer."""
    return (
        one.kind is not None and one.kind == other.kind,
        len(one.words & other.words),
        bool(one.months & other.months),
        one.commune == other.commune,
        other.approved_at,
        other.id,
    )


def read() -> list[Goods]:
    """Return all goods that an officer ever approved: who comes by an old link is shown what is like them."""
    rows: Any = db.session.execute(
        select(
            *(Product.id, Product.cooperative_id, ProductRevision.category, ProductRevision.type_code),
            *(ProductRevision.season_months, Cooperative.commune_code, Product.approved_at),
            *(RevisionText.name, SearchEntry.product_id),
        )
        .join(ProductRevision, ProductRevision.id == Product.approved_revision_id)
        .join(Cooperative, Cooperative.id == Product.cooperative_id)
        .outerjoin(RevisionText, (RevisionText.revision_id == ProductRevision.id) & (RevisionText.lang == "vi"))
        .outerjoin(SearchEntry, SearchEntry.product_id == Product.id)
        .where(Product.approved_at.is_not(None))
    )
    return [
        Goods(*(*row[:4], row[4] or ALL_YEAR, *row[5:7], frozenset(fold(row[7] or "").split()), row[8] is not None))
        for row in rows
    ]


def _keys(one: Goods) -> Iterator[tuple[str, str, str]]:
    yield one.category, "", ""
    yield one.category, "commune", one.commune
    if one.kind:
        yield one.category, "kind", one.kind
    for word in one.words:
        yield one.category, "word", word


def _nearest(one: Goods, there: dict[int, Goods]) -> list[int]:
    others = (other for other in there.values() if other.seller != one.seller)
    return [other.id for other in nlargest(MOST, others, key=lambda other: nearness(one, other))]
