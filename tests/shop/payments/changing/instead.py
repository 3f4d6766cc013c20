"""What a seller offers in place of goods that are missing, in tests: mustard greens at 20,000 a pack, five of them."""

from collections.abc import Callable
from typing import Any

from shop.core.db import db, writing
from shop.orders.changes import services as changes
from shop.orders.changes.substitutes import Instead
from shop.orders.models import Method
from shop.payments.changing import services
from tests.cast import Cast, make_product
from tests.shop.orders.buying import act
from tests.shop.payments.changing.asking import accepted, change_of, order_of

MUSTARD, ON_HAND = 20_000, 5
ENDS: dict[str, Callable[[Any, Cast], Any]] = {
    "agree": lambda one, _cast: services.agree(one, None),
    "without": lambda one, _cast: services.without(one, None),
    "leave_out": lambda one, _cast: services.leave_out(one, None),
    "cancel": lambda one, _cast: services.cancel(one, None),
    "lapse": lambda one, _cast: services.lapse(one.id),
    "withdraw": lambda one, cast: changes.withdraw(one, cast.member),
}


def with_mustard(cast: Cast, name: str = "mustard", price: int = MUSTARD, on_hand: int = ON_HAND) -> str:
    """Let the cooperative of the cast sell mustard greens; returns the code of the pack."""
    if name not in cast.ids:
        with writing():
            made = make_product(
                cast.cooperative(), cast.member, "Cải mèo", category="tea", price=price, on_hand=on_hand
            )
            cast.ids[name] = made.id
    return cast.sku(name).code


def offer(cast: Cast, code: str, *there: int, packs: int = 2, goods: str = "mustard", gone: bool = False) -> str:
    """Say how many packs there are of the first lines of an order, and offer others instead of the first line."""
    with_mustard(cast)
    with writing():
        order = order_of(code)
        counts = {line.id: number for line, number in zip(order.lines, there, strict=False)}
        instead = {order.lines[0].id: Instead(cast.sku(goods).code, packs)}
        return changes.propose(order, counts, "", cast.member, gone=gone, instead=instead).code


def offered(cast: Cast, _storage: object = None, **packs: int) -> dict[str, str]:
    """An order whose buyer is asked about something instead: all that its addresses need."""
    code = accepted(cast, Method.CASH, **packs)
    change = offer(cast, code, 1 if packs.get("tea") != 1 else 0)
    return {"code": code, "change": change, "token": order_of(code).purchase.token}


def end(cast: Cast, change: str, how: str) -> None:
    """End a change in one of the ways there are."""
    if how == "give up":
        act(change_of(change).order_id, "cancel", "cooperative")
        return
    with writing():
        ENDS[how](change_of(change), cast)


def stock(cast: Cast, name: str = "mustard") -> tuple[int, int]:
    """What is on hand and what is held of goods."""
    db.session.expire_all()
    return cast.sku(name).on_hand, cast.sku(name).held
