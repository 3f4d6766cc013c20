"""An order whose buyer is asked before packing, in tests."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app

from shop.core.db import db
from shop.orders.models import Confirmation, Method, Order, Purchase
from tests.cast import Cast
from tests.shop.orders.buying import act, cart_with, place


@contextmanager
def settings_with(**changes: object) -> Iterator[None]:
    """Let the app in use have other settings in this block."""
    extensions = current_app.extensions
    before = extensions["settings"]
    extensions["settings"] = dataclasses.replace(before, **changes)
    try:
        yield
    finally:
        extensions["settings"] = before


def asked(cast: Cast, method: Method = Method.CASH, **packs: int) -> Purchase:
    """Place a purchase of a number that never bought here, where such are asked first."""
    with settings_with(cod_confirm_first=1):
        key = place(*cart_with(cast, **(packs or {"tea": 1})), method, phone="+84912000777")
    return db.session.get_one(Purchase, key)


def asked_before_packing(cast: Cast, _storage: object = None) -> tuple[str, str]:
    """Accept such an order; returns its code and the key of the receiver's link."""
    order = asked(cast).orders[0]
    act(order.id, "accept")
    return order.code, question(order).key


def question(order: Order) -> Confirmation:
    """What is asked about an order, afresh."""
    return db.session.get_one(Confirmation, order.id, populate_existing=True)
