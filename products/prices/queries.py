"""What the rule about prices needs to know, for one SKU or three hundred."""

from collections.abc import Iterable

from sqlalchemy import func, select

from products.catalogue import price_band
from products.models import Product, ProductRevision, Sku
from products.prices.policies import Range, at_once
from products.stock.models import PriceChange
from shop.core.db import db


def ranges(skus: Iterable[Sku]) -> dict[int, Range]:
    """Return which prices of some SKUs (by id) apply at once, in two queries; only of goods that are approved.

    The first pack's approved price is the one in the approved revision; another pack's the one it was opened at.
    """
    wanted = {sku.id: sku for sku in skus}
    rows = db.session.execute(
        select(Sku.id, ProductRevision.type_code, ProductRevision.proposed_price)
        .join(Product, Product.id == Sku.product_id)
        .join(ProductRevision, ProductRevision.id == Product.approved_revision_id)
        .where(Sku.id.in_(wanted))
    ).all()
    opened = _opened_at(wanted)
    found: dict[int, Range] = {}
    for sku_id, type_code, proposed in rows:
        sku = wanted[sku_id]
        opening = opened.get(sku_id, sku.usual)
        approved = proposed or opening if sku.position == 0 else opening
        found[sku_id] = at_once(price_band(type_code, sku.pack_word, sku.pack_amount), approved)
    return found


def _opened_at(sku_ids: Iterable[int]) -> dict[int, int]:
    """The price before the first change, of the SKUs whose price ever changed."""
    first = select(func.min(PriceChange.id)).where(PriceChange.sku_id.in_(sku_ids)).group_by(PriceChange.sku_id)
    rows = select(PriceChange.sku_id, PriceChange.old_price).where(PriceChange.id.in_(first))
    return {row.sku_id: row.old_price for row in db.session.execute(rows)}
