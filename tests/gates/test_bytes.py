"""What a first visit costs on the wire, measured in a real browser against the real server."""

from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.gates.conftest import Look
from tests.gates.pages import BUDGETS, Budget, Shown
from tests.server import Market

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]
CHECKED = {"Document", "Stylesheet", "Script"}


class Fetched(NamedTuple):
    """One thing that came over the wire."""

    url: str
    kind: str
    status: int
    encoding: str
    size: int  # bytes of the body as sent


@pytest.mark.parametrize("name", sorted(BUDGETS))
def test_a_first_visit_stays_within_its_budget(
    market: Market, pages: dict[str, Shown], look: Look, name: str, record_property: Callable[[str, object], None]
) -> None:
    shown = pages[name]
    page = look(shown.who).new_page()
    fetched = visited(page, market.url + shown.path)
    assert not [one for one in fetched if one.status >= 400]
    assert {urlsplit(one.url).netloc for one in fetched} == {urlsplit(market.url).netloc}, "no third party"
    assert [one for one in fetched if one.kind in CHECKED and one.encoding != "br"] == []

    later = below_the_fold(page)
    first = [one for one in fetched if one.url not in later]
    weight = Counter[str]()
    for one in first:
        weight[one.kind] += one.size
    spent = Budget(weight["Document"], weight["Stylesheet"], weight["Script"], len(first))
    told = f"{name}: {spent}, images {weight['Image']}: {[urlsplit(one.url).path for one in first]}"
    record_property("spent", told)
    assert all(used <= allowed for used, allowed in zip(spent, BUDGETS[name], strict=True)), told
    assert not weight["Font"]


def visited(page: Page, url: str) -> list[Fetched]:
    """Open a page with an empty cache; returns what came over the wire, not what came from the cache again."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("Network.enable")
    answers: dict[str, dict[str, Any]] = {}
    sizes: dict[str, int] = {}
    cdp.on("Network.responseReceived", lambda told: answers.update({told["requestId"]: told}))
    cdp.on("Network.loadingFinished", lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]}))
    page.goto(url, wait_until="networkidle")
    return [_fetched(told, sizes.get(key, 0)) for key, told in answers.items() if _came(told)]


def _came(told: dict[str, Any]) -> bool:
    response = told["response"]
    return not response.get("fromDiskCache") and not response["url"].startswith(("data:", "blob:"))


def _fetched(told: dict[str, Any], size: int) -> Fetched:
    response = told["response"]
    headers = {name.lower(): value for name, value in response["headers"].items()}
    length = int(headers.get("content-length") or max(0, size - len(response.get("headersText", ""))))
    return Fetched(response["url"], told["type"], response["status"], headers.get("content-encoding", ""), length)


def below_the_fold(page: Page) -> set[str]:
    """The pictures that a browser fetches ahead though nobody has scrolled to them: how many is its own affair."""
    found: list[str] = page.evaluate(
        """() => [...document.images].filter(one => one.loading === "lazy" &&
        one.getBoundingClientRect().top >= innerHeight).map(one => one.currentSrc)"""
    )
    return set(found)
