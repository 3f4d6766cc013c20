"""Reading what vouchers took off, and who buys with them."""

from collections.abc import Sequence

from sqlalchemy import exists, func, or_, select

from shop.accounts.models import User
from shop.cart.models import Cart
from shop.core.db import db
from shop.orders.changes.policies import Now
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order, Purchase
from shop.orders.redemptions.models import Redemption, RedemptionShare
from shop.vouchers.models import Voucher
from shop.vouchers.people import Buyer
from shop.vouchers.sharing import shares


def buyer_of(cart: Cart, phone: str, actor: User | None) -> Buyer | None:
    """Return who buys with the vouchers of a cart; None where it has none."""
    if not cart.vouchers:
        return None
    account = actor.id if actor else None
    return Buyer(phone, account, has_ordered(phone, account))


def has_ordered(phone: str, account_id: int | None, *, besides: int = 0) -> bool:
    """Say whether this number or account has an order that was not cancelled, `besides` those of one purchase."""
    whose = Purchase.phone == phone
    if account_id is not None:
        whose = or_(whose, Purchase.buyer_id == account_id)
    kept = Order.purchase_id == Purchase.id, Order.state != OrderState.CANCELLED, Purchase.id != besides
    return bool(db.session.scalar(select(exists().where(whose, *kept))))


def of_order(order_id: int) -> list[Redemption]:
    """Return the redemptions that an order has a share of, each taken until the transaction ends."""
    mine = select(RedemptionShare.redemption_id).where(RedemptionShare.order_id == order_id)
    rows = select(Redemption).where(Redemption.id.in_(mine)).order_by(Redemption.voucher_id).with_for_update()
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


def province_part(order_id: int) -> int:
    """Return what of an order the province pays in place of its buyer, in đồng."""
    rows = (
        select(func.coalesce(func.sum(RedemptionShare.amount), 0))
        .join(RedemptionShare.redemption)
        .join(Redemption.voucher)
        .where(RedemptionShare.order_id == order_id, Voucher.cooperative_id.is_(None))
    )
    return int(db.session.scalar(rows) or 0)


def costs_of(order: Order, lines: Sequence[Now]) -> dict[int, int]:
    """Return what the buyer pays for each line of an order as it stands now, by the line's id, in đồng.

    That is its total less its part of what vouchers took off the order; nothing for a line that was left out.
    """
    totals = [now.total for now in lines]
    less = shares(order.discount, totals, totals)
    return {now.line.id: now.total - off for now, off in zip(lines, less, strict=True)}
