"""One function for every new price, from whichever page: set it, or ask the officer."""

from enum import StrEnum

from products import queries
from products import services as products
from products.models import Sku
from products.prices.queries import ranges
from products.stock import services as stock
from shop.accounts.models import User
from shop.core.errors import Conflict, Invalid
from shop.core.formats import show_money
from shop.core.i18n import lazy_gettext as _l


class Outcome(StrEnum):
    """What became of a new price."""

    SET = "set"  # buyers pay it now
    SENT = "sent"  # an officer looks at it first
    IN_DRAFT = "in_draft"  # it stands in the open draft, which is yet to be sent


def change(sku: Sku, wanted: int, seen: int, actor: User) -> Outcome:
    """Set the price (đồng a pack, above 0) where it is usual, else propose it; buyers pay the old one until then.

    `seen` is the price the page showed. Raises Conflict when it changed meanwhile or an officer reads a change of
    these goods just now, Invalid for an unusual price of another pack than the first: a draft proposes only that.
    """
    usual = ranges([sku])[sku.id]
    if not usual.side(wanted):
        stock.set_price(sku, wanted, seen, actor, "changed")
        return Outcome.SET
    if sku.position:
        low, high = show_money(usual.low), show_money(usual.high)
        raise Invalid("price", _l("This pack may cost %(low)s to %(high)s.", low=low, high=high))
    return _propose(sku, wanted, seen, actor)


def _propose(sku: Sku, wanted: int, seen: int, actor: User) -> Outcome:
    product = sku.product
    queries.lock(product)
    if sku.price != seen:
        raise Conflict(_l("The price changed meanwhile: it is now %(price)s.", price=show_money(sku.price)))
    open_already = queries.open_revision(product) is not None
    draft = products.editable(product, actor)
    products.save_draft(draft, {"price": str(wanted)}, actor)
    draft.base_price = sku.usual
    if open_already:
        return Outcome.IN_DRAFT
    try:
        products.submit(product, actor)
    except Invalid:  # rules that came after the approval ask for more: the member completes the draft first
        return Outcome.IN_DRAFT
    return Outcome.SENT
