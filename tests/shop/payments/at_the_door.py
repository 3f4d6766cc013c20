"""Cash that was taken at the door, in tests."""

from shop.core.db import db, writing
from shop.orders import services as orders
from shop.orders.models import Method, Order
from shop.payments.takings import services
from shop.payments.takings.checks import CHECKS
from shop.payments.takings.models import CashTaking, Remittance
from shop.payments.tasks import follow_cash
from tests.cast import Cast
from tests.shop.orders.buying import act, at
from tests.shop.payments.outside import bought


def taken(cast: Cast, carrier: str = "Xe Hải Vân", way: str = "", **packs: int) -> str:
    """Deliver an order of Bình Lư's goods and let its cash be booked; returns the order's code."""
    code = bought(cast, Method.CASH, **(packs or {"tea": 1})).codes[0]
    order = order_of(code)
    at(order.id, "packed")
    with writing():
        again = order_of(code)
        again.ship_method = way or again.ship_method
        orders.hand_over(again, None, "cooperative", "", carrier, "29B-1")
    act(order.id, "deliver")
    follow_cash()
    return code


def remitted(cast: Cast) -> str:
    """Let a carrier pay in the cash of one order; returns the code of the remittance."""
    code = taken(cast)
    with writing():
        return services.pay_in([code], taking(code).amount, "VTP-77", "", cast.member).code


def order_of(code: str) -> Order:
    """The order of a code, afresh."""
    return db.session.query(Order).filter_by(code=code).populate_existing().one()


def taking(code: str) -> CashTaking:
    """Where the cash of an order is."""
    db.session.expire_all()
    found = [one for one in db.session.query(CashTaking) if one.payment.parts[0].order.code == code]
    assert len(found) == 1
    return found[0]


def remittance(code: str) -> Remittance:
    """The remittance of a code, afresh."""
    return db.session.query(Remittance).filter_by(code=code).populate_existing().one()


def violations() -> list[str]:
    """Everything the checks of takings find wrong."""
    return [problem for check in CHECKS for problem in check()]
