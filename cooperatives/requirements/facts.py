"""What rooms above know of a seller and requirements ask for: the app hands their answers in when it is built."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from flask import Flask, current_app


class Goods(NamedTuple):
    """How far a seller is with goods."""

    begun: int = 0  # drafts and everything after
    sent: int = 0  # of these, sent to the officer at least once
    categories: frozenset[str] = frozenset()


class Above(NamedTuple):
    """The answers of the rooms above, by a cooperative's key."""

    goods: Callable[[int], Goods]
    first_order_at: Callable[[int], datetime | None]


def init_app(app: Flask, above: Above) -> None:
    """Keep the answers of the rooms above for the running app."""
    app.extensions["seller_facts"] = above


def goods_of(cooperative_id: int) -> Goods:
    """Return how far a seller is with goods."""
    above: Above = current_app.extensions["seller_facts"]
    return above.goods(cooperative_id)


def first_order_of(cooperative_id: int) -> datetime | None:
    """Return when the first order came to a seller, or None."""
    above: Above = current_app.extensions["seller_facts"]
    return above.first_order_at(cooperative_id)
