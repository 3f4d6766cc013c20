"""What one buyer may have unpaid at once, in sentences that say what to do instead: pure comparisons."""

from typing import Any, NamedTuple

from shop.cart.view import CartView
from shop.core.formats import show_money
from shop.core.i18n import lazy_gettext as _l
from shop.core.present import settings
from shop.orders.models import Method

REFUSALS = 2  # parcels not taken at the door, in confirming.policies.LATELY, after which cash is not offered
MUCH = 20  # packs of one kind: more of them, and more than half of what there is, is not held for cash


class Wish(NamedTuple):
    """What a buyer wants to have in cash or by transfer: for which number and account, how many orders, what sum."""

    method: Method
    phone: str  # E.164
    buyer_id: int | None
    orders: int
    total: int  # đồng
    gift: bool = False


class Unpaid(NamedTuple):
    """What is open for a number or account: orders and đồng."""

    orders: int
    total: int


def over(wish: Wish, unpaid: Unpaid) -> Any | None:
    """Say why this wish is too much beside what is unpaid already, or None; a first purchase is never too much."""
    most, sum_ = settings().unpaid_orders, settings().unpaid_most
    if not unpaid.orders or (unpaid.orders + wish.orders <= most and unpaid.total + wish.total <= sum_):
        return None
    values = {"number": unpaid.orders, "total": show_money(unpaid.total)}
    if wish.method is Method.CASH:
        return _l(
            "%(number)s orders for you are still to be paid at the door: %(total)s. "
            "Pay this one by transfer or card, or wait until they have come.",
            **values,
        )
    return _l("%(number)s orders of yours still wait for a transfer: %(total)s. Pay them first.", **values)


def hoarding(view: CartView) -> Any | None:
    """Say which goods are too many to be held for cash, or None."""
    much = (line for line in view.lines if line.quantity > MUCH and line.quantity * 2 > line.free)
    line = next(much, None)
    if line is None:
        return None
    return _l("%(name)s: that is most of what there is. Pay first, or call the seller.", name=line.name)


def paid_by_another(wish: Wish) -> Any | None:
    """Say why a gift is not paid at the door, or None."""
    if wish.method is not Method.CASH or not wish.gift:
        return None
    return _l("Not for a gift: who receives it must not pay. Pay by transfer or card.")


def came_back(refusals: int) -> Any | None:
    """Say why cash is not offered after so many parcels came back, or None."""
    if refusals < REFUSALS:
        return None
    return _l("Not for this phone number: parcels were not taken at the door. Pay another way, or call us.")
