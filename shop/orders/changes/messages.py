"""What both sides are told of a change: the buyer by mail or else by SMS, the members by notice."""

from collections.abc import Iterable

from cooperatives.queries import members
from products.packs import pack_text
from shop.core.codes import shown
from shop.core.formats import show_datetime, show_money
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import use_language
from shop.core.present import origin
from shop.notices.services import tell
from shop.orders.changes.models import Change, ChangeLine
from shop.orders.messages import Words, tell_purchase

ASKED = Words(
    _l("Order %(code)s: something is missing"),
    _l(
        "%(seller)s has less than you ordered in %(code)s. Say until %(until)s what to do: %(url)s "
        "Without an answer you get what there is and pay only for that."
    ),
    sms=True,
)
OFFERED = Words(
    _l("Order %(code)s: other goods instead?"),
    _l(
        "%(seller)s has less than you ordered in %(code)s, and offers instead, at no extra cost: %(goods)s. "
        "Say until %(until)s what to do: %(url)s Without an answer you get what there is, and nothing instead."
    ),
    sms=True,
)
OFFERED_OR_NOTHING = OFFERED._replace(
    body=_l(
        "%(seller)s has too little of what you ordered in %(code)s, and offers instead, at no extra cost: %(goods)s. "
        "Say until %(until)s what to do: %(url)s Without an answer the order is cancelled."
    )
)
TO_BUYER = {
    "agree": Words(
        _l("Order %(code)s: changed as you said"),
        _l("Order %(code)s is packed as you said. It now makes %(total)s. See it: %(url)s"),
    ),
    "instead": Words(
        _l("Order %(code)s: changed as you said"),
        _l("Order %(code)s is packed as you said, with %(goods)s. It now makes %(total)s. See it: %(url)s"),
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
TO_BUYER["decline"] = TO_BUYER["without"] = TO_BUYER["agree"]
INSTEAD = _l("%(goods)s, instead of %(missing)s")


def in_words(lines: Iterable[ChangeLine], lang: str) -> str:
    """Name what is offered instead, and of what: 2 × Cải mèo, gói 500 g, instead of Măng khô; "" for nothing."""
    with use_language(lang):
        return "; ".join(str(INSTEAD) % {"goods": _packs(line, lang), "missing": _missing(line)} for line in lines)


def _packs(line: ChangeLine, lang: str) -> str:
    goods = line.line
    return f"{line.after} × {goods.name}, {pack_text(goods.pack_word, goods.pack_amount, lang)}"


def _missing(line: ChangeLine) -> str:
    return next(one.line.name for one in line.change.lines if one.line_id == line.line.instead_of_id)


def ask_buyer(change: Change, *, cancels: bool) -> None:
    """Ask the buyer what to do, with until when, and what happens without an answer; `cancels`: the order ends."""
    order, lang = change.order, change.order.purchase.language
    words = ASKED if not change.substitutes else OFFERED_OR_NOTHING if cancels else OFFERED
    with use_language(lang):
        until = show_datetime(change.until) if change.until else ""
    url = f"{origin()}/purchases/{order.purchase.token}/orders/{order.code}/changes/{change.code}"
    facts = {"code": shown(order.code), "seller": order.seller_name, "until": until, "url": url}
    facts["goods"] = in_words(change.substitutes, lang)
    tell_purchase(order.purchase, f"change_ask:{change.code}", words, total=order.due, **facts)


def tell_buyer(change: Change, action: str) -> None:
    """Tell the buyer what came of it; the order's sum is what it is now."""
    order, goods = change.order, in_words(_taken(change), change.order.purchase.language)
    words = TO_BUYER["instead" if goods else action]
    facts = {"code": shown(order.code), "seller": order.seller_name, "goods": goods}
    tell_purchase(order.purchase, f"change_{action}:{change.code}", words, total=order.due, **facts)


def tell_cooperative(change: Change) -> None:
    """Tell every member that the order can be packed now, what it makes, and what is sent instead."""
    order, taken = change.order, _taken(change)
    for membership in members(order.cooperative):
        lang = membership.user.language
        with use_language(lang):
            total = show_money(order.due)
        if taken:
            total += f" ({in_words(taken, lang)})"
        tell(membership.user, "change_ended", f"/my/orders/{order.code}", code=shown(order.code), total=total)


def _taken(change: Change) -> list[ChangeLine]:
    return [line for line in change.substitutes if line.packs]
