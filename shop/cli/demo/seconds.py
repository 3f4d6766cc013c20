"""The first yes to risky goods, by the officer who answers for every commune."""

from datetime import datetime

from products.models import Product
from products.risk import needs_second
from products.seconds.models import FirstLook
from shop.cli.demo.market_types import Goods
from shop.cli.demo.sheet import Sheet


def look(sheet: Sheet, goods: Goods, keys: tuple[int, int], officer: int, at: datetime) -> None:
    """Write that `officer` said yes to the first version of the goods, if they are of a kind that needs two.

    `keys` are those of the product and of its revision.
    """
    product, revision = keys
    if needs_second(goods.category, goods.ship_class):
        sheet.add(FirstLook, revision_id=revision, number=1, officer_id=officer, said_at=at)
        sheet.audit(Product, product, "first_look", officer, at, revision=1)
