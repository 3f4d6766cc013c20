"""A phone in somebody's hand: real Chromium at 360 × 640, Vietnamese, touch; it remembers what went wrong."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Playwright, Response

from shop.core.i18n import gettext, ngettext, use_language
from tests.server import Market
from tests.tools import chromium

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SHAPE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 640},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "vi-VN",
    "timezone_id": "Asia/Ho_Chi_Minh",
}
PICTURES = os.environ.get("JOURNEY_PICTURES")  # a folder: each step leaves a picture there for a person to look at
PATIENCE = 15_000  # milliseconds for a page or a word on it


@contextmanager
def chrome(playwright: Playwright, path: str | None = None) -> Iterator[Browser]:
    """Start the Chromium of this machine, or that one; how to get one is said by tests.tools.chromium."""
    path = path or chromium.found()
    if path is None:
        raise AssertionError(chromium.HOW_TO_GET_ONE)
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    try:
        yield browser
    finally:
        browser.close()


class Phone:
    """One person's browser. Words are given as the code has them and looked for as the page shows them."""

    def __init__(
        self,
        browser: Browser,
        market: Market,
        owner: str,
        *,
        scripts: bool = True,
        lang: str = "vi",
        network: str | None = None,
    ) -> None:
        self.market, self.owner, self.scripts, self.lang = market, owner, scripts, lang
        proxy: Any = {"server": network, "bypass": "<-loopback>"} if network else None
        self.context = browser.new_context(**SHAPE, java_script_enabled=scripts, proxy=proxy)
        self.context.set_default_timeout(PATIENCE)
        self.troubles: list[str] = []
        self.expected: set[int] = set()
        self.online = True  # False: that requests fail is what the test is about
        self.page: Page = self._new_page()

    def _new_page(self) -> Page:
        page = self.context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.on("response", self._answered)
        return page

    def lose_the_page(self) -> None:
        """What a phone does that needs the memory for its camera: the page is gone, unasked; open it again."""
        address = self.page.url
        self.page.close(run_before_unload=False)
        self.page = self._new_page()
        self.page.goto(address)

    def open(self, path: str) -> None:
        self.page.goto(urljoin(self.market.url, path))

    def words(self, msgid: str, **params: Any) -> str:
        """The sentence as this phone's language has it."""
        with self.market.app.app_context(), use_language(self.lang):
            return gettext(msgid, **params)

    def counted(self, one: str, many: str, number: int) -> str:
        """A sentence with a number in this phone's language."""
        with self.market.app.app_context(), use_language(self.lang):
            return ngettext(one, many, number)

    def press(self, msgid: str, **params: Any) -> None:
        """Tap the button that says this; where several do, the first."""
        self.button(msgid, **params).first.click()

    def button(self, msgid: str, **params: Any) -> Locator:
        return self.page.get_by_role("button", name=self.words(msgid, **params), exact=True)

    def follow(self, msgid: str, **params: Any) -> None:
        """Tap the link that says this."""
        self.page.get_by_role("link", name=self.words(msgid, **params)).first.click()

    def follow_name(self, name: str) -> None:
        """Tap the link with this name (names of people and papers are data, not sentences)."""
        self.page.get_by_role("link", name=name).first.click()

    def fill(self, msgid: str, text: str) -> None:
        """Type into the field with this label."""
        self.page.get_by_label(self.words(msgid)).first.fill(text)

    def write(self, field: str, text: str) -> None:
        """Tap a field, given as a selector, and type at its end.

        Headless Chromium drops keys after a tap now and then: they come down at the field and nothing is put in.
        """
        place = self.page.locator(field)
        before = place.input_value()
        place.tap()
        if before:
            place.press("End")
        self.page.keyboard.type(text)
        if place.input_value() == before:
            place.fill(before + text)

    def choose(self, words: str) -> None:
        """Tap the choice that shows exactly these words (names of goods are data, not sentences)."""
        self.page.locator("label.choice", has_text=words).first.click()

    def sees(self, words: str) -> None:
        """These words stand on the page now or soon."""
        self.page.locator("body", has_text=words).wait_for()

    def reads(self, msgid: str, **params: Any) -> None:
        """This sentence stands on the page now or soon."""
        self.sees(self.words(msgid, **params))

    @property
    def text(self) -> str:
        """The words of the page, single-spaced."""
        return " ".join(self.page.locator("main").inner_text().split())

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.market.url)

    def picture(self, name: str) -> None:
        """Leave a picture of the whole page where somebody asked for pictures."""
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            number = len(list(Path(PICTURES).glob("*.png")))
            self.page.screenshot(path=f"{PICTURES}/{number:03}-{self.owner}-{name}.png", full_page=True)

    def _heard(self, message: ConsoleMessage) -> None:
        told = message.text
        if not self.online and ("net::ERR_" in told or "fetching the script" in told):
            return
        if "status of" in told and any(f"status of {status}" in told for status in self.expected):
            return
        if message.type in {"error", "warning"}:
            self.troubles.append(f"{self.owner} at {self.path}: {told}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.troubles.append(f"{self.owner}: {response.status} {response.request.method} {response.url}")
