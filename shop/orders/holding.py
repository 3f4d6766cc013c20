"""Holding the goods of a purchase that is being placed."""

from datetime import datetime, timedelta

from products.stock.services import SoldOut, hold
from shop.core import clock
from shop.core.present import settings
from shop.orders.models import Method, Purchase

HOLD_WHILE_PAYING = timedelta(minutes=40)  # by card: the provider's session ends at 35 (decisions on Stripe)


def _kept_until(method: Method) -> datetime | None:
    if method is Method.CASH:
        return None
    by_transfer = timedelta(hours=settings().transfer_hours)
    return clock.now() + (by_transfer if method is Method.BANK_QR else HOLD_WHILE_PAYING)


def hold_goods(purchase: Purchase) -> None:
    """Hold the goods of the whole purchase in the order of their SKUs, so that two carts never wait for each other.

    Raises SoldOut with every kind of which there is not enough.
    """
    until = _kept_until(purchase.method)
    wanted = sorted((line.sku_id, line.quantity, order.code) for order in purchase.orders for line in order.lines)
    short: list[int] = []
    for sku_id, packs, code in wanted:
        try:
            hold({sku_id: packs}, code, until)
        except SoldOut as problem:
            short += problem.sku_ids
    if short:
        raise SoldOut(short)
