"""The product form in every state it can be in: axe finds nothing, light and dark, and nothing is too wide."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests import photos
from tests.gates.conftest import Look
from tests.gates.pages import Shown
from tests.gates.test_looks import AXE, COLOURS, TAGS, too_wide, violations
from tests.server import Market

pytestmark = [pytest.mark.browser, pytest.mark.timeout(90)]
VOICE = """window.said = ""; const voice = { lang: "vi-VN", name: "a phone's voice" };
    speechSynthesis.getVoices = () => [voice];
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    speechSynthesis.speak = (one) => { window.said = one.text; };"""
MICROPHONE = """() => { navigator.mediaDevices.getUserMedia = async () => { const sound = new AudioContext();
    const tone = sound.createOscillator(), heard = sound.createMediaStreamDestination();
    tone.connect(heard); tone.start(); return heard.stream; }; }"""
NO_MICROPHONE = """() => { navigator.mediaDevices.getUserMedia = async () => {
    throw new DOMException("no", "NotAllowedError"); }; }"""
REFUSED = b"%PDF-1.7 no photo at all"


def picked(page: Page, slot: str, data: bytes, name: str = "a.jpg") -> None:
    page.locator("[data-part=picker]:not([hidden])").wait_for()
    page.set_input_files(f"#slot-{slot}", {"name": name, "mimeType": "image/jpeg", "buffer": data})


def has_photos(page: Page) -> None:
    """One photo the market has, one it refused, one taken without a network and one deleted."""
    picked(page, "whole", photos.jpeg(900, 700, seed=11))
    page.locator("[data-part=strip] li").wait_for()
    picked(page, "label", REFUSED)
    page.locator("[data-part=waiting] [data-state=refused]").wait_for()
    page.context.set_offline(True)
    picked(page, "packed", photos.jpeg(900, 700, seed=12))
    page.locator("[data-part=waiting] [data-state=here]").wait_for()
    picked(page, "whole", photos.jpeg(900, 700, seed=13))
    page.locator("[data-part=waiting] li").nth(2).locator("[data-do=drop]").click()
    page.locator("[data-part=waiting] [data-state=dropped]").wait_for()
    page.locator("[data-part=sent][data-tone=warn]").wait_for()


def is_signed_out(page: Page) -> None:
    page.context.clear_cookies()
    page.locator("#name").fill("Chè Tả Lèng")
    page.locator("[data-part=sent][data-tone=warn]").wait_for()


def lacks_everything(page: Page) -> None:
    page.locator("[data-part=picker]:not([hidden])").wait_for()
    page.locator("button[value=send]").click()
    page.locator(".error-summary").wait_for()


def is_asked_about_its_price(page: Page) -> None:
    picked(page, "whole", photos.jpeg(900, 700, seed=14))
    page.locator("#name").fill("Miến dong Tả Lèng")
    page.locator('input[name=category][value="processed"]').check(force=True)
    page.locator("#price").fill("9tr")
    page.locator('input[name=unit][value="kg"]').check(force=True)
    page.locator("#quantity").fill("10")
    page.locator("button[value=send]").click()
    page.locator(".notice.warn").wait_for()


def tells_every_detail(page: Page) -> None:
    for summary in page.locator("form details > summary").all():
        summary.click()


def waits_for_a_network(page: Page) -> None:
    page.locator("[data-part=picker]:not([hidden])").wait_for()
    page.context.set_offline(True)
    page.locator("#name").fill("Chè")
    page.locator("button[value=send]").click()
    page.locator("[data-part=sent][data-tone=warn]").wait_for()


def reads_itself_aloud(page: Page) -> None:
    page.add_init_script(VOICE)
    page.reload()
    page.locator(".listen").first.click()
    assert page.evaluate("said").startswith("Tên hàng. Là gì, làm ở đâu")
    assert page.locator(".listen").count() == 6, "one beside each question"


def speaks(page: Page) -> None:
    page.evaluate(MICROPHONE)
    page.locator("[data-part=record]").click()
    page.locator("[data-do=stop]").wait_for()
    page.wait_for_timeout(1100)


def has_spoken(page: Page) -> None:
    speaks(page)
    page.context.set_offline(True)
    page.locator("[data-do=stop]").click()
    page.locator("[data-part=recorded][data-state=here]").wait_for()


def deleted_what_was_spoken(page: Page) -> None:
    has_spoken(page)
    page.locator("[data-part=recorded] [data-do=drop]").click()
    page.locator("[data-part=recorded][data-state=dropped]").wait_for()


def is_heard_by_the_market(page: Page) -> None:
    speaks(page)
    page.locator("[data-do=stop]").click()
    page.locator("[data-part=spoken] audio").wait_for()


def may_not_use_the_microphone(page: Page) -> None:
    page.evaluate(NO_MICROPHONE)
    page.locator("[data-part=record]").click()
    page.locator("[data-part=voice-status]", has_text="micrô").wait_for()


STATES = [
    speaks,
    has_spoken,
    deleted_what_was_spoken,
    is_heard_by_the_market,
    may_not_use_the_microphone,
    reads_itself_aloud,
    has_photos,
    is_signed_out,
    lacks_everything,
    is_asked_about_its_price,
    tells_every_detail,
    waits_for_a_network,
]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_the_form_can_be_read_by_everybody(
    market: Market, pages: dict[str, Shown], look: Look, state: Callable[[Page], None]
) -> None:
    page = look("member", reduced_motion="reduce").new_page()
    page.goto(market.url + pages["form"].path, wait_until="load")
    state(page)
    page.evaluate(AXE)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page, TAGS if scheme == "light" else COLOURS) == [], scheme
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 640})
        assert too_wide(page) == [], f"{width} px"
