"""From the home page to the thanks with an empty phone: all bytes it receives, and with FULL=1 the time on slow 3G."""

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.gates import budgets
from tests.journeys import steps
from tests.journeys.phone import Phone
from tests.journeys.slow import FAST, SLOW_3G, Network, village
from tests.journeys.test_weak_signal import slow_down
from tests.races.starting import FULL
from tests.server import Market

pytestmark = [pytest.mark.browser, pytest.mark.budget, pytest.mark.timeout(240)]


@pytest.fixture
def network(market: Market) -> Iterator[Network]:
    """What counts is what comes to the phone, its service worker included: the browser does not tell all of it."""
    with village(market.url, **(SLOW_3G if FULL else FAST)) as found:
        yield found


@pytest.fixture
def buyer(chromium: Browser, market: Market, network: Network) -> Iterator[Phone]:
    """A phone that was never here; with FULL=1 its processor is six times slower than this one."""
    phone = Phone(chromium, market, "buyer", network=network.url)
    phone.context.set_default_timeout(60_000)
    if FULL:
        slow_down(phone)
    yield phone
    phone.context.close()
    assert not phone.troubles


def test_whole_buyer_path(buyer: Phone, network: Network, record_property: Callable[[str, object], None]) -> None:
    began, marks = time.monotonic(), [(0.0, 0)]
    told = []

    def reached(page: str) -> None:
        buyer.page.wait_for_load_state("networkidle" if page == "thanks" else "load")
        marks.append((time.monotonic() - began, network.received))
        (earlier, less), (now, more) = marks[-2:]
        told.append(f"{page} {(more - less) / 1000:.0f} KB" + (f" {now - earlier:.1f} s" if FULL else ""))

    buyer.open("/")
    reached("home")
    buyer.page.locator("main a[href='/categories/tea']").first.click()
    buyer.page.wait_for_url("**/categories/tea")
    reached("list")
    buyer.page.locator(".card a").first.click()
    buyer.page.wait_for_url("**/products/*")
    reached("product")
    steps.put_into_cart(buyer)
    reached("cart")
    buyer.follow("Continue to order")
    buyer.page.wait_for_url("**/checkout")
    reached("details")
    steps.give_details(buyer)
    buyer.page.locator('label.choice:has(input[value="cash_on_delivery"])').click()
    reached("confirmation")
    buyer.page.locator("form:has(input[name=seen]) button[type=submit]").click()
    buyer.reads("Order placed. Keep this page: it shows where your goods are.")
    reached("thanks")

    how = f"{marks[-1][0]:.1f} s on slow 3G, " if FULL else ""
    record_property("figure", f"{how}{network.received / 1000:.0f} KB with headers: {', '.join(told)}")
    assert network.received <= budgets.BUYER_PATH
