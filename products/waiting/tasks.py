"""The sweeps that tell who waits, and forget who waited long."""

from sqlalchemy import delete, select

from products.waiting import queries, services
from products.waiting.models import StockWait
from shop.core import clock
from shop.core.db import changed, db, writing

AT_ONCE = 100  # letters for each of the goods in a turn


def tell_back() -> int:
    """Tell who waits for goods that are in again, each once; returns how many."""
    return sum(_tell(key) for key in queries.in_again())


def _tell(product_id: int) -> int:
    keys = queries.of_product(product_id, AT_ONCE)
    db.session.rollback()
    done = 0
    for key in keys:
        with writing():
            done += services.tell_one(key)
    return done


def forget_old() -> int:
    """Delete waits of more than 90 days, and those without a yes after two; returns how many."""
    over = services.old(clock.now())
    if db.session.scalar(select(StockWait.id).where(over).limit(1)) is None:
        return 0
    with writing():
        return changed(delete(StockWait).where(over))


SWEEPS = [tell_back, forget_old]
