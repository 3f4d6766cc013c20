"""A hold that shrinks: fewer packs are sent than were promised, and the others are free again or nowhere."""

from sqlalchemy import update

from products.models import Sku
from products.stock.guarded import change, moved
from products.stock.models import HoldState, Reason, StockHold
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import changed, db
from shop.core.errors import Conflict
from shop.core.i18n import lazy_gettext as _l


def keep_less(reference: str, sku_id: int, before: int, packs: int) -> None:
    """Hold only `packs` (0: none) of the `before` packs that are held for an order; the others are free again, once.

    Raises Conflict where that many are not held for it any more.
    """
    held = StockHold.reference == reference, StockHold.sku_id == sku_id, StockHold.state == HoldState.HELD
    if packs >= before:
        raise ValueError("a hold shrinks")
    less = {"quantity": packs} if packs else {"state": HoldState.FREED, "ended_at": clock.now()}
    statement = update(StockHold).where(*held, StockHold.quantity == before).values(**less)
    if changed(statement.execution_options(synchronize_session="fetch")) != 1:
        raise Conflict(_l("This was already handled. Open the page again to see how it stands now."))
    change(sku_id, held=Sku.held - (before - packs))


def take_off(sku_id: int, packs: int, reference: str, actor: User | None) -> int:
    """Take packs that are free but do not exist off the shelf, never one that is promised; returns how many.

    What a buyer ordered in between stays promised: the seller sees it in that order.
    """
    sku = db.session.get_one(Sku, sku_id, populate_existing=True)
    lost = min(packs, sku.on_hand - sku.held)
    if lost <= 0 or not change(sku_id, Sku.on_hand - Sku.held >= lost, on_hand=Sku.on_hand - lost):
        return 0
    moved(sku_id, -lost, Reason.COUNTED, actor, reference)
    return lost
