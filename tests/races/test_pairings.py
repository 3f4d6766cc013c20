"""Two things happen to the same goods at the same moment: the end is that of one order or of the other (I17 to I20).

What each pair comes to is written in tests/products/review/pairings.py, where both orders are tried.
"""

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product

import pytest

from shop.core.db import db
from tests.products.review.pairings import ACTS, TABLE, Case, begin, done, fate, marks
from tests.races.starting import FULL, ROUNDS, together
from tests.server import Market
from tests.shelves import lay_masters

pytestmark = [pytest.mark.race, pytest.mark.timeout(300)]
PAIRS = [(first, second) for place, first in enumerate(ACTS) for second in list(ACTS)[place:]]
LINGER = 0.1  # seconds between what is done and its commit
SAMPLE = [  # one of each kind of collision; the others with FULL=1
    ("approve", "return"),
    ("approve", "join"),
    ("approve", "help"),
    ("approve", "resubmit"),
    ("undo", "effect"),
    ("effect", "suspend"),
    ("effect", "edit"),
    ("effect", "withdraw"),
    ("effect", "join"),
    ("effect", "move"),
    ("suspend", "join"),
    ("suspend", "help"),
    ("join", "help"),
    ("edit", "resubmit"),
]


@pytest.fixture(scope="module", autouse=True)
def sound(market: Market) -> Iterator[None]:
    """Once all is over `flask verify` finds nothing; the goods it would name say their pair and round."""
    yield
    with market.app.app_context():
        lay_masters(market.app)
        db.session.remove()
    market.assert_sound()


@pytest.mark.parametrize("pair", PAIRS if FULL else SAMPLE, ids="-".join)
def test_at_once(market: Market, pair: tuple[str, str]) -> None:
    """Both at the same moment; then each of them meets the other half done."""
    ways = [partial(together, partial(_done, market)), partial(_half_done, market), partial(_half_done, market)]
    for round_, (way, (first, second)) in product(range(ROUNDS), zip(ways, (pair, pair, pair[::-1]), strict=True)):
        one_way, other_way = TABLE[first, second], TABLE[second, first]
        with market.app.app_context():
            case = begin(market.cast, f"{first} {second} {round_} {ways.index(way)}", {first, second})
            db.session.remove()

        went = way([(case, first), (case, second)])

        with market.app.app_context():
            end = marks(*went) + fate(case)
            assert end in {one_way, other_way[1::-1] + other_way[2]}, f"{first} {second} round {round_}"
            db.session.remove()


def _done(market: Market, act: tuple[Case, str], half_done: Callable[[], object] = lambda: None) -> bool:
    with market.app.app_context():
        return done(*act, half_done)


def _half_done(market: Market, acts: list[tuple[Case, str]]) -> list[bool]:
    """Begin the second once the first is done and not yet committed; what takes effect begins with it."""
    is_half_done = threading.Event()

    def first() -> bool:
        if acts[0][1] == "effect":
            is_half_done.set()
        try:
            return _done(market, acts[0], lambda: (is_half_done.set(), time.sleep(LINGER)))
        finally:
            is_half_done.set()

    def second() -> bool:
        is_half_done.wait()
        return _done(market, acts[1])

    return together(lambda run: run(), [first, second])
