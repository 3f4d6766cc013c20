"""Buyers who do not give up: while the market is away they ask again, as people do."""

import http.client
import itertools
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple, TypeVar

import httpx
import pytest

from shop.core.db import db
from shop.orders.models import Method
from tests.races.starting import FULL, before_the_button
from tests.server import Market
from tests.shelves import Goods
from tests.visitor import Answer, Visitor

PATIENCE = 90.0  # seconds in which a market must be there again
PAUSE = 0.1
Found = TypeVar("Found")
once_unless_full = pytest.mark.skipif(
    bool(os.environ.get("TEST_DATABASE_URL")) and not FULL,
    reason="what is away is outside the database: on SQLite only, on both with FULL=1",
)


class Sold(NamedTuple):
    """A purchase whose answer reached its buyer."""

    attempt: str
    token: str
    method: Method
    goods: Goods


def insist(ask: Callable[[], Found]) -> Found:
    """Ask until there is an answer; what the other side refuses in words is one too."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return ask()
        except (OSError, http.client.HTTPException, httpx.HTTPError):
            if time.monotonic() > end:
                raise
            time.sleep(PAUSE)


def buy(market: Market, goods: Goods, place: int, method: Method) -> tuple[Visitor, Sold]:
    """Go the whole way to the last button and press it until it answers; it must answer with the order."""
    buyer, fields = insist(lambda: before_the_button(market, goods.sku, place, method.value))
    answer = insist(lambda: buyer.post("/checkout/confirmation", **fields))
    assert answer.status == 302, answer.words
    return buyer, Sold(fields["attempt"], token_in(answer), method, goods)


def token_in(answer: Answer) -> str:
    """The token of the purchase that a redirect leads to: /purchases/TOKEN or /pay/TOKEN."""
    _root, page, token = answer.location.split("/")[:3]
    assert page in {"purchases", "pay"}, answer.location
    return token


@contextmanager
def at_work(number: int, work: Callable[[int], object]) -> Iterator[None]:
    """Let so many threads repeat `work`, each time with a number of its own, until the block ends; failures raise."""
    places, stop = itertools.count(), threading.Event()

    def repeat() -> None:
        while not stop.is_set():
            work(next(places))

    with ThreadPoolExecutor(number) as threads:
        running: list[Future[None]] = [threads.submit(repeat) for _ in range(number)]
        try:
            yield
        finally:
            stop.set()
    for one in running:
        one.result()


@contextmanager
def inside(market: Market) -> Iterator[None]:
    """A look into the market's database, with nothing remembered from before or after."""
    with market.app.app_context():
        try:
            yield
        finally:
            db.session.remove()
