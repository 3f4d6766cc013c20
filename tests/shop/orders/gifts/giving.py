"""A gift that is paid, for tests of what becomes of it."""

from shop.core.db import db, writing
from shop.orders import services
from shop.orders.models import Method, Order, Purchase
from shop.orders.placing import Gift
from tests.cast import Cast
from tests.shop.orders.buying import cart_with, place
from tests.shop.payments.transferring import with_accounts

LAN = Gift("Bà Nguyễn Thị Lan", "+84987000222", "Chúc bà mạnh khỏe")


def gift(cast: Cast, state: str = "accepted", **changes: object) -> Purchase:
    """Return a purchase of tea that Trần Minh Anh pays and Bà Lan receives: placed, paid or accepted."""
    with_accounts(cast)
    key = place(*cart_with(cast, tea=2), Method.BANK_QR, **({"gift": LAN} | changes))
    order = db.session.get_one(Purchase, key).orders[0].id
    for step in {"placed": (), "paid": ("mark_paid",), "accepted": ("mark_paid", "accept")}[state]:
        with writing():
            found = db.session.get_one(Order, order)
            services.mark_paid(found) if step == "mark_paid" else services.accept(found, None, "cooperative")
    return db.session.get_one(Purchase, key)
