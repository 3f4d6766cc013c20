"""A buyer whose network went reads again what was seen, with its time; what was not says so, and nobody's is kept."""

from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import pytest

from tests.journeys import steps
from tests.journeys.phone import Phone
from tests.journeys.slow import Network, village
from tests.journeys.test_cart_offline import back, begins, gone
from tests.server import Market, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
KEPT = """() => caches.keys().then(async (names) => {
    const name = names.find((one) => one.startsWith("pages "));
    return name ? (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname) : [];
})"""


def kept(phone: Phone) -> list[str]:
    found: list[str] = phone.page.evaluate(KEPT)
    return [path for path in found if not path.startswith(("/static/", "/media/", "/offline"))]


def test_what_was_seen_is_read_again_without_a_network(market: Market, phones: Callable[..., Phone]) -> None:
    with village(market.url) as network:
        phone = phones(market, "bus", network=network.url)
        phone.context.set_default_timeout(40_000)
        page = phone.page
        phone.open("/")
        until(lambda: kept(phone) == ["/"], "the first page on the phone, seen before the worker was there")
        steps.find(phone, "che shan", "Chè Shan tuyết Bình Lư")
        goods = urlsplit(page.url).path
        until(lambda: set(kept(phone)) == {"/", "/search", goods}, "three pages on the phone")
        assert not page.locator("[data-behaviour='pages-kept']").is_visible()

        page.wait_for_load_state("networkidle")  # its scripts and pictures are on the phone
        without_a_network(phone, network, goods)

        back(phone, network)
        phone.open(goods)
        assert not page.locator("[data-behaviour='pages-kept']").is_visible(), "the market's own page again"
        as_a_member(phone, market)


def without_a_network(phone: Phone, network: Network, goods: str) -> None:
    gone(phone, network)
    phone.page.reload()  # within a minute the browser's own copy would do, and is no older than it says
    phone.sees(begins("No connection. This page is as of TIME: prices and stock may be others now.", "TIME", phone))
    assert phone.page.locator("h1").inner_text() == "Chè Shan tuyết Bình Lư"
    phone.picture("goods-without-network")
    phone.open("/categories/honey")
    phone.reads("This page is not on your phone yet. Wait for a bar, then try again.")
    phone.page.locator("#kept a").nth(2).wait_for()
    phone.picture("page-not-kept")
    phone.page.locator(f"#kept a[href$='{goods}']").click()
    phone.page.wait_for_url(f"**{goods}")
    assert phone.page.locator("h1").inner_text() == "Chè Shan tuyết Bình Lư"


def as_a_member(phone: Phone, market: Market) -> None:
    """Pages of somebody are never among them, and signing out leaves none."""
    here, session = urljoin(phone.page.url, "/"), market.signed_in("member")[0]
    phone.context.add_cookies([{"name": "session", "value": session, "url": here}])
    for path in ("/desk", "/my/products", "/my/orders", "/account"):
        phone.open(path)
    assert kept(phone)
    assert not any(path.startswith(("/my", "/desk")) for path in kept(phone))
    phone.page.wait_for_load_state("networkidle")
    phone.press("Sign out")
    phone.page.wait_for_url("**/")
    phone.page.wait_for_load_state("networkidle")
    until(lambda: set(kept(phone)) <= {"/"}, "an empty phone, but for the page that is open now")
