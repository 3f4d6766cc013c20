"""A large photo of a parcel leaves the phone small, and arrives."""

import pytest

from tests import photos
from tests.gates.conftest import Look
from tests.gates.pages import Shown
from tests.server import Market, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(90)]
SIZES = "[...document.querySelector('[type=file]').files].map(one => one.size)"


def test_a_large_photo_is_sent_small(market: Market, pages: dict[str, Shown], look: Look) -> None:
    page = look("member", reduced_motion="reduce").new_page()
    page.goto(market.url + pages["parcel-photo"].path)
    before = page.locator("main img").get_attribute("height")
    large = photos.jpeg(4000, 2000, quality=95)
    assert len(large) > 400_000
    page.set_input_files("input[type=file]", {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": large})
    until(lambda: page.evaluate(SIZES)[0] < len(large) / 2, "a smaller photo")
    page.locator("main form button").click()
    page.locator(".notice.ok").wait_for()
    assert page.locator("main img").get_attribute("height") == "800" != before
