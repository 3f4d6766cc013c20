"""What is kept beside products now, and whether this night was counted."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from shop.core.db import db
from shop.related.models import RelatedGoods, RelatedRun, Relation

Beside = dict[Relation, list[int]]  # the ids of other goods, the nearest first


def kept(product_ids: Sequence[int]) -> dict[int, Beside]:
    """Return what is kept beside these products."""
    chosen = select(RelatedGoods.product_id, RelatedGoods.relation, RelatedGoods.other_id)
    chosen = chosen.where(RelatedGoods.product_id.in_(product_ids))
    found: defaultdict[int, Beside] = defaultdict(dict)
    rows = db.session.execute(chosen.order_by(RelatedGoods.product_id, RelatedGoods.relation, RelatedGoods.position))
    for product_id, relation, other_id in rows:
        found[product_id].setdefault(relation, []).append(other_id)
    return found


def ids_beside() -> set[int]:
    """Return the ids of all products that have something beside them."""
    return set(db.session.scalars(select(RelatedGoods.product_id).distinct()))


def last_run() -> date | None:
    """Return the last day on which it was counted to the end."""
    newest = select(RelatedRun.day).where(RelatedRun.done_at.is_not(None)).order_by(RelatedRun.day.desc())
    return db.session.scalar(newest.limit(1))
