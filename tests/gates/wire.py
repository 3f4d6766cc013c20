"""What comes over the wire while a page is open, and what the page does with it."""

import time
from collections import Counter
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route

from tests.gates.budgets import Budget

CHECKED = {"Document", "Stylesheet", "Script"}
LATE = 0.4  # seconds: the page was painted long before
SHIFTS = """window.shifted = 0; window.moved = [];
    new PerformanceObserver((list) => list.getEntries().forEach((one) => { if (!one.hadRecentInput) {
    shifted += one.value; moved.push(...one.sources.map(({ node }) => node?.outerHTML?.slice(0, 100))); } }))
    .observe({ type: "layout-shift", buffered: true });"""
TO_THE_END = """async () => { for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
    scrollTo(0, y); await new Promise(requestAnimationFrame); }
    await Promise.all([...document.images].filter((one) => one.currentSrc).map((one) => one.decode().catch(() => {})));
    }"""


def late(route: Route) -> None:
    """Let something come when the page was painted already."""
    time.sleep(LATE)
    route.continue_()


class Fetched(NamedTuple):
    """One thing that came over the wire."""

    url: str
    kind: str
    status: int
    encoding: str
    size: int  # bytes of the body as sent


class Wire:
    """Listens to a page that was not opened yet. What comes from the browser's own memory is not heard."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.answers: dict[str, dict[str, Any]] = {}
        self.sizes: dict[str, int] = {}
        page.add_init_script(SHIFTS)
        cdp = page.context.new_cdp_session(page)
        cdp.send("Network.enable")
        cdp.on("Network.responseReceived", lambda told: self.answers.update({told["requestId"]: told}))
        cdp.on(
            "Network.loadingFinished", lambda told: self.sizes.update({told["requestId"]: told["encodedDataLength"]})
        )

    def fetched(self) -> list[Fetched]:
        """Return what came so far."""
        return [_fetched(told, self.sizes.get(key, 0)) for key, told in self.answers.items() if _came(told)]

    def shift(self) -> float:
        """Return how far the page moved under its reader so far (cumulative layout shift)."""
        return float(self.page.evaluate("shifted"))

    def before_scrolling(self) -> list[Fetched]:
        """Return what came but the pictures that a browser fetches ahead: how many is its own affair."""
        later: list[str] = self.page.evaluate(
            """() => [...document.images].filter(one => one.loading === "lazy" &&
            one.getBoundingClientRect().top >= innerHeight).map(one => one.currentSrc)"""
        )
        return [one for one in self.fetched() if one.url not in later]

    def after_scrolling(self) -> int:
        """Scroll to the end and return how many bytes came in all."""
        self.page.evaluate(TO_THE_END)
        return sum(one.size for one in self.fetched())


def is_well_sent(fetched: list[Fetched], origin: str) -> None:
    """Nothing is missing, nothing comes from a third party, and all text is compressed."""
    assert not [one for one in fetched if one.status >= 400 and one.kind != "Document"], fetched
    assert {urlsplit(one.url).netloc for one in fetched} == {urlsplit(origin).netloc}, "no third party"
    plain = [one for one in fetched if one.kind in CHECKED and one.status < 400 and one.encoding != "br"]
    assert not plain, f"not compressed: {plain}"
    assert not [one for one in fetched if one.kind == "Font"], "fonts are those of the phone"


def spent(fetched: list[Fetched]) -> Budget:
    """Add up what a visit cost."""
    weight = Counter[str]()
    for one in fetched:
        weight[one.kind] += one.size
    of_kinds = (weight[kind] for kind in ("Document", "Stylesheet", "Script", "Image"))
    return Budget(*of_kinds, total=sum(weight.values()), requests=len(fetched))


def over(used: Budget, allowed: Budget) -> dict[str, str]:
    """Return what is more than it may be: its name, how much, how much may be."""
    return {
        name: f"{had} of {most}" for name, had, most in zip(Budget._fields, used, allowed, strict=True) if had > most
    }


def in_words(used: Budget) -> str:
    """Say what a visit cost, in KB."""
    html, css, js, images, total = (f"{part / 1000:.1f}" for part in used[:5])
    return f"HTML {html}, CSS {css}, JS {js}, images {images}, all {total} KB in {used.requests} requests"


def _came(told: dict[str, Any]) -> bool:
    response = told["response"]
    return not response.get("fromDiskCache") and not response["url"].startswith(("data:", "blob:"))


def _fetched(told: dict[str, Any], size: int) -> Fetched:
    response = told["response"]
    headers = {name.lower(): value for name, value in response["headers"].items()}
    length = int(headers.get("content-length") or max(0, size - len(response.get("headersText", ""))))
    return Fetched(response["url"], told["type"], response["status"], headers.get("content-encoding", ""), length)
