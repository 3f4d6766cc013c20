"""What stands beside goods on their page: bought together, similar ones, the seller's others; in one statement."""

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import DateTime, Integer, Select, bindparam, cast, literal, null, select, union_all

from products.search.models import SearchEntry
from shop.core.db import db
from shop.related.models import RelatedGoods, Relation
from shop.storefront.queries import CardRow
from shop.storefront.statements import cards_of

SHOWN = 4  # of each
READ = 8  # of the seller's goods: some may stand further up already
_PLACES = {Relation.TOGETHER: 0, Relation.SIMILAR: 1}
_SELLERS = 2


class Beside(NamedTuple):
    """The goods beside one product, each in the first of these lists that has it; all of them public."""

    together: list[CardRow]
    similar: list[CardRow]
    of_seller: list[CardRow]


def of_product(lang: str, product_id: int, cooperative_id: int) -> Beside:
    """Return what stands beside a product that is on sale."""
    values = {"product_id": product_id, "cooperative_id": cooperative_id, "limit": READ}
    found: tuple[list[CardRow], ...] = ([], [], [])
    for *card, section in db.session.execute(_beside(lang), values):
        found[section].append(CardRow._make(card))
    return Beside(*_each_once(found))


def like(lang: str, product_id: int) -> list[CardRow]:
    """Return goods like one that is not on sale itself."""
    return of_product(lang, product_id, 0).similar


def _each_once(lists: Iterable[list[CardRow]]) -> list[list[CardRow]]:
    seen: set[int] = set()
    chosen = []
    for rows in lists:
        chosen.append([row for row in rows if row.product_id not in seen][:SHOWN])
        seen.update(row.product_id for row in chosen[-1])
    return chosen


@cache
def _beside(lang: str) -> Select[Any]:
    """Select CardRows with the number of their list: `product_id`, `cooperative_id`, `limit`."""
    product, never = bindparam("product_id", type_=Integer), cast(null(), DateTime(timezone=True))
    related = [
        select(
            *(RelatedGoods.other_id.label("product_id"), literal(section).label("section")),
            *(RelatedGoods.position.label("place"), never.label("approved_at")),
        ).where(RelatedGoods.product_id == product, RelatedGoods.relation == relation)
        for relation, section in _PLACES.items()
    ]
    others = (
        select(SearchEntry.product_id, SearchEntry.approved_at)
        .where(SearchEntry.cooperative_id == bindparam("cooperative_id"), SearchEntry.product_id != product)
        .order_by(SearchEntry.approved_at.desc(), SearchEntry.product_id.desc())
        .limit(bindparam("limit", type_=Integer))
        .subquery("others")
    )
    sellers = select(others.c.product_id, literal(_SELLERS), literal(0), others.c.approved_at)
    both = union_all(*related, sellers).subquery("both")
    order = (("section", "asc"), ("place", "asc"), ("approved_at", "desc"), ("product_id", "desc"))
    chosen = select(both.c.product_id, both.c.section, both.c.place, both.c.approved_at)
    return cards_of(lang, chosen, order, "section")
