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

HA_NOI, BA_DINH = "01", "00004"
Given = TypeVar("Given")
Result = TypeVar("Result")

FULL = bool(os.environ.get("FULL"))
ROUNDS = 20 if FULL else 1
HUNDRED = 100 if FULL else 3
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


def before_the_button(
    market: Market, sku: str, place: int, method: str = "cash_on_delivery", **more: str
) -> tuple[Visitor, dict[str, str]]:
    """A buyer with a cart, before the last button; returns what the button sends. `more` are details."""
    buyer = Visitor(market.url)
    assert buyer.post("/cart/lines", sku=sku, quantity=1).status == 302
    details = {"province": HA_NOI, "commune": BA_DINH, "line": f"Số {place} phố Ngọc Hà", "phone": f"09120{place:05d}"}
    answer = buyer.post("/checkout", name=f"Người mua {place}", **details | more)
    assert answer.location == "/checkout/confirmation", answer.words
    shown = buyer.get("/checkout/confirmation")
    return buyer, {name: shown.value(name) for name in ("attempt", "seen")} | {"method": method}


def warm_up(market: Market) -> None:
    """Let both workers see a small rush, as a market that has been open for a minute has."""
    goods = fresh_goods(market)
    ready = one_by_one(lambda place: before_the_button(market, goods.sku, 900 + place), range(14))
    together(lambda one: one[0].post("/checkout/confirmation", **one[1]), ready)


def person(market: Market, who: str) -> Visitor:
    """Somebody of the cast, signed in."""
    return visitor_of(market.url, "session", market.signed_in(who))


def worst(answers: Sequence[Answer], share: float = 0.99) -> float:
    """The time in seconds that this share of the answers stayed under."""
    times = sorted(answer.seconds for answer in answers)
    return times[min(len(times) - 1, int(len(times) * share))]
