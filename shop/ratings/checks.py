"""What `flask verify` proves about ratings: bought, delivered, and counted once."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import case, func, or_, select

from products.models import Product, Sku
from shop.core.db import db
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order, OrderLine
from shop.ratings.lifecycle import RatingState
from shop.ratings.models import Rating, RatingTally
from shop.ratings.shown import STARS, TALLIED


def every_rating_was_bought() -> Iterator[str]:
    """A rating belongs to a delivered order that has its goods, of the seller who sold them."""
    rows: Any = (
        select(Rating.code)
        .join(Order, Order.id == Rating.order_id)
        .join(OrderLine, OrderLine.id == Rating.line_id)
        .join(Sku, Sku.id == OrderLine.sku_id)
        .join(Product, Product.id == Rating.product_id)
        .where(
            or_(
                Order.state != OrderState.DELIVERED,
                OrderLine.order_id != Rating.order_id,
                Sku.product_id != Rating.product_id,
                Order.cooperative_id != Rating.cooperative_id,
                Product.cooperative_id != Rating.cooperative_id,
            )
        )
    )
    for code in db.session.scalars(rows):
        yield f"rating {code}: not of goods of a delivered order of this seller"


def the_count_is_that_of_the_ratings() -> Iterator[str]:
    """The kept count of each product is what its shown ratings come to."""
    counted = [func.sum(case((Rating.stars == stars, 1), else_=0)) for stars in STARS]
    shown = select(Rating.product_id, *counted).where(Rating.state == RatingState.SHOWN).group_by(Rating.product_id)
    made = {row[0]: tuple(int(number) for number in row[1:]) for row in db.session.execute(shown)}
    kept: dict[int, tuple[int, ...]] = {
        row[0]: tuple(row[1:]) for row in db.session.execute(select(RatingTally.product_id, *TALLIED))
    }
    none = (0,) * len(STARS)
    for product in sorted(made.keys() | kept.keys()):
        if made.get(product, none) != kept.get(product, none):
            yield f"product {product}: kept count {kept.get(product, none)}, its ratings make {made.get(product, none)}"


CHECKS: list[Callable[[], Iterable[str]]] = [every_rating_was_bought, the_count_is_that_of_the_ratings]
