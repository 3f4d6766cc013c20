"""Which ways of paying a cart allows, and why not the others."""

from collections.abc import Mapping
from typing import Any

from cooperatives.queries import with_account
from shop.cart.view import CartView
from shop.core.formats import show_money
from shop.core.i18n import lazy_gettext as _l
from shop.core.present import settings
from shop.orders.limits.policies import hoarding
from shop.orders.models import Method


def offered() -> list[Method]:
    """Return the methods this market offers at all, the usual one first."""
    card = [Method.CARD] if settings().stripe_secret_key else []
    return [Method.CASH, Method.BANK_QR, *card]


def refusal(method: Method, view: CartView) -> Any:
    """Say why a cart cannot be paid by this method, naming the seller where one is the reason; None where it can."""
    if method not in offered():
        return _l("Choose how to pay.")
    if method is Method.CARD:
        return card_refusal(view.total)
    if method is Method.BANK_QR:
        return transfer_refusal({parcel.seller.id: parcel.seller.name for parcel in view.parcels})
    refusals = (cash_refusal(parcel.seller.name, parcel.total) for parcel in view.parcels)
    return next((sentence for sentence in refusals if sentence is not None), None) or hoarding(view)


def cash_refusal(seller: str, total: int) -> Any:
    """Say why one order of `total` đồng cannot be paid in cash at the door, or None."""
    most = settings().cod_most
    if total <= most:
        return None
    return _l("%(seller)s: cash only up to %(most)s an order.", seller=seller, most=show_money(most))


def transfer_refusal(sellers: Mapping[int, str]) -> Any:
    """Say which of these sellers (id to name) has no bank account in force, or None; the market never holds money."""
    have = with_account(sellers)
    missing = next((name for key, name in sellers.items() if key not in have), None)
    return _l("%(seller)s has no bank account here yet.", seller=missing) if missing is not None else None


def card_refusal(total: int) -> Any:
    """Say why a purchase of `total` đồng cannot be paid by card, or None; the provider sets both bounds."""
    least, most = settings().stripe_least, settings().stripe_most
    if total < least:
        return _l("By card only from %(least)s.", least=show_money(least))
    if total > most:
        return _l("By card only up to %(most)s.", most=show_money(most))
    return None
