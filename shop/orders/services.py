"""Placing a purchase, and each step of an order: one guarded UPDATE, a kept event, stock exactly once."""

from datetime import timedelta
from typing import Any

from sqlalchemy import exists, select, update

from products.stock.models import HoldState
from products.stock.services import end_hold, hold_again, take_back
from shop.accounts.models import User
from shop.cart import queries as carts
from shop.cart import services as cart_services
from shop.cart.models import Cart
from shop.core import clock
from shop.core.db import db
from shop.core.errors import Conflict, DomainError
from shop.core.formats import show_money
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import use_language
from shop.orders import messages, paying, placing
from shop.orders.changes import services as changes
from shop.orders.changes.policies import fingerprint
from shop.orders.changes.queries import lines_now
from shop.orders.confirming import queries as confirmations
from shop.orders.confirming import services as confirming
from shop.orders.events import keep
from shop.orders.holding import hold_goods
from shop.orders.lifecycle import LIFECYCLE, OrderState
from shop.orders.limits import services as limits
from shop.orders.messages import Some
from shop.orders.models import Method, Order, OrderEvent, Purchase, Shipment
from shop.orders.placing import Details
from shop.orders.redemptions import queries as redeeming
from shop.orders.redemptions import services as redemptions

HANDLED = _l("This was already handled. Open the page again to see how it stands now.")
CHANGED = _l("The order changed after you looked. Open it and pack by the new list.")
STALE = _l("Something changed since you looked. Nothing was ordered. Check the order again.")


def placed_before(attempt: str, method: Method, seen: str) -> Purchase | None:
    """Return the purchase this submit has made already, or None; Conflict when its key was used for another wish."""
    before = db.session.scalar(select(Purchase).where(Purchase.attempt == attempt))
    if before is not None and before.request_digest != placing.request_digest(method, seen):
        raise Conflict(_l("This order was already placed, with other details."))
    return before


def place(
    cart: Cart, details: Details, method: Method, attempt: str, actor: User | None, *, seen: str | None = None
) -> Purchase:
    """Make a purchase of everything in the cart, with one order per cooperative, and hold the goods.

    Idempotent by `attempt`, the cart's key in the form: the same submit again returns the same purchase.
    `seen` is placing.fingerprint() of the page the buyer confirmed; None where no page was shown. Raises
    Conflict for a used key with another request, an old page or a sum that moved; PriceChanged, NotForSale
    and SoldOut name the lines and leave the cart as it is, VoucherGone the voucher that no longer counts; DomainError
    for an empty cart or too much cash.
    """
    db.session.refresh(cart, with_for_update=True)
    wish = seen or placing.address_digest(details)
    before = placed_before(attempt, method, wish)
    if before is not None:
        return before
    if attempt != cart.attempt:
        raise Conflict(STALE)
    buyer = redeeming.buyer_of(cart, details.phone, actor)
    to = details.province_code, details.commune_code, details.ways
    view = carts.view(cart, details.language, *to, buyer=buyer)
    placing.refuse_problems(view)
    refusal = paying.refusal(method, view)
    if refusal is not None:
        raise DomainError(refusal)
    limits.check(placing.wish_of(details, method, actor, view))
    if seen is None or seen != placing.fingerprint(view, details):
        placing.refuse_vouchers(view)
        if seen is not None:
            raise Conflict(STALE)
    purchase = placing.purchase_of(details, method, attempt, placing.request_digest(method, wish), actor, view)
    hold_goods(purchase)
    redemptions.use(purchase, view.vouchers, buyer)
    for order in purchase.orders:
        keep(order, "place", actor, "buyer", total=order.total, method=method.value)
    key = confirming.ask(purchase, purchase.orders, actor) if method is Method.CASH else None
    messages.purchase_placed(purchase, key)
    cart_services.empty(cart)
    return purchase


def accept(order: Order, actor: User | None, by: str, note: str = "") -> None:
    """The cooperative will prepare it; Conflict while it is not paid, or when it was handled already."""
    _move(order, "accept", Order.awaiting_payment.is_(False))
    _told(order, "accept", actor, by, note)


def pack(
    order: Order, actor: User | None, by: str, note: str = "", *, press: str | None = None, seen: str = ""
) -> None:
    """Everything is in the parcel, and weighed; Conflict while the buyer is asked, or when it was handled already.

    `press` names the press of a button on a phone that may send it twice; it is kept with the step. `seen` is the
    fingerprint of the order as it was packed; Conflict where lines or sum are others now.
    """
    # Holds the row: no change comes between.
    _move(order, "pack", ~confirmations.waits(), Order.asking.is_(False), Order.to_weigh.is_(False))
    if seen and seen != fingerprint(lines_now([order])[order.id], order.to_collect):
        raise Conflict(CHANGED)
    keep(order, "pack", actor, by, note, **({"press": press} if press else {}))
    by_weight = any(line.weighed_within for line in order.lines)
    messages.tell_buyer(order, "pack_weighed" if by_weight else "pack")


def hand_over(  # noqa: PLR0917 - the parcel's carrier and number beside the contract's four
    order: Order, actor: User | None, by: str, note: str = "", carrier: str = "", tracking: str = ""
) -> None:
    """The parcel is with the carrier: the goods leave the stock. Conflict when it was handled already."""
    _move(order, "hand_over")
    db.session.add(Shipment(order_id=order.id, carrier=carrier, tracking=tracking))
    end_hold(order.code, HoldState.SOLD, actor)
    _told(order, "hand_over", actor, by, note)
    messages.tell_receiver(order)


def deliver(order: Order, actor: User | None, by: str, note: str = "") -> None:
    """The buyer has it; Conflict when it was handled already."""
    _move(order, "deliver")
    _told(order, "deliver", actor, by, note)


def refuse(order: Order, actor: User | None, by: str, note: str = "") -> None:
    """The buyer did not take it at the door: the goods come back into the stock, once."""
    _move(order, "refuse", ended_because=note)
    take_back(order.code, actor)
    redemptions.forfeit(order)
    _told(order, "refuse", actor, by, note)


def cancel(order: Order, actor: User | None, by: str, note: str = "") -> None:
    """Give it up before it is packed: what was held is free again, once. `by` is buyer, cooperative or system."""
    _move(order, "cancel", ended_because=note, asking=False)
    end_hold(order.code, HoldState.FREED, actor)
    changes.close(order, actor)
    redemptions.give_back(order)
    keep(order, "cancel", actor, by, note)
    if by != "buyer":
        messages.tell_buyer(order, "cancel")
    if by != "cooperative" and not order.awaiting_payment:
        messages.tell_cooperative(order, "order_cancelled")


def mark_paid(order: Order, actor: User | None = None) -> bool:
    """Note that the money for an order arrived, so that it may be packed; False when it did not wait for it.

    A cancelled order stays cancelled: the money then goes back (payments pulls that by query).
    """
    if not _stop_waiting(order):
        return False
    keep(order, "paid", actor, "system")
    messages.tell_buyer(order, "paid")
    messages.tell_cooperative(order, "order_paid")
    return True


def resume(order: Order, actor: User | None = None) -> bool:
    """Take up an order again that was given up unpaid, its money having come late; False where goods are gone.

    Also False for one that a person ended. Its days move by as many whole days as it lay.
    """
    given_up = order.state is OrderState.CANCELLED and order.awaiting_payment
    if not given_up or _ended_by_a_person(order.id) or not hold_again(order.code):
        return False
    lay = timedelta(days=-((order.placed_at - clock.now()) // timedelta(days=1)) - 1)
    days = {name: getattr(order, name) + lay for name in ("ship_by", "arrives_from", "arrives_to")}
    _move(order, "resume", Order.awaiting_payment.is_(True), awaiting_payment=False, ended_because="", **days)
    redemptions.take_again(order)
    keep(order, "resume", actor, "system")
    messages.tell_buyer(order, "paid")
    messages.tell_cooperative(order, "order_paid")
    return True


def _ended_by_a_person(order_id: int) -> bool:
    ended = OrderEvent.order_id == order_id, OrderEvent.action == "cancel", OrderEvent.by != "system"
    return bool(db.session.scalar(select(exists().where(*ended))))


def pay_at_the_door(order: Order, actor: User | None) -> bool:
    """Let one order of a purchase be paid at the door after all; False when it did not wait for its money."""
    if not _stop_waiting(order):
        return False
    keep(order, "to_cash", actor, "buyer")
    key = confirming.ask(order.purchase, [order], actor)
    if key:
        messages.ask_receiver(order.purchase, [order], key)
    messages.tell_cooperative(order, "order_placed")
    return True


def mark_refunded(order: Order, some: Some | None = None) -> None:
    """Note, for both sides, that money went back to the buyer: that of an ended order, or some of one that goes on."""
    note = ""
    if some is not None:
        with use_language(order.purchase.language):
            note = f"{show_money(some.amount)}. {some.why}"
    keep(order, "refunded", None, "system", note)
    messages.tell_refunded(order, some)


def _stop_waiting(order: Order) -> bool:
    found = db.session.scalars(
        update(Order)
        .where(Order.id == order.id, Order.state == OrderState.PLACED, Order.awaiting_payment.is_(True))
        .values(awaiting_payment=False)
        .returning(Order.id)
    ).all()
    db.session.refresh(order)
    return bool(found)


def _move(order: Order, action: str, *conditions: Any, **values: Any) -> None:
    """Change the state if the table of moves allows it in the database as it is now; Conflict otherwise."""
    moved = db.session.scalars(
        update(Order)
        .where(Order.id == order.id, Order.state.in_(LIFECYCLE.sources(action)), *conditions)
        .values(state=LIFECYCLE.moves[action][1], **values)
        .returning(Order.id)
    ).all()
    db.session.refresh(order)
    if not moved:
        raise Conflict(_why_not(order, action))


def _why_not(order: Order, action: str) -> Any:
    if order.awaiting_payment and order.state is OrderState.PLACED:
        return _l("This order is not paid yet.")
    if action == "pack" and order.asking:
        return _l("The buyer has not said yet what to do about what is missing. Wait, or take the question back.")
    if action == "pack" and order.to_weigh and order.state is OrderState.ACCEPTED:
        return _l("Weigh it first: these goods are paid by the scales. Then pack.")
    if action == "pack" and order.state is OrderState.ACCEPTED:
        return _l("Call the buyer first and note the answer. Then pack.")
    return HANDLED


def _told(order: Order, action: str, actor: User | None, by: str, note: str, **facts: Any) -> None:
    keep(order, action, actor, by, note, **facts)
    messages.tell_buyer(order, action)
