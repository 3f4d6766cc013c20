"""Orders whose buyers are asked about what is missing, in tests."""

from sqlalchemy import select

from products.stock import checks as stock_checks
from shop.core.db import db, writing
from shop.ledger import checks as ledger_checks
from shop.orders import checks as order_checks
from shop.orders.changes import checks as change_checks
from shop.orders.changes import services
from shop.orders.changes.models import Change
from shop.orders.models import Method, Order
from shop.payments import checks as payment_checks
from shop.payments.books import checks as book_checks
from shop.payments.changing import checks as changing_checks
from tests.cast import Cast, make_product
from tests.shop.orders.buying import act
from tests.shop.payments.outside import Bought, bought
from tests.shop.payments.transferring import comes, with_accounts

ROOMS = (stock_checks, order_checks, change_checks, ledger_checks, payment_checks, book_checks, changing_checks)


def accepted(cast: Cast, method: Method = Method.CASH, **packs: int) -> str:
    """An order of tea and greens (three of each where nothing is said) that is being prepared; returns its code."""
    packs = packs or {"tea": 3, "greens": 3}
    if "greens" in packs and "greens" not in cast.ids:
        with writing():
            greens = make_product(cast.cooperative(), cast.member, "Cải", category="tea", price=15_000, on_hand=9)
            cast.ids["greens"] = greens.id
    if method is Method.BANK_QR:
        with_accounts(cast)
    found: Bought = bought(cast, method, **packs)
    if method is Method.BANK_QR:
        comes(cast, found.total, found.codes[0])
    act(order_of(found.codes[0]).id, "accept")
    return found.codes[0]


def order_of(code: str) -> Order:
    """The order of a code, afresh."""
    return db.session.scalars(select(Order).where(Order.code == code).execution_options(populate_existing=True)).one()


def ask(cast: Cast, code: str, *there: int, gone: bool = False, note: str = "") -> str:
    """Say how many packs there are of the first lines of an order; returns the change's code."""
    with writing():
        order = order_of(code)
        counts = {line.id: packs for line, packs in zip(order.lines, there, strict=False)}
        return services.propose(order, counts, note, cast.member, gone=gone).code


def change_of(code: str) -> Change:
    """The change of a code, afresh."""
    return db.session.scalars(select(Change).where(Change.code == code).execution_options(populate_existing=True)).one()


def asked(cast: Cast, _storage: object = None) -> dict[str, str]:
    """An order whose buyer is asked: all that its addresses need."""
    code = accepted(cast)
    change = ask(cast, code, 2)
    return {"code": code, "change": change, "token": order_of(code).purchase.token}


def violations() -> list[str]:
    """Everything that the checks of goods, orders, changes, money and books find wrong."""
    db.session.expire_all()
    return [problem for room in ROOMS for check in room.CHECKS for problem in check()]
