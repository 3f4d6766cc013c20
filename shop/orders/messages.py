"""What both sides are told: members by notice; the buyer by mail or else by SMS, and in the list if signed in."""

from datetime import timedelta
from typing import Any, NamedTuple

from cooperatives.helping.models import Scope
from cooperatives.helping.queries import helpers_of
from cooperatives.queries import members
from shop.core.codes import shown
from shop.core.formats import show_date, show_datetime, show_money
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import ngettext, use_language
from shop.core.present import origin, settings
from shop.notices.services import queue_mail, queue_sms, tell
from shop.orders.models import Method, Order, Purchase


class Words(NamedTuple):
    """What a buyer reads at one step; `sms` only where a buyer without e-mail must know at once."""

    subject: Any
    body: Any
    sms: bool = False


GIFT = _l("%(giver)s sends you a gift from %(seller)s. It is on its way; the carrier calls you.")
FACTS = {"code": _l("Order"), "seller": _l("Seller"), "total": _l("Total")}
PLACED = Words(_l("Order placed: %(code)s"), _l("Order %(code)s, %(total)s. Follow it: %(url)s"), sms=True)
CONFIRM = _l("%(seller)s: %(total)s in cash at the door. Did you order this? Press here so that it is packed: %(url)s")
TO_TRANSFER = Words(
    _l("Transfer %(total)s for order %(code)s"),
    _l("Order %(code)s waits for your money: %(total)s in %(transfers)s, until %(until)s. Pay here: %(pay_url)s"),
    sms=True,
)
TO_BUYER = {
    "accept": Words(
        _l("%(seller)s prepares your order %(code)s"),
        _l("%(seller)s prepares your order %(code)s. Follow it: %(url)s"),
        sms=True,
    ),
    "pack_weighed": Words(
        _l("Order %(code)s is weighed and packed"),
        _l("Order %(code)s is weighed and packed. By the scales it makes %(total)s. Follow it: %(url)s"),
        sms=True,
    ),
    "pack": Words(_l("Order %(code)s is packed"), _l("Order %(code)s is packed. Follow it: %(url)s")),
    "hand_over": Words(
        _l("Order %(code)s is on its way"), _l("Order %(code)s is on its way. Follow it: %(url)s"), sms=True
    ),
    "deliver": Words(_l("Order %(code)s has arrived"), _l("Order %(code)s has arrived. See it: %(url)s")),
    "refuse": Words(
        _l("Order %(code)s was not received"), _l("Order %(code)s was not received and goes back. See it: %(url)s")
    ),
    "cancel": Words(_l("Order %(code)s was cancelled"), _l("Order %(code)s was cancelled. See why: %(url)s"), sms=True),
    "message": Words(
        _l("%(seller)s wrote to you: order %(code)s"),
        _l("%(seller)s wrote to you about order %(code)s. Read it and answer: %(url)s"),
        sms=True,
    ),
    "paid": Words(_l("Order %(code)s is paid"), _l("We have the money for order %(code)s. Follow it: %(url)s")),
    "refunded": Words(
        _l("Money for order %(code)s goes back"),
        _l("%(total)s for order %(code)s went back to you. See it: %(url)s"),
        sms=True,
    ),
    "some_refunded": Words(
        _l("Some money for order %(code)s goes back"),
        _l("%(total)s for order %(code)s went back to you. %(why)s See it: %(url)s"),
        sms=True,
    ),
}


class Some(NamedTuple):
    """Part of an order's money that went back: how much (đồng), by which reason, and why in the buyer's words."""

    amount: int
    reason: str
    why: Any


def purchase_placed(purchase: Purchase, key: str | None = None) -> None:
    """Tell the buyer where to follow the purchase, and each cooperative what to send, unless money must come first.

    A buyer who pays by transfer is told instead how much in how many transfers, until when, and where. `key` is that
    of the link by which the receiver of cash parcels confirms; its SMS then takes the place of the usual one.
    """
    event = f"purchase_placed:{purchase.orders[0].code}"
    codes = ", ".join(shown(order.code) for order in purchase.orders)
    if purchase.method is Method.BANK_QR:
        tell_purchase(purchase, event, TO_TRANSFER, code=codes, total=purchase.total, **_how_to_transfer(purchase))
    else:
        words = PLACED if key is None else PLACED._replace(sms=False)
        tell_purchase(purchase, event, words, code=codes, total=purchase.total)
    if key is not None:
        ask_receiver(purchase, purchase.orders, key)
    for order in purchase.orders:
        if not order.awaiting_payment:
            tell_cooperative(order, "order_placed")


def _how_to_transfer(purchase: Purchase) -> dict[str, str]:
    number = len(purchase.orders)
    with use_language(purchase.language):
        return {
            "transfers": ngettext("%(num)s transfer", "%(num)s transfers", number),
            "until": show_datetime(purchase.placed_at + timedelta(hours=settings().transfer_hours)),
            "pay_url": f"{origin()}/pay/{purchase.token}",
        }


def ask_receiver(purchase: Purchase, orders: list[Order], key: str) -> None:
    """Send the receiver's phone, and nobody else, the link by which these orders are confirmed before packing."""
    with use_language(purchase.language):
        body = str(CONFIRM) % {
            "seller": ", ".join(order.seller_name for order in orders),
            "total": show_money(sum(order.due for order in orders)),
            "url": f"{origin()}/yes/{key}",
        }
    queue_sms(f"order_confirm:{orders[0].code}", purchase.phone, purchase.language, body)


def tell_buyer(order: Order, action: str, event: str = "") -> None:
    """Tell the buyer of one step of an order, in the language of the purchase; `event` where it may come again."""
    tell_purchase(
        order.purchase,
        event or f"order_{action}:{order.code}",
        TO_BUYER[action],
        code=shown(order.code),
        total=order.due,
        seller=order.seller_name,
    )


def tell_refunded(order: Order, some: Some | None) -> None:
    """Tell the buyer that money went back: all of it, or how much and why."""
    if some is None:
        tell_buyer(order, "refunded")
        return
    event, words = f"order_refunded:{order.code}:{some.reason}", TO_BUYER["some_refunded"]
    with use_language(order.purchase.language):
        why = str(some.why)
    tell_purchase(order.purchase, event, words, code=shown(order.code), total=some.amount, why=why)


def tell_receiver(order: Order) -> None:
    """Tell who receives a gift that it is on its way: without price, and without the link of the purchase."""
    gift = order.purchase.gift
    if gift is None or gift.phone == order.purchase.phone:
        return
    with use_language(order.purchase.language):
        body = str(GIFT) % {"giver": order.purchase.name, "seller": order.seller_name}
    queue_sms(f"order_gift:{order.code}", gift.phone, order.purchase.language, body)


def tell_cooperative(order: Order, kind: str) -> None:
    """Tell every member of the cooperative; `kind` is one of shop.notices.kinds."""
    for membership in members(order.cooperative):
        with use_language(membership.user.language):
            ship_by = show_date(order.ship_by)
        tell(membership.user, kind, f"/my/orders/{order.code}", code=shown(order.code), ship_by=ship_by)


def tell_helpers(order: Order, kind: str) -> None:
    """Tell whoever answers buyers for the seller, as far as they are not members themselves."""
    own = {membership.user_id for membership in members(order.cooperative)}
    for helper in helpers_of(order.cooperative_id, Scope.REPLIES):
        if helper.id not in own:
            tell(helper, kind, "/helping", code=shown(order.code))


def tell_purchase(purchase: Purchase, event: str, words: Words, *, total: int, **values: str) -> None:
    """Tell the buyer something, once for each `event`; `values` fill the words beside `total` (đồng) and the `url`."""
    with use_language(purchase.language):
        filled = {"total": show_money(total), "url": f"{origin()}/purchases/{purchase.token}"} | values
        subject, body = str(words.subject) % filled, str(words.body) % filled
        facts = {str(word): filled[name] for name, word in FACTS.items() if filled.get(name)}
    if purchase.buyer is not None:  # beside it a line in the list of who is signed in, and a word on that phone
        tell(purchase.buyer, "own_order", f"/purchases/{purchase.token}", said=subject)
    if purchase.email:
        letter = f"{purchase.name},\n\n{body}\n"
        queue_mail(event, purchase.email, purchase.language, subject, letter, facts=facts)
    elif words.sms:
        queue_sms(event, purchase.phone, purchase.language, body)
