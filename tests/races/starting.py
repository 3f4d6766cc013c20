"""Starting many at once, and what a race needs of the goods it is run for."""

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest

from tests.server import Market
from tests.shelves import Goods
from tests.visitor import Answer, Visitor, visitor_of

Given = TypeVar("Given")
Result = TypeVar("Result")

ROUNDS = 20 if os.environ.get("FULL") else 1
every_round = pytest.mark.parametrize("round_", range(ROUNDS))


def together(work: Callable[[Given], Result], given: Sequence[Given]) -> list[Result]:
    """Do the same for each of `given` at the same moment, one thread each; the first exception is raised."""
    gate = threading.Barrier(len(given))

    def runner(one: Given) -> Result:
        gate.wait(timeout=60)
        return work(one)

    with ThreadPoolExecutor(len(given)) as threads:
        return list(threads.map(runner, given))


def one_by_one(work: Callable[[Given], Result], given: Sequence[Given]) -> list[Result]:
    """Do the same for each of `given`, a few at a time: getting ready."""
    with ThreadPoolExecutor(8) as threads:
        return list(threads.map(work, given))


def fresh_goods(market: Market) -> Goods:
    """Goods of the cast's cooperative that no race has touched yet, 10 packs of them."""
    unused: list[Goods] = market.facts["goods"]
    return unused.pop(next(place for place, one in enumerate(unused) if one.seller == market.cast.ids["cooperative"]))


def person(market: Market, who: str) -> Visitor:
    """Somebody of the cast, signed in."""
    return visitor_of(market.url, "session", market.signed_in(who))


def worst(answers: Sequence[Answer], share: float = 0.99) -> float:
    """The time in seconds that this share of the answers stayed under."""
    times = sorted(answer.seconds for answer in answers)
    return times[min(len(times) - 1, int(len(times) * share))]
