"""A delivered order and its ratings, for tests."""

from itertools import count

from shop.core.db import db, writing
from shop.orders.models import Order
from shop.ratings import checks, queries, services
from shop.ratings.models import Rating, RatingTally
from shop.ratings.reports import checks as deciding
from shop.ratings.reports import services as reports
from shop.ratings.reports.models import Verdict, Why
from shop.ratings.services import Told
from tests.cast import Cast
from tests.shop.orders.buying import at, cart_with, place

PHONES = count(1)


def delivered(cast: Cast, goods: str = "tea", state: str = "delivered", **changes: object) -> Order:
    """An order of one pack, by a buyer with a phone of their own, taken to a state."""
    told = {"phone": f"+84913{next(PHONES):06d}"} | changes
    purchase = place(*cart_with(cast, **{goods: 1}), **told)
    order = db.session.scalars(db.select(Order).filter_by(purchase_id=purchase)).one()
    at(order.id, state)
    return db.session.get_one(Order, order.id)


def rated(cast: Cast, stars: int = 5, words: str = "Thơm, sạch.", goods: str = "tea", **changes: object) -> Rating:
    """A rating of a delivered order."""
    order = delivered(cast, goods, **changes)
    with writing():
        line = db.session.get_one(Order, order.id).lines[0]
        key = services.rate(line, Told(stars, words, named=True, language="vi"), None).id
    return db.session.get_one(Rating, key)


def page_of(order: Order, goods: str = "") -> str:
    """The buyer's page of the rating of an order's only line."""
    code = goods or order.lines[0].product_code
    return f"/purchases/{order.purchase.token}/orders/{order.code}/ratings/{code}"


def rating_of(order_id: int) -> Rating | None:
    line = db.session.get_one(Order, order_id).lines[0]
    return db.session.scalar(queries.of_line(line))


def hide(cast: Cast, key: int) -> None:
    """Somebody reported a rating, and the officer hid it."""
    with writing():
        reports.report(db.session.get_one(Rating, key), Why.OTHER, "")
        reports.decide(db.session.get_one(Rating, key), cast.officer, Verdict.HIDE, "Không nói về hàng.")


def for_the_gates(cast: Cast) -> tuple[str, str, str]:
    """Three ratings, one of them reported: its author's page, the page of goods to rate, the code of the rating."""
    for stars, words in ((5, "Thơm, nước xanh."), (4, "")):
        rated(cast, stars, words)
    one = rated(cast, 2, "Gói bị rách góc, chè hơi ẩm.")
    page, code, key = page_of(one.order), one.code, one.id
    with writing():
        reports.report(db.session.get_one(Rating, key), Why.FAKE, "Không phải chè này")
    return page, page_of(delivered(cast)), code


def tally(cast: Cast, goods: str = "tea") -> list[int]:
    """How many of 1, 2, 3, 4, 5 stars are kept for goods."""
    row = db.session.get(RatingTally, cast.ids[goods], populate_existing=True)
    return [getattr(row, f"stars_{number}") for number in range(1, 6)] if row else [0] * 5


def violations() -> list[str]:
    return [problem for check in (*checks.CHECKS, *deciding.CHECKS) for problem in check()]
