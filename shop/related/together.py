"""Bought together: pairs that several buyers received, never what one of them did."""

from collections import defaultdict
from datetime import timedelta

from sqlalchemy import func, select

from products.models import Sku
from products.search.models import SearchEntry
from shop.core import clock
from shop.core.db import db
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order, OrderLine, Purchase
from shop.related.models import MOST

LEAST = 3  # different buyers, told apart by their phone: a pair of fewer says something of somebody
BACK = timedelta(days=365)


def together() -> dict[int, list[int]]:
    """Return for each product the public goods that at least LEAST buyers received in the same purchase.

    The pair of more buyers comes first, then the one with the newer product. Only what was delivered counts: an order
    that nobody took, or that somebody placed for show, does not. Purchases whose buyer was erased have no phone any
    more and do not count either.
    """
    bought = (
        select(Purchase.id.label("purchase_id"), Purchase.phone, Sku.product_id)
        .join(Order, Order.purchase_id == Purchase.id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Sku, Sku.id == OrderLine.sku_id)
        .where(Order.state == OrderState.DELIVERED, Purchase.phone != "", Purchase.placed_at >= clock.now() - BACK)
        .distinct()
        .cte("bought")
    )
    this, other = bought.alias("this"), bought.alias("other")
    buyers = func.count(this.c.phone.distinct())
    pairs = (
        select(this.c.product_id, other.c.product_id.label("other_id"))
        .join(other, (other.c.purchase_id == this.c.purchase_id) & (other.c.product_id != this.c.product_id))
        .join(SearchEntry, SearchEntry.product_id == other.c.product_id)
        .group_by(this.c.product_id, other.c.product_id)
        .having(buyers >= LEAST)
        .order_by(this.c.product_id, buyers.desc(), other.c.product_id.desc())
    )
    found: defaultdict[int, list[int]] = defaultdict(list)
    for product_id, other_id in db.session.execute(pairs):
        if len(found[product_id]) < MOST:
            found[product_id].append(other_id)
    return dict(found)
