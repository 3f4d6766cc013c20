"""What members see of their goods' last thirty days."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from cooperatives.models import Membership
from products.counts.models import ProductCount
from products.stock.queries import sold_since
from shop.core.days import end_of, today
from shop.core.db import db

DAYS = 30


class Counts(NamedTuple):
    """Pages opened, times put into a cart, packs handed over, in the last thirty local days."""

    seen: int = 0
    carted: int = 0
    sold: int = 0


def last_days(product_ids: Iterable[int]) -> dict[int, Counts]:
    """Return the counts of some products in two queries; products with nothing to tell are left out."""
    ids = list(product_ids)
    before = today() - timedelta(days=DAYS)
    sums = func.sum(ProductCount.seen), func.sum(ProductCount.carted)
    rows = db.session.execute(
        select(ProductCount.product_id, *sums)
        .where(ProductCount.product_id.in_(ids), ProductCount.day > before)
        .group_by(ProductCount.product_id)
    )
    found = {key: Counts(int(seen), int(carted)) for key, seen, carted in rows}
    for key, packs in sold_since(ids, end_of(before)).items():
        found[key] = found.get(key, Counts())._replace(sold=packs)
    return found


def is_member(user_id: int, cooperative_id: int) -> bool:
    """Say whether a person belongs to a cooperative now: whoever sells does not count as a visitor."""
    mine = select(Membership.id).where(
        Membership.user_id == user_id, Membership.cooperative_id == cooperative_id, Membership.left_at.is_(None)
    )
    return db.session.scalar(mine.limit(1)) is not None
