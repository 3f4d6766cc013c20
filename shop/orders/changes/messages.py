"""What both sides are told of a change: the buyer by mail or else by SMS, the members by notice."""

from cooperatives.queries import members
from shop.core.codes import shown
from shop.core.formats import show_datetime, show_money
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import use_language
from shop.core.present import origin
from shop.notices.services import tell
from shop.orders.changes.models import Change
from shop.orders.messages import Words, tell_purchase

ASKED = Words(
    _l("Order %(code)s: something is missing"),
    _l(
        "%(seller)s has less than you ordered in %(code)s. Say until %(until)s what to do: %(url)s "
        "Without an answer you get what there is and pay only for that."
    ),
    sms=True,
)
TO_BUYER = {
    "agree": Words(
        _l("Order %(code)s: changed as you said"),
        _l("Order %(code)s is packed as you said. It now makes %(total)s. See it: %(url)s"),
    ),
    "lapse": Words(
        _l("Order %(code)s: you get what there is"),
        _l("You did not answer in time. %(seller)s sends what there is. Order %(code)s now makes %(total)s: %(url)s"),
        sms=True,
    ),
    "withdraw": Words(
        _l("Order %(code)s: everything is there after all"),
        _l("%(seller)s has all of order %(code)s after all. Nothing changes. See it: %(url)s"),
        sms=True,
    ),
}
TO_BUYER["decline"] = TO_BUYER["agree"]


def ask_buyer(change: Change) -> None:
    """Ask the buyer what to do, with until when, and what happens without an answer."""
    order = change.order
    with use_language(order.purchase.language):
        until = show_datetime(change.until) if change.until else ""
    url = f"{origin()}/purchases/{order.purchase.token}/orders/{order.code}/changes/{change.code}"
    facts = {"code": shown(order.code), "seller": order.seller_name, "until": until, "url": url}
    tell_purchase(order.purchase, f"change_ask:{change.code}", ASKED, total=order.due, **facts)


def tell_buyer(change: Change, action: str) -> None:
    """Tell the buyer what came of it; the order's sum is what it is now."""
    order = change.order
    facts = {"code": shown(order.code), "seller": order.seller_name}
    tell_purchase(order.purchase, f"change_{action}:{change.code}", TO_BUYER[action], total=order.due, **facts)


def tell_cooperative(change: Change) -> None:
    """Tell every member that the order can be packed now, and what it makes."""
    order = change.order
    for membership in members(order.cooperative):
        with use_language(membership.user.language):
            total = show_money(order.due)
        tell(membership.user, "change_ended", f"/my/orders/{order.code}", code=shown(order.code), total=total)
