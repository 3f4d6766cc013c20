"""axe finds nothing, in light and in dark, in every language; nothing is wider than the phone."""

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.gates.conftest import Look
from tests.gates.pages import IN_EVERY_LANGUAGE, NAMES, OF_THE_PUBLIC, Shown
from tests.server import Market

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # what alone can differ between light and dark
OF_A_PERSON = [(name, "vi") for name in NAMES if name not in OF_THE_PUBLIC]  # the others: test_public.py
FOREIGN = [
    pytest.param(name, lang, marks=pytest.mark.budget if name in OF_THE_PUBLIC else ())
    for name in IN_EVERY_LANGUAGE
    for lang in ("en", "hi")
]


@pytest.mark.parametrize(("name", "lang"), [*OF_A_PERSON, *FOREIGN])
def test_looks(market: Market, pages: dict[str, Shown], glance: Look, name: str, lang: str) -> None:
    shown = pages[name]
    page = glance(shown.who, lang, reduced_motion="reduce").new_page()  # no colour is looked at half-way
    prefix = f"/{lang}" if lang != "vi" and name in {"home", "product"} else ""
    page.goto(market.url + prefix + shown.path, wait_until="load")
    assert page.locator("html").get_attribute("lang") == lang
    page.evaluate(AXE)
    is_read_by_everybody(page, name)
    is_never_too_wide(page)
    page.close()


def is_read_by_everybody(page: Page, name: str) -> None:
    """Axe, which the page must have by now, finds nothing: neither in the light nor in the dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        rules = TAGS if scheme == "light" or name in IN_EVERY_LANGUAGE else COLOURS
        assert violations(page, rules) == [], scheme


def is_never_too_wide(page: Page) -> None:
    """No phone and no screen has to scroll sideways."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        assert too_wide(page) == [], f"{width} px"


def violations(page: Page, rules: list[str]) -> list[dict[str, Any]]:
    """What axe finds wrong: the rule, and where."""
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules)
    return [{one["id"]: [node["target"] for node in one["nodes"]][:3]} for one in found["violations"]]


def too_wide(page: Page) -> list[str]:
    """The elements that make the page scroll sideways; none where it does not."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => document.scrollingElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .map(e => `${e.tagName}.${e.className}`).slice(0, 5).concat('page')"""
    )
