"""Two things happen to the same goods at the same moment: the end is that of one order or of the other (I17 to I20).

What each pair comes to is written in tests/products/review/pairings.py, where both orders are tried.
"""

from collections.abc import Iterator
from functools import partial

import pytest

from shop.core.db import db
from tests.products.review.pairings import ACTS, TABLE, Case, begin, done, fate, marks
from tests.races.starting import FULL, ROUNDS, together
from tests.server import Market
from tests.shelves import lay_masters

pytestmark = [pytest.mark.race, pytest.mark.timeout(300)]
PAIRS = [(first, second) for place, first in enumerate(ACTS) for second in list(ACTS)[place:]]
LINGER = 0.05  # seconds between what is done and its commit: the other one meets it half done
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
    first, second = pair
    one_way, other_way = TABLE[first, second], TABLE[second, first]
    allowed = {one_way, other_way[1::-1] + other_way[2]}
    for round_ in range(ROUNDS):
        with market.app.app_context():
            case = begin(market.cast, f"{first} {second} {round_}", {first, second})
            db.session.remove()

        went = together(partial(_done, market, case), pair)

        with market.app.app_context():
            assert marks(*went) + fate(case) in allowed, f"round {round_}"
            db.session.remove()


def _done(market: Market, case: Case, act: str) -> bool:
    with market.app.app_context():
        return done(case, act, LINGER)
