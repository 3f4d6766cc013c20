"""Opening a page to pay on, in three steps: keep the intent, ask outside, keep the outcome."""

from datetime import datetime

from products.packs import pack_text
from products.stock.services import keep_until
from shop.audit import services as audit
from shop.core import clock
from shop.core.codes import token_digest
from shop.core.db import db
from shop.core.i18n import gettext as _
from shop.core.i18n import use_language
from shop.core.present import origin
from shop.orders.models import Order
from shop.payments import queries
from shop.payments.methods.base import Facts, Item, Wish
from shop.payments.models import Payment, PaymentEvent, PaymentState
from shop.payments.policies import HOLD_LONGER, LEAST_TO_PAY, PAY_WITHIN, too_late_to_open, waits

MOST_ITEMS = 100  # lines the provider shows; a longer purchase gets one line an order


def begin(payment_id: int) -> bool:
    """Keep that the page is about to be opened; False when it is open already or it is too late for that.

    Where too little time is left (the provider was away), the page gets a new key and its full time, and the
    goods are held as long: the page nobody ever saw under the old key ends by itself.
    """
    payment, now = queries.locked(payment_id), clock.now()
    wanted = any(waits(part.order) for part in payment.parts)
    if payment.provider_session is not None or not wanted or too_late_to_open(payment, now):
        return False
    if payment.expires_at is None or payment.expires_at - now < LEAST_TO_PAY:
        payment.expires_at = now + PAY_WITHIN
        payment.idempotency_key = next_key(payment.idempotency_key)
        _hold_until(payment, payment.expires_at + HOLD_LONGER)
    return True


def wish_of(payment: Payment) -> Wish:
    """Return the page as it is asked of the provider; everything in it comes from what was kept at sale."""
    purchase = payment.purchase
    orders = [part.order for part in payment.parts]
    page = f"{origin()}/pay/{purchase.token}"
    with use_language(purchase.language):
        items = [item for order in orders for item in _items(order, purchase.language)]
        if len(items) > MOST_ITEMS:
            items = [Item(_("Goods of %(seller)s", seller=order.seller_name), order.due, 1) for order in orders]
    return Wish(
        key=payment.idempotency_key,
        purchase=token_digest(purchase.token),
        codes=tuple(order.code for order in orders),
        amount=payment.amount,
        items=tuple(items),
        language=purchase.language,
        expires_at=payment.expires_at or clock.now() + PAY_WITHIN,
        done_url=f"{page}/return?session_id={{CHECKOUT_SESSION_ID}}",
        back_url=page,
    )


def keep(payment_id: int, facts: Facts) -> bool:
    """Keep the page that was opened; False when the payment ended meanwhile: then the page must end too."""
    payment = queries.locked(payment_id)
    if payment.provider_session is None:  # kept even where it ended: if somebody pays it, the money is found
        payment.provider_session, payment.pay_url = facts.session, facts.url
        db.session.add(PaymentEvent(payment_id=payment.id, kind="opened", facts={"session": facts.session}))
        audit.record("payment_opened", payment, None, session=facts.session, amount=payment.amount)
    return payment.state is PaymentState.WAITING and payment.provider_session == facts.session


def fail(payment_id: int, problem: str, *, another_key: bool) -> None:
    """Keep that the page did not open; `another_key` where the provider would only repeat its answer."""
    payment = queries.locked(payment_id)
    if another_key:
        payment.idempotency_key = next_key(payment.idempotency_key)
    db.session.add(PaymentEvent(payment_id=payment.id, kind="not_opened", facts={"problem": problem}))


def next_key(key: str) -> str:
    """Return the key of the next try: "…-1" becomes "…-2"."""
    name, _dash, number = key.rpartition("-")
    return f"{name}-{int(number) + 1}"


def _items(order: Order, language: str) -> list[Item]:
    """List what is paid for; goods with a voucher as one line, since the provider takes no line below zero."""
    found = (
        [Item(_("Goods of %(seller)s, less vouchers", seller=order.seller_name), order.goods_total - order.discount, 1)]
        if order.discount
        else [
            Item(f"{line.name}, {pack_text(line.pack_word, line.pack_amount, language)}", line.price, line.quantity)
            for line in order.lines
        ]
    )
    if order.delivery_cost:
        found.append(Item(_("Delivery from %(seller)s", seller=order.seller_name), order.delivery_cost, 1))
    return found


def _hold_until(payment: Payment, moment: datetime) -> None:
    for part in payment.parts:
        keep_until(part.order.code, moment)
