"""What was understood of a statement: axe finds nothing, light and dark, and nothing is too wide."""

from datetime import UTC, datetime

import pytest

from tests.gates.conftest import Look
from tests.gates.pages import Shown
from tests.gates.test_looks import AXE, COLOURS, TAGS, too_wide, violations
from tests.server import Market
from tests.shop.payments.statement_files import Row, agribank, as_csv

pytestmark = [pytest.mark.browser, pytest.mark.timeout(90)]
LONG = "MBVCB.4525077405.9P0019630833.CT tu 0351000646393 NGUYEN THE HUNG toi3607205123456 LC12345678"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_was_understood(market: Market, pages: dict[str, Shown], look: Look, scheme: str) -> None:
    rows = [Row(datetime(2026, 11, 2, 9, day, tzinfo=UTC), f"FT{day}", 250_000 + day, LONG) for day in range(1, 8)]
    twice = rows[0]._replace(amount=9_000)
    page = look("member", reduced_motion="reduce", color_scheme=scheme).new_page()
    page.goto(market.url + pages["statement"].path)
    data = as_csv(agribank([*rows, twice, Row(rows[0].at, "", 5_000, "lãi")]))
    page.set_input_files("input[type=file]", {"name": "saoke.csv", "mimeType": "text/csv", "buffer": data})
    page.locator("main form button.primary").click()
    page.locator("input[name=sealed]").wait_for(state="attached")
    assert page.locator(".notice.warn").count() == 2
    page.evaluate(AXE)
    assert not violations(page, TAGS if scheme == "light" else COLOURS)
    assert not too_wide(page)
