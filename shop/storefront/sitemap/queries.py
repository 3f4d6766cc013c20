"""Addresses for crawlers: only what is public."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, func, select

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative
from products import queries as products
from products.models import Product
from products.search.models import SearchEntry
from shop.core.db import db
from shop.places.models import Commune

PER_FILE = 5000  # the protocol allows 50,000 (sitemaps.org); smaller files are quicker made


class Place(NamedTuple):
    """One page: slug and code of its address, and when it last changed."""

    slug: str
    code: str
    changed: datetime | None


def product_files() -> int:
    """Return how many files the products fill."""
    return -(-(db.session.scalar(select(func.count()).select_from(SearchEntry)) or 0) // PER_FILE)


def of_products(number: int) -> list[Place]:
    """Return the products of one file, from 1, oldest first: a new product changes the last file only."""
    rows = products.public(Product.slug, Product.code, Product.approved_at).order_by(Product.approved_at, Product.id)
    page = rows.limit(PER_FILE).offset((number - 1) * PER_FILE)
    return [Place(slug, code, changed) for slug, code, changed in db.session.execute(page)]


def of_producers() -> list[Place]:
    """Return the active sellers that have something to sell."""
    rows = select(Cooperative.slug, Cooperative.code, Cooperative.active_since).where(
        Cooperative.state == CooperativeState.ACTIVE, exists().where(SearchEntry.cooperative_id == Cooperative.id)
    )
    return [Place(slug, code, changed) for slug, code, changed in db.session.execute(rows.order_by(Cooperative.id))]


def of_communes() -> list[str]:
    """Return the codes of the communes that goods come from."""
    rows = select(Commune.code).where(exists().where(SearchEntry.commune_code == Commune.code))
    return list(db.session.scalars(rows.order_by(Commune.code)))
