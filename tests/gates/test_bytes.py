"""What a first visit of people at work costs on the wire, measured in a real browser against the real server."""

from collections.abc import Callable

import pytest

from tests.gates import budgets, wire
from tests.gates.conftest import Look
from tests.gates.pages import Shown
from tests.server import Market

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]


@pytest.mark.parametrize("name", sorted(budgets.STAFF))
def test_a_first_visit_stays_within_its_budget(
    market: Market, pages: dict[str, Shown], look: Look, name: str, record_property: Callable[[str, object], None]
) -> None:
    shown = pages[name]
    page = look(shown.who).new_page()
    heard = wire.Wire(page)
    page.goto(market.url + shown.path, wait_until="networkidle")
    first = heard.before_scrolling()
    used = wire.spent(first)
    record_property("figure", wire.in_words(used))
    wire.is_well_sent(heard.fetched(), market.url)
    assert wire.over(used, budgets.STAFF[name]) == {}, first
    assert heard.shift() <= budgets.SHIFT
