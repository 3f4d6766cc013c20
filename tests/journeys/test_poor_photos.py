"""Poor photos from a phone: told at once beside each, also without a network, measured as the market measures."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from cooperatives.photos.hints import LEAST_SHARP, MOST_DARK, SENTENCES, SMALLEST_SIDE, Hint, hints_of
from cooperatives.photos.models import Photo
from products.photos.hints import NEARLY
from products.photos.queries import NEAREST
from shop.core.looks import distance, looks_of
from tests import photos
from tests.journeys.phone import Phone
from tests.server import Market, until
from tests.shop.core.test_looks import SCENES, blurred, underexposed

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
GOOD = SCENES[1]
SHOWN = {
    "good": GOOD,
    "dark": underexposed(SCENES[2], 4),
    "blurred": blurred(SCENES[3], 7),
    "small": photos.scene(640, 480, 4),
    "near": GOOD.resize((1000, 750)),
}
LOOKS = """async ([bytes, limits]) => {
    const { looksOf } = await import(document.querySelector("script[type=module]").src
        .replace("main.js", "phone/looks.js"));
    return looksOf(new Blob([new Uint8Array(bytes)], { type: "image/jpeg" }), limits, []); }"""
LIMITS = {"dark": MOST_DARK, "sharp": LEAST_SHARP, "small": SMALLEST_SIDE, "near": NEAREST}


@pytest.fixture
def grower(market: Market, phones: Callable[..., Phone]) -> Phone:
    phone = phones(market, "grower")
    phone.context.add_cookies([{"name": "session", "value": market.signed_in("member")[0], "url": market.url}])
    return phone


def choose(phone: Phone, name: str) -> Locator:
    """Choose a picture; returns its line, as the phone keeps it."""
    data = photos.saved(SHOWN[name], "JPEG", quality=88)
    lines = phone.page.locator("[data-part=waiting] > li")
    before = lines.count()
    phone.page.locator("#picker").set_input_files({"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": data})
    lines.nth(before).wait_for()
    return lines.nth(before)


def word(phone: Phone, name: str) -> str:
    with phone.market.app.app_context():
        sentence = NEARLY if name == "near" else SENTENCES[Hint(name)]
        return phone.words(sentence._args[0])


def test_each_is_told_at_once_without_a_network_and_none_is_stopped(market: Market, grower: Phone) -> None:
    grower.open("/my/products/new")
    grower.page.evaluate("navigator.serviceWorker.ready")
    grower.context.set_offline(True)
    grower.online = False
    assert choose(grower, "good").locator(".issue").is_hidden()
    for name in ("dark", "blurred", "small", "near"):
        assert choose(grower, name).locator(".issue").inner_text() == word(grower, name)
    grower.picture("poor-photos")
    grower.context.set_offline(False)
    grower.online = True
    grower.page.evaluate("dispatchEvent(new Event('online'))")
    strip = grower.page.locator("[data-part=strip] li")
    until(lambda: strip.count() == len(SHOWN), "five photos at the market")
    for place, name in enumerate(("dark", "blurred", "small", "near"), 1):
        assert word(grower, name) in strip.nth(place).inner_text()
    until(lambda: not grower.page.locator("[data-waits]").count(), "the photos to be prepared", patience=40)
    grower.picture("poor-photos-sent")
    market.assert_sound()


@pytest.mark.parametrize("name", SHOWN)
def test_the_phone_measures_as_the_market_does(grower: Phone, name: str) -> None:
    grower.open("/my/products/new")
    data = photos.saved(SHOWN[name], "JPEG", quality=88)
    seen = grower.page.evaluate(LOOKS, [list(data), LIMITS])
    ours = looks_of(SHOWN[name])
    width, height = SHOWN[name].size
    told = hints_of(Photo(width=width, height=height, dark=ours.dark, sharp=ours.sharp))
    assert seen["hints"] == [hint.value for hint in told]
    bits = int(seen["likeness"][::-1], 2)
    assert distance(bits, ours.likeness or 0) <= NEAREST
