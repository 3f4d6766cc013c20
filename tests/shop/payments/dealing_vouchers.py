"""Vouchers in a purchase that lives at random: whose they are, and what the province owes and pays for its own."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from cooperatives.models import Cooperative
from shop.cart.models import Cart
from shop.core.db import db
from shop.ledger.models import Account
from shop.orders import services as orders
from shop.orders.confirming import services as confirming
from shop.orders.lifecycle import OrderState
from shop.orders.models import Answer, Order, Purchase
from shop.orders.redemptions.models import Redemption, RedemptionShare
from shop.payments.province import queries, services
from shop.vouchers.models import Voucher, VoucherKind
from shop.vouchers.services import make
from tests.shop.vouchers.making import terms

ENDED = (OrderState.CANCELLED, OrderState.REFUSED)


def put_vouchers(deal: Any, cart: Cart) -> Cart:
    """Put the province's voucher, one of a seller in the cart, both or none into a cart."""
    codes, dice = [], deal.rng
    if dice.random() < 0.35:
        value, kind = dice.choice(
            [(dice.randint(1, 90_000), VoucherKind.AMOUNT), (dice.randint(1, 50), VoucherKind.PERCENT)]
        )
        codes.append(make(terms("LAICHAU", value=value, kind=kind, uses_most=1), deal.cast.admin).code)
    if dice.random() < 0.35:
        seller = dice.choice(cart.lines).sku.product.cooperative
        codes.append(make(terms("RIENG", value=dice.randint(1, 3_000)), deal.cast.member, seller).code)
    cart.vouchers = codes
    db.session.flush()
    return cart


def voucher_steps(deal: Any) -> dict[Callable[[], None], int]:
    """The steps beside those of any purchase: an order with a voucher arrives at once, and the province pays for it."""
    if not deal.rows(Redemption):
        return {}
    due = [partial(pay_out, deal, debt.code) for debt in queries.debts() if debt.due]
    return {_named("arrive", partial(arrive, deal)): 3} | {_named("pay_out", step): 6 for step in due}


def arrive(deal: Any) -> None:
    """One order goes all its way, its buyer being known to the seller."""
    order = deal.rng.choice(deal.purchase.orders)
    for action in ("accept", "pack", "hand_over", "deliver"):
        if order.waits_for_buyer:
            confirming.answer(order, Answer.KNOWN, None)
        getattr(orders, action)(order, None, "cooperative", "")


def pay_out(deal: Any, code: str) -> None:
    """The province pays what is due to one seller, or a part of it, or tries more."""
    (seller,) = deal.rows(Cooperative, Cooperative.code == code)
    due = queries.due_to(seller.id)
    amount = deal.rng.choice([due, max(1, due // 3), due + 1])
    services.note(seller, amount, f"FT{deal.rng.random()}", deal.cast.admin)
    deal.purse[seller.id, Account.BANK] += amount


def covered(purchase: Purchase) -> Counter[int]:
    """What the province pays of what each seller sold, by the states of the orders."""
    rows = (
        db.session.query(Order.cooperative_id, RedemptionShare.amount)
        .join(RedemptionShare, RedemptionShare.order_id == Order.id)
        .join(Redemption, Redemption.id == RedemptionShare.redemption_id)
        .join(Voucher, Voucher.id == Redemption.voucher_id)
        .where(Order.purchase_id == purchase.id, Order.state.not_in(ENDED), Voucher.cooperative_id.is_(None))
    )
    return Counter({row.cooperative_id: row.amount for row in rows})


def _named(name: str, step: Callable[[], None]) -> Callable[[], None]:
    def taken() -> None:
        step()

    taken.__name__ = name
    return taken
