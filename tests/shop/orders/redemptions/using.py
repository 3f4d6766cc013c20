"""Purchases with vouchers for tests, and what the checks say of them."""

from typing import Any

from shop.cart.models import Cart
from shop.core.db import db, writing
from shop.ledger import checks as ledger
from shop.orders import checks as orders
from shop.orders.models import Method, Purchase
from shop.orders.redemptions import checks
from shop.orders.redemptions.models import Redemption
from shop.payments.books import checks as books
from tests.cast import Cast
from tests.shop.orders.buying import cart_with, place
from tests.shop.vouchers.making import found

CHECKS = (*checks.CHECKS, *orders.CHECKS, *ledger.CHECKS, *books.CHECKS)


def with_codes(cast: Cast, *codes: str, **packs: int) -> tuple[int, str]:
    """Make a cart with goods and vouchers; returns its id and its attempt."""
    key, attempt = cart_with(cast, **(packs or {"tea": 2}))
    with writing():
        db.session.get_one(Cart, key).vouchers = list(codes)
    return key, attempt


def bought(cast: Cast, *codes: str, method: Method = Method.CASH, phone: str = "", **packs: int) -> Purchase:
    """Place a purchase with these vouchers."""
    changes: dict[str, Any] = {"phone": phone} if phone else {}
    return db.session.get_one(Purchase, place(*with_codes(cast, *codes, **packs), method, **changes))


def uses(code: str = "TET2027") -> int:
    """How often a voucher counts as used."""
    return found(code).uses


def states(code: str = "TET2027") -> list[str]:
    """How each redemption of a voucher stands."""
    rows = db.session.query(Redemption).filter_by(voucher_id=found(code).id).order_by(Redemption.id)
    return [one.state.value for one in rows.populate_existing()]


def violations() -> list[str]:
    """What `flask verify` finds wrong with orders, vouchers and books."""
    return [problem for check in CHECKS for problem in check()]
