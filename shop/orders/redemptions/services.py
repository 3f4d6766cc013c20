"""Using vouchers for a purchase, and giving a use back once, in the steps of its orders."""

from collections.abc import Sequence

from sqlalchemy import exists, select, update

from shop.cart.discounts import Used
from shop.core import clock
from shop.core.db import changed, db
from shop.core.i18n import lazy_gettext as _l
from shop.orders.models import Order, Purchase
from shop.orders.redemptions import queries
from shop.orders.redemptions.lifecycle import REDEMPTION, SHARE, RedemptionState, ShareState
from shop.orders.redemptions.models import Redemption, RedemptionShare
from shop.vouchers import services as vouchers
from shop.vouchers.models import Voucher
from shop.vouchers.people import Buyer
from shop.vouchers.services import VoucherGone


class _NoneLeftError(Exception):
    """No use is left, in all or for a person."""


def use(purchase: Purchase, used: Sequence[Used], buyer: Buyer | None) -> None:
    """Count each voucher of a placed purchase as used, and keep what it took off which order; VoucherGone.

    The caller holds the number and the account of the buyer (shop.orders.limits), so who has ordered before is exact.
    """
    taken = sorted((one for one in used if one.total), key=lambda one: one.voucher_id)
    if buyer is None or not taken:
        return
    ordered = queries.has_ordered(buyer.phone, buyer.account_id, besides=purchase.id)
    orders = {order.cooperative_id: order for order in purchase.orders}
    for one in taken:
        if ordered and db.session.get_one(Voucher, one.voucher_id).first_only:
            raise VoucherGone(one.code, _l("This voucher is for a first order only."))
        people = vouchers.take(one.voucher_id, buyer)
        made = Redemption(voucher_id=one.voucher_id, purchase_id=purchase.id, amount=one.total, people=people)
        made.shares = [RedemptionShare(order_id=orders[seller].id, amount=part) for seller, part in one.parts.items()]
        db.session.add(made)
    db.session.flush()


def give_back(order: Order) -> None:
    """Give the uses of a cancelled order back, each once: when every order of the purchase that had it is cancelled."""
    for redemption in _moved(order, "give_back"):
        left = exists().where(
            RedemptionShare.redemption_id == redemption.id, RedemptionShare.state != ShareState.GIVEN_BACK
        )
        if db.session.scalar(select(left)):
            continue
        counted = redemption.state is RedemptionState.TAKEN
        redemption.state = RedemptionState(REDEMPTION.after(redemption.state, "give_back"))
        redemption.given_back_at = clock.now()
        if counted:
            vouchers.give_back(redemption.voucher_id, redemption.people)


def forfeit(order: Order) -> None:
    """Keep that a parcel with a discount was not taken at the door: its use stays used."""
    _moved(order, "forfeit")


def take_again(order: Order) -> None:
    """Use the vouchers of an order that is taken up again; it keeps its discount also where no use is left."""
    for redemption in _moved(order, "take_again"):
        if redemption.state is RedemptionState.GIVEN_BACK:
            again = "take_again" if _counted(redemption) else "honour"
            redemption.state = RedemptionState(REDEMPTION.after(redemption.state, again))
            redemption.given_back_at = None


def _counted(redemption: Redemption) -> bool:
    voucher, people = redemption.voucher_id, redemption.people
    try:
        with db.session.begin_nested():  # what was counted before none was left is not counted
            if not (vouchers.take_one(voucher) and vouchers.take_people(voucher, people)):
                raise _NoneLeftError
    except _NoneLeftError:
        return False
    return True


def _moved(order: Order, action: str) -> list[Redemption]:
    """Move an order's shares; returns the redemptions whose share moved, taken until the transaction ends."""
    if not order.discount:
        return []
    moved = []
    for redemption in queries.of_order(order.id):
        mine = RedemptionShare.redemption_id == redemption.id, RedemptionShare.order_id == order.id
        here = RedemptionShare.state.in_(SHARE.sources(action))
        if changed(update(RedemptionShare).where(*mine, here).values(state=SHARE.moves[action][1])):
            moved.append(redemption)
    return moved
