"""A buyer's cart and details for tests of orders, without the pages."""

from collections.abc import Iterable

from products.stock.models import StockHold
from shop.cart import services as carts
from shop.cart.models import Cart
from shop.core.db import db, writing
from shop.orders import checks, queries, services
from shop.orders.confirming import services as confirming
from shop.orders.models import Answer, Method, Order, Purchase
from shop.orders.placing import Details
from tests.cast import Cast

HA_NOI, BA_DINH = "01", "00004"


def details(**changes: object) -> Details:
    """Where Trần Minh Anh in Hà Nội receives."""
    values: dict[str, object] = {
        "name": "Trần Minh Anh",
        "phone": "+84912000106",
        "province_code": HA_NOI,
        "commune_code": BA_DINH,
        "line": "Số 12 phố Ngọc Hà",
    }
    return Details(**(values | changes))  # type: ignore[arg-type]


def cart_with(cast: Cast, **packs: int) -> tuple[int, str]:
    """Make a visitor's cart with so many packs of tea, honey …; returns its id and its attempt."""
    with writing():
        cart, _token = carts.start(None)
        for name, number in packs.items():
            carts.add(cart, cast.sku(name).code, number, "vi")
        key, attempt = cart.id, cart.attempt
    return key, attempt


def place(cart_id: int, attempt: str, method: Method = Method.CASH, seen: str | None = None, **changes: object) -> int:
    """Place the purchase of a cart in a transaction of its own; returns the purchase's id."""
    with writing():
        cart = db.session.get_one(Cart, cart_id)
        return services.place(cart, details(**changes), method, attempt, None, seen=seen).id


def ordered(cast: Cast, method: Method = Method.CASH, **packs: int) -> Purchase:
    """Return a placed purchase of so many packs of tea, honey … (two of tea where nothing is said)."""
    return db.session.get_one(Purchase, place(*cart_with(cast, **(packs or {"tea": 2})), method))


def at(order_id: int, state: str) -> None:
    """Take an order along the way to a state."""
    path = ["accept", "pack", "hand_over", "deliver"]
    steps = {"placed": 0, "accepted": 1, "packed": 2, "handed_over": 3, "delivered": 4, "refused": 3, "cancelled": 0}
    actions = path[: steps[state]] + {"refused": ["refuse"], "cancelled": ["cancel"]}.get(state, [])
    for action in actions:
        act(order_id, action)


def act(order_id: int, action: str, by: str = "cooperative", note: str = "") -> None:
    """Take one step of an order in a transaction of its own; where the buyer is to be asked first, they are known."""
    with writing():
        if action == "pack" and db.session.get_one(Order, order_id).waits_for_buyer:
            confirming.answer(db.session.get_one(Order, order_id), Answer.KNOWN, None)
        getattr(services, action)(db.session.get_one(Order, order_id), None, by, note)


def violations() -> list[str]:
    """Everything the checks of orders find wrong."""
    return [problem for check in checks.CHECKS for problem in check()]


def holds(code: str) -> Iterable[StockHold]:
    """The holds of an order."""
    return db.session.query(StockHold).filter_by(reference=code).all()


def whole(purchase: Purchase) -> Purchase:
    """The purchase as the buyer's page reads it."""
    found = queries.by_token(purchase.token)
    assert found is not None
    return found
