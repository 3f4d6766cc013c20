"""The market that strange clients send to, and a household with a photo."""

from collections.abc import Iterator

import pytest

from tests.interop.household import Household, big_photo
from tests.interop.line import Line, line_to
from tests.server import Market, running_market
from tests.shelves import with_cast


@pytest.fixture(scope="session")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    with running_market(tmp_path_factory.mktemp("interop"), with_cast, work=False) as started:
        yield started
        started.assert_sound()


@pytest.fixture
def household(market: Market) -> Household:
    return Household(market, big_photo(0))


@pytest.fixture
def line(market: Market) -> Iterator[Line]:
    with line_to(market.url) as between:
        yield between
