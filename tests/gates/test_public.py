"""Each page of the public on its first visit: what it weighs, that it stands still, that everybody can read it."""

from collections.abc import Callable

import pytest

from tests.gates import budgets, wire
from tests.gates.conftest import Look
from tests.gates.pages import OF_THE_PUBLIC, Shown
from tests.gates.test_looks import AXE, is_never_too_wide, is_read_by_everybody
from tests.gates.visitors import OPENED, SHOW
from tests.races.starting import FULL
from tests.server import Market

pytestmark = [pytest.mark.browser, pytest.mark.budget, pytest.mark.timeout(60)]
WITH_SCRIPTS = ["product", "cart", "details", "confirmation"]
ON_THE_PHONE = {"form-offline", "orders-offline"}  # with their scripts, or they are not opened at all


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


@pytest.mark.parametrize("name", sorted({*OF_THE_PUBLIC} - ON_THE_PHONE) if FULL else WITH_SCRIPTS)
def test_nothing_moves_when_scripts_come_late(
    market: Market, pages: dict[str, Shown], look: Look, name: str, record_property: Callable[[str, object], None]
) -> None:
    """On a slow network the page is read before its scripts are there."""
    page = look(pages[name].who, viewport={"width": 412, "height": 823}).new_page()
    heard = wire.Wire(page)
    page.route("**/*.js", wire.late)
    page.goto(market.url + pages[name].path, wait_until="networkidle")
    record_property("figure", f"shift {heard.shift():.3f}")
    assert heard.shift() <= budgets.SHIFT, page.evaluate("moved")
