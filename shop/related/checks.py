"""What `flask verify` proves of related goods: they lie without a gap, so that no page misses one."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import func, select

from products.models import Product
from shop.core.db import db
from shop.related.models import RelatedGoods


def places_have_no_gaps() -> Iterator[str]:
    """The goods beside a product are numbered from one on."""
    last, rows = func.max(RelatedGoods.position), func.count()
    chosen = select(Product.code, RelatedGoods.relation).join(Product, Product.id == RelatedGoods.product_id)
    chosen = chosen.group_by(Product.code, RelatedGoods.relation).having(last != rows).order_by(Product.code)
    for code, relation in db.session.execute(chosen):
        yield f"product {code}: goods are missing among those beside it ({relation})"


CHECKS: list[Callable[[], Iterable[str]]] = [places_have_no_gaps]
