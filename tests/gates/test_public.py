"""Each page of the public on its first visit: what it weighs, that it stands still, that everybody can read it."""

from collections.abc import Callable

import pytest

from tests.gates import budgets, wire
from tests.gates.conftest import Look
from tests.gates.pages import OF_THE_PUBLIC, Shown
from tests.gates.test_looks import AXE, is_never_too_wide, is_read_by_everybody
from tests.gates.visitors import OPENED, SHOW
from tests.server import Market

pytestmark = [pytest.mark.browser, pytest.mark.budget, pytest.mark.timeout(60)]


@pytest.mark.parametrize("name", OF_THE_PUBLIC)
def test_public_page(
    market: Market, pages: dict[str, Shown], look: Look, name: str, record_property: Callable[[str, object], None]
) -> None:
    shown, allowed = pages[name], budgets.PUBLIC.get(name, budgets.ORDER)
    page = look(shown.who, reduced_motion="reduce").new_page()
    heard = wire.Wire(page)
    page.goto(market.url + shown.path, wait_until="load")
    if name in OPENED:
        page.locator(".filters > summary").click()
    if name in SHOW:
        page.locator(SHOW[name]).first.wait_for()
    page.evaluate(AXE)
    is_read_by_everybody(page, name)

    page.wait_for_load_state("networkidle")  # long reached while axe looked
    used, shift = wire.spent(heard.before_scrolling()), heard.shift()
    record_property("figure", f"{wire.in_words(used)}, shift {shift:.3f}, axe 0, 320 px fits")
    wire.is_well_sent(heard.fetched(), market.url)
    assert wire.over(used, allowed) == {}, heard.before_scrolling()
    if allowed in budgets.SCROLLED:
        assert heard.after_scrolling() <= budgets.SCROLLED[allowed]
    assert max(shift, heard.shift()) <= budgets.SHIFT
    is_never_too_wide(page)
