"""Which orders wait for goods of a product that will not come."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from products.models import Product, Sku
from shop.accounts.models import User
from shop.orders import queries as orders
from shop.orders.changes.queries import packs_kept
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order, OrderLine, Purchase

OPEN = (OrderState.PLACED, OrderState.ACCEPTED, OrderState.PACKED)


def touched(person: User, product: Product) -> Select[Order]:
    """Select the orders of the person's cooperatives that are not sent yet and hold packs of a product, by due day."""
    return (
        _holding(orders.of_person(person), product)
        .where(Order.state.in_(OPEN))
        .order_by(Order.ship_by, Order.id)
        .options(selectinload(Order.lines), joinedload(Order.purchase).joinedload(Purchase.commune))
    )


def one_touched(person: User, product: Product, code: str) -> Select[Order]:
    """Select the order with this code, if it is the person's cooperative's and holds packs of a product."""
    return _holding(orders.one_for(person, code), product)


def _holding(chosen: Select[Order], product: Product) -> Select[Order]:
    packs = select(Sku.id).where(Sku.product_id == product.id)
    return chosen.where(Order.id.in_(select(OrderLine.order_id).where(OrderLine.sku_id.in_(packs), packs_kept() > 0)))
