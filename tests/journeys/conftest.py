"""The market the journeys share, and phones for their people."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.phone import Phone
from tests.server import Market, running_market
from tests.shelves import with_cast


@pytest.fixture(scope="session")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    with running_market(tmp_path_factory.mktemp("journeys"), with_cast) as started:
        yield started


@pytest.fixture
def phones(request: pytest.FixtureRequest) -> Iterator[Callable[..., Phone]]:
    """Give phones, and put all away at the end: nothing may have gone wrong on their pages."""
    browser: Browser = request.getfixturevalue("chromium" if request.node.get_closest_marker("push") else "windowless")
    given: list[Phone] = []

    def phone(market: Market, owner: str, **kind: object) -> Phone:
        given.append(Phone(browser, market, owner, **kind))  # type: ignore[arg-type]
        return given[-1]

    yield phone
    for one in given:
        one.context.close()
    assert not [trouble for one in given for trouble in one.troubles]
