"""One market for all races: two workers, no sweeps but those a test starts."""

from collections.abc import Iterator
from functools import partial

import pytest

from tests.races.starting import FULL, ROUNDS, warm_up
from tests.server import Market, running_market
from tests.shelves import with_full_shelves

GOODS = 30 * ROUNDS + (160 if FULL else 44)  # each race of each round takes goods of its own, half of them here


@pytest.fixture(scope="session")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    folder = tmp_path_factory.mktemp("races")
    with running_market(folder, partial(with_full_shelves, number=GOODS, on_hand=10), work=False) as started:
        warm_up(started)
        yield started
