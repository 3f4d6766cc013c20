"""What a failed crop changes: the shelf, the packs that can be sold, and orders that are given up for it."""

from products import queries as product_queries
from products import services as products
from products.lifecycle import Shelf
from products.models import Product
from products.stock import services as stock
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core.errors import Conflict
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import use_language
from shop.orders import services as orders
from shop.orders.models import Order


def has_failed(product: Product) -> bool:
    """Say whether nothing of a product can be ordered: it is paused, and no pack is free."""
    return product.shelf is Shelf.PAUSED and not any(sku.free for sku in product.skus if sku.retired_at is None)


def fail(product: Product, actor: User) -> None:
    """Take a product off the shelf and leave no pack free; what is promised to orders stays promised.

    Said twice it is done once. Raises Conflict for goods that were never on sale or are withdrawn, and where a
    count came between.
    """
    product_queries.lock(product)
    if product.approved_revision_id is None or product.shelf is Shelf.WITHDRAWN:
        raise Conflict(_l("These goods are not on sale. There is nothing to stop."))
    if has_failed(product):
        return
    if product.shelf is Shelf.ON_SALE:
        products.pause(product, actor)
    _leave_none(product, actor)
    audit.record("crop_failed", product, actor)


def give_up(order: Order, product: Product, actor: User) -> None:
    """Cancel an order because the crop of a product failed; the buyer reads why in the language of the purchase.

    Money and the other goods of the order go back as with every cancellation. Packs of the failed product do not
    come into the stock: they do not exist. Raises Conflict while the product is still on sale, and for an order
    that is packed or ended.
    """
    product_queries.lock(product)
    if product.shelf is Shelf.ON_SALE:
        raise Conflict(_l("These goods are on sale. Say first that the crop failed."))
    with use_language(order.purchase.language):
        why = _("The crop failed. These goods will not come.")
    orders.cancel(order, actor, "cooperative", why)
    _leave_none(product, actor)


def _leave_none(product: Product, actor: User) -> None:
    for sku in product.skus:
        if sku.retired_at is None:
            stock.leave_none(sku, sku.on_hand, actor)
