"""A market with full shelves, its pages, and browsers to look at them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from shop.core.db import writing
from tests.gates.pages import Shown, pages_of
from tests.journeys.phone import SHAPE
from tests.server import Market, running_market
from tests.shelves import with_full_shelves
from tests.visitor import Visitor

Look = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def chromium(windowless: Browser) -> Browser:
    """The quick one: what is looked at here is drawn alike by both."""
    return windowless


@pytest.fixture(scope="session")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    with running_market(
        tmp_path_factory.mktemp("gates"), with_full_shelves, work=False, STRIPE_CONNECT_COUNTRY="DE"
    ) as started:
        yield started


@pytest.fixture(scope="session")
def pages(market: Market) -> dict[str, Shown]:
    return pages_of(market)


@pytest.fixture(scope="session")
def eyes(market: Market) -> Callable[[str], dict[str, str]]:
    """The cookies of somebody: nobody's, a buyer's with a cart before the last button, a signed-in person's."""
    known: dict[str, dict[str, str]] = {"visitor": {}}

    def cookies_of(who: str) -> dict[str, str]:
        if who == "buyer" and who not in known:
            known[who] = _with_a_cart(market)
        elif who not in known:
            known[who] = {"session": market.signed_in(who)[0]}
        return known[who]

    return cookies_of


def _with_a_cart(market: Market) -> dict[str, str]:
    buyer = Visitor(market.url)
    with market.app.app_context(), writing():
        chosen = [market.cast.sku(name) for name in ("tea", "honey")]
        for sku in chosen:
            sku.on_hand += 100  # the pages of others have bought some
        skus = [sku.code for sku in chosen]
    for sku in skus:
        assert buyer.post("/cart/lines", sku=sku, quantity=1).status == 302
    details = {"province": "01", "commune": "00004", "line": "Số 12 phố Ngọc Hà"}
    assert buyer.post("/checkout", name="Trần Minh Anh", phone="0912 000 106", **details).status == 302
    return dict(buyer.cookies)


@pytest.fixture
def look(chromium: Browser, market: Market, eyes: Callable[[str], dict[str, str]]) -> Iterator[Look]:
    """Open a browser that has seen nothing yet, with somebody's cookies."""
    opened: list[BrowserContext] = []

    def context(who: str, lang: str = "vi", **more: Any) -> BrowserContext:
        opened.append(opened_for(chromium, market, eyes(who), lang, **more))
        return opened[-1]

    yield context
    for one in opened:
        one.close()


@pytest.fixture(scope="module")
def glance(chromium: Browser, market: Market, eyes: Callable[[str], dict[str, str]]) -> Iterator[Look]:
    """Give somebody's browser again, for who only looks and does not count what comes over the wire."""
    opened: dict[tuple[str, str], BrowserContext] = {}

    def context(who: str, lang: str = "vi", **more: Any) -> BrowserContext:
        if (who, lang) not in opened:
            opened[who, lang] = opened_for(chromium, market, eyes(who), lang, **more)
        return opened[who, lang]

    yield context
    for one in opened.values():
        one.close()


def opened_for(chromium: Browser, market: Market, cookies: dict[str, str], lang: str, **more: Any) -> BrowserContext:
    """Open a browser with these cookies that reads this language; keywords are Playwright's."""
    made = chromium.new_context(**SHAPE | more, service_workers="block")
    cookies = cookies | ({} if lang == "vi" else {"lang": lang})
    if cookies:
        made.add_cookies([{"name": name, "value": value, "url": market.url} for name, value in cookies.items()])
    return made
