"""Lighthouse over eight pages of the public; with FULL=1 only, for it takes minutes."""

import socket
import warnings
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.gates import audits, budgets
from tests.gates.pages import Shown
from tests.journeys.phone import FLAGS
from tests.races.starting import FULL
from tests.server import Market
from tests.tools.chromium import found

pytestmark = [
    pytest.mark.browser,
    pytest.mark.budget,
    pytest.mark.alone,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not FULL, reason="Lighthouse takes minutes: FULL=1"),
]
PAGES = ("home", "category", "search", "product", "producer", "commune", "cart", "details")
NOT_FOUND_FROM_OUTSIDE = {"search", "cart", "details"}  # they say noindex
RUNS = 3
EVERYTHING = ("performance", *audits.HARD)
IN_BOTH = ("accessibility", "seo")


@pytest.fixture(scope="module")
def listening(chromium: Browser) -> Iterator[tuple[Browser, int]]:
    """A Chromium with windows that takes a debugger; gives it and its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    started = chromium.browser_type.launch(executable_path=found(), args=[*FLAGS, f"--remote-debugging-port={port}"])
    yield started, port
    started.close()


@pytest.fixture
def audited(
    market: Market, pages: dict[str, Shown], eyes: Callable[[str], dict[str, str]], listening: tuple[Browser, int]
):
    """Look at a page in a language, so often and like this."""

    def look(name: str, lang: str, runs: list[dict[str, object]]) -> list[audits.Audit]:
        path = pages[name].path
        prefix = "" if lang == "vi" or name in {"cart", "details"} else f"/{lang}"
        cookies = eyes(pages[name].who) | ({} if lang == "vi" else {"lang": lang})
        kept = [{"name": name, "value": value, "url": market.url} for name, value in cookies.items()]
        skip = audits.OF_FINDING if name in NOT_FOUND_FROM_OUTSIDE else []
        return [_looked(listening, kept, market.url + prefix + path, run, skip) for run in runs]

    return look


def _looked(
    listening: tuple[Browser, int],
    cookies: list[dict[str, str]],
    address: str,
    run: dict[str, object],
    skip: list[str],
) -> audits.Audit:
    jar = listening[0].new_browser_cdp_session()  # emptied by each run: the second one would find another cart
    jar.send("Storage.clearCookies")
    jar.send("Storage.setCookies", {"cookies": cookies})
    jar.detach()
    return audits.audit(address, listening[1], run, skip)


@pytest.mark.parametrize("name", PAGES)
def test_lighthouse(
    audited: Callable[..., list[audits.Audit]], name: str, record_property: Callable[[str, object], None]
) -> None:
    """Accessible, well made and to be found: 100; fast on both phones, which is told where it is not."""
    profiles = (audits.A, audits.C)
    seen = audited(name, "vi", [one.run(EVERYTHING) for one in profiles for _ in range(RUNS)])
    told = []
    for place, profile in enumerate(profiles):
        some = seen[place * RUNS : (place + 1) * RUNS]
        score, painted = audits.performance(some), audits.middle(some, "largest-contentful-paint") / 1000
        told.append(f"{profile.name} {score} (floor {profile.floor}), LCP {painted:.1f} s")
        if score < profile.floor * (1 - audits.SLACK):
            warnings.warn(f"{name}: performance {score} on profile {profile.name}, asked {profile.floor}", stacklevel=1)
    shift = max(one.times["cumulative-layout-shift"] for one in seen)
    record_property("figure", f"{'; '.join(told)}; shift {shift:.3f}; accessibility, practices, SEO 100")
    assert audits.lost(seen) == {}
    assert shift <= budgets.SHIFT, [one.moved for one in seen]


@pytest.mark.parametrize("lang", ["en", "hi"])
@pytest.mark.parametrize("name", PAGES)
def test_lighthouse_in(audited: Callable[..., list[audits.Audit]], name: str, lang: str) -> None:
    """In the other languages too it is accessible and to be found."""
    assert audits.lost(audited(name, lang, [{"categories": IN_BOTH}])) == {}
