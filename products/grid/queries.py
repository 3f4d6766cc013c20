"""The rows of the grid: every pack of a person's goods that are on sale or paused."""

from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import contains_eager

from cooperatives.queries import open_to
from products.lifecycle import Shelf
from products.models import Product, RevisionText, Sku
from shop.accounts.models import User

SHELVES = (Shelf.ON_SALE, Shelf.PAUSED)


def packs_of(user: User, cooperative_id: int | None = None) -> Any:
    """Select (SKU with its product, Vietnamese name), the packs of one product together, newest goods first."""
    chosen: Any = (
        select(Sku, RevisionText.name.label("name"))
        .join(Product, Product.id == Sku.product_id)
        .options(contains_eager(Sku.product))
        .join(
            RevisionText,
            and_(RevisionText.revision_id == Product.approved_revision_id, RevisionText.lang == "vi"),
        )
        .where(Product.cooperative_id.in_(open_to(user)), Product.shelf.in_(SHELVES), Sku.retired_at.is_(None))
        .order_by(Product.id.desc(), Sku.position, Sku.id)
    )
    return chosen if cooperative_id is None else chosen.where(Product.cooperative_id == cooperative_id)


def to_change(user: User, codes: list[str]) -> Any:
    """Select those of a person's packs that have these codes, in the order everybody locks them in."""
    return packs_of(user).where(Sku.code.in_(codes)).order_by(None).order_by(Product.id, Sku.id)
