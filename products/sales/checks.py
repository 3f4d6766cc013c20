"""What `flask verify` proves about sales: what runs is what buyers pay, and nothing else looks like a sale."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import or_, select

from products.models import Sku
from products.sales.lifecycle import SaleState
from products.sales.models import Sale
from shop.core.db import db

_RUNS = (Sale.sku_id == Sku.id) & (Sale.state == SaleState.RUNNING)


def a_running_sale_is_what_its_sku_costs() -> Iterator[str]:
    """The SKU of a running sale costs the sale price, says until when, and knows the price it returns to."""
    wrong = or_(Sku.price != Sale.price, Sku.usual_price.is_(None), Sku.sale_until != Sale.ends_on)
    for code, costs, price in db.session.execute(
        select(Sku.code, Sku.price, Sale.price.label("sale")).join(Sale, _RUNS).where(wrong)
    ):
        yield f"SKU {code}: a sale at {price} is running, but it costs {costs}"


def only_a_running_sale_strikes_a_price() -> Iterator[str]:
    """A SKU remembers a usual price exactly while a sale runs."""
    alone = select(Sku.code).outerjoin(Sale, _RUNS).where(Sku.usual_price.is_not(None), Sale.id.is_(None))
    for code in db.session.scalars(alone):
        yield f"SKU {code}: remembers a usual price, but no sale is running"


CHECKS: list[Callable[[], Iterable[str]]] = [a_running_sale_is_what_its_sku_costs, only_a_running_sale_strikes_a_price]
