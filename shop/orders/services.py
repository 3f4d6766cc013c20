"""Placing a purchase, and each step of an order: one guarded UPDATE, a kept event, stock exactly once."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from products.stock.models import HoldState
from products.stock.services import SoldOut, end_hold, hold, take_back
from shop.accounts.models import User
from shop.audit import services as audit
from shop.cart import queries as carts
from shop.cart import services as cart_services
from shop.cart.models import Cart
from shop.cart.view import CartView
from shop.core import clock
from shop.core.codes import order_code, secret_token
from shop.core.db import db
from shop.core.errors import Conflict, DomainError
from shop.core.i18n import lazy_gettext as _l
from shop.core.present import settings
from shop.orders import messages, paying, placing
from shop.orders.lifecycle import LIFECYCLE, OrderState
from shop.orders.models import Method, Order, OrderEvent, Purchase, Shipment
from shop.orders.placing import Details

HOLD_WHILE_PAYING = timedelta(minutes=40)  # the provider's session ends at 35 (decisions on Stripe)
HANDLED = _l("This was already handled. Open the page again to see how it stands now.")
STALE = _l("Something changed since you looked. Nothing was ordered. Check the order again.")
CODE_TRIES = 20


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
    and SoldOut name the lines and leave the cart as it is; DomainError for an empty cart or too much cash.
    """
    db.session.refresh(cart, with_for_update=True)
    wish = seen or placing.address_digest(details)
    before = placed_before(attempt, method, wish)
    if before is not None:
        return before
    if attempt != cart.attempt:
        raise Conflict(STALE)
    view = carts.view(cart, details.language, details.province_code, details.commune_code, details.ways)
    placing.refuse_problems(view)
    refusal = paying.refusal(method, view)
    if refusal is not None:
        raise DomainError(refusal)
    if seen is not None and seen != placing.fingerprint(view, details):
        raise Conflict(STALE)
    purchase = _purchase(details, method, attempt, placing.request_digest(method, wish), actor, view)
    _hold(purchase)
    for order in purchase.orders:
        _keep(order, "place", actor, "buyer", total=order.total, method=method.value)
    messages.purchase_placed(purchase)
    cart_services.empty(cart)
    return purchase


def accept(order: Order, actor: User | None, by: str, note: str = "") -> None:
    """The cooperative will prepare it; Conflict while it is not paid, or when it was handled already."""
    _move(order, "accept", Order.awaiting_payment.is_(False))
    _told(order, "accept", actor, by, note)


def pack(order: Order, actor: User | None, by: str, note: str = "") -> None:
    """Everything is in the parcel; Conflict when it was handled already."""
    _move(order, "pack")
    _told(order, "pack", actor, by, note)


def hand_over(  # noqa: PLR0917 - the parcel's carrier and number beside the contract's four
    order: Order, actor: User | None, by: str, note: str = "", carrier: str = "", tracking: str = ""
) -> None:
    """The parcel is with the carrier: the goods leave the stock. Conflict when it was handled already."""
    _move(order, "hand_over")
    db.session.add(Shipment(order_id=order.id, carrier=carrier, tracking=tracking))
    end_hold(order.code, HoldState.SOLD, actor)
    _told(order, "hand_over", actor, by, note)


def deliver(order: Order, actor: User | None, by: str, note: str = "") -> None:
    """The buyer has it; Conflict when it was handled already."""
    _move(order, "deliver")
    _told(order, "deliver", actor, by, note)


def refuse(order: Order, actor: User | None, by: str, note: str = "") -> None:
    """The buyer did not take it at the door: the goods come back into the stock, once."""
    _move(order, "refuse", ended_because=note)
    take_back(order.code, actor)
    _told(order, "refuse", actor, by, note)


def cancel(order: Order, actor: User | None, by: str, note: str = "") -> None:
    """Give it up before it is packed: what was held is free again, once. `by` is buyer, cooperative or system."""
    _move(order, "cancel", ended_because=note)
    end_hold(order.code, HoldState.FREED, actor)
    _keep(order, "cancel", actor, by, note)
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
    _keep(order, "paid", actor, "system")
    messages.tell_buyer(order, "paid")
    messages.tell_cooperative(order, "order_paid")
    return True


def change_to_cash(purchase: Purchase, actor: User | None) -> None:
    """Let a purchase be paid at the door after all: what waited for money may be packed now."""
    purchase.method = Method.CASH
    for order in purchase.orders:
        if _stop_waiting(order):
            _keep(order, "to_cash", actor, "buyer")
            messages.tell_cooperative(order, "order_placed")


def mark_refunded(order: Order) -> None:
    """Note, for both sides, that the money of an ended order went back to the buyer."""
    _keep(order, "refunded", None, "system")
    messages.tell_buyer(order, "refunded")


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
        waits = order.awaiting_payment and order.state is OrderState.PLACED
        raise Conflict(_l("This order is not paid yet.") if waits else HANDLED)


def _keep(order: Order, action: str, actor: User | None, by: str, note: str = "", **facts: Any) -> None:
    key = actor.id if actor else None
    db.session.add(OrderEvent(order_id=order.id, action=action, state=order.state, by=by, actor_id=key, note=note))
    audit.record(f"order_{action}", order, actor, code=order.code, state=order.state.value, by=by, **facts)
    db.session.expire(order, ["events", "shipment"])


def _told(order: Order, action: str, actor: User | None, by: str, note: str) -> None:
    _keep(order, action, actor, by, note)
    messages.tell_buyer(order, action)


def _purchase(  # noqa: PLR0917 - everything a purchase is made of
    details: Details, method: Method, attempt: str, digest: str, actor: User | None, view: CartView
) -> Purchase:
    purchase = Purchase(
        attempt=attempt,
        request_digest=digest,
        token=secret_token(),
        buyer_id=actor.id if actor else None,
        name=details.name,
        phone=details.phone,
        email=details.email,
        province_code=details.province_code,
        commune_code=details.commune_code,
        line=details.line,
        note=details.note,
        language=details.language,
        method=method,
        total=view.total,
        placed_at=clock.now(),
    )
    codes = _free_codes(len(view.parcels))
    purchase.orders = [placing.order_of(parcel, code, method) for parcel, code in zip(view.parcels, codes, strict=True)]
    db.session.add(purchase)
    db.session.flush()
    return purchase


def _free_codes(number: int) -> list[str]:
    """Return so many order codes that no order has (of ten million, one may be taken)."""
    found: list[str] = []
    for _ in range(CODE_TRIES):
        wanted = {order_code(settings().code_prefix) for _ in range(number - len(found))} - set(found)
        taken = set(db.session.scalars(select(Order.code).where(Order.code.in_(wanted))))
        found += sorted(wanted - taken)
        if len(found) == number:
            return found
    raise Conflict(_l("No order code is free. Try again."))


def _hold(purchase: Purchase) -> None:
    """Hold the goods of the whole purchase in the order of their SKUs, so that two carts never wait for each other."""
    until = None if purchase.method is Method.CASH else clock.now() + HOLD_WHILE_PAYING
    wanted = sorted((line.sku_id, line.quantity, order.code) for order in purchase.orders for line in order.lines)
    short: list[int] = []
    for sku_id, packs, code in wanted:
        try:
            hold({sku_id: packs}, code, until)
        except SoldOut as problem:
            short += problem.sku_ids
    if short:
        raise SoldOut(short)
