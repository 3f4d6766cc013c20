"""Speaking in place of typing: said without a network, the tab killed, and the officer hears it once it is there."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright

from cooperatives.voices.models import VoiceNote
from products import queries
from products.lifecycle import RevisionState
from products.models import Product
from products.uploads.models import Kind, Upload, UploadState
from shop.core.db import db
from tests import photos
from tests.journeys.phone import FLAGS, Phone
from tests.journeys.slow import Network, village
from tests.server import Market, until
from tests.tools import chromium as chromiums

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
HEARING = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]  # a beep, and everybody says yes
OWN = "[data-part=recorded]:not([hidden])"
PLAYED = """async () => { const audio = document.querySelector("main audio");
    const ready = new Promise((done, failed) => {
        audio.oncanplaythrough = done; audio.onerror = () => failed(audio.error.message); });
    audio.preload = "auto"; audio.muted = true; audio.load(); await ready;
    const over = new Promise((done) => { audio.onended = done; });
    await audio.play(); await over;
    return { length: audio.duration, heard: audio.played.end(0) }; }"""
LEFT = """async (key) => { const { filesOf } = await import(document.querySelector(
    "script[type=module]").src.replace("main.js", "phone/store.js")); return (await filesOf(key)).length; }"""


@pytest.fixture
def network(market: Market) -> Iterator[Network]:
    with village(market.url) as found:
        yield found


@pytest.fixture
def hearing(playwright: Playwright) -> Iterator[Browser]:
    """A browser with a microphone; its flags are nobody else's."""
    started = playwright.chromium.launch(executable_path=chromiums.windowless(), args=[*FLAGS, *HEARING])
    yield started
    started.close()


def somebody(browser: Browser, market: Market, who: str, network: str | None = None) -> Phone:
    phone = Phone(browser, market, who, network=network)
    phone.context.set_default_timeout(60_000)
    phone.context.add_cookies([{"name": "session", "value": market.signed_in(who)[0], "url": market.url}])
    return phone


def answer_in_few_words(phone: Phone, name: str) -> None:
    page = phone.page
    photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photos.jpeg(900, 700, seed=31)}
    page.set_input_files("#slot-whole", photo)  # type: ignore[arg-type]
    page.locator(".photo-strip > li").first.wait_for()
    page.locator("#name").fill(name)
    page.locator('input[name=category][value="processed"]').check(force=True)
    page.locator("#price").fill("90k")
    page.locator('input[name=unit][value="kg"]').check(force=True)
    page.locator("#quantity").fill("10")


def arrived(market: Market, name: str) -> tuple[str, int, int, int] | None:
    """Address of the decision, seconds of the note, notes and finished uploads of it, once the goods were sent."""
    with market.app.app_context():
        try:
            for product in db.session.query(Product):
                revision = queries.last_revision(product)
                if revision and revision.name == name and revision.state is RevisionState.SUBMITTED and revision.voice:
                    uploads = db.session.query(Upload).filter_by(product_id=product.id, kind=Kind.VOICE)
                    assert {upload.state for upload in uploads} == {UploadState.DONE}
                    path = f"/review/products/{product.code}/{revision.number}/decision"
                    return path, revision.voice.seconds, db.session.query(VoiceNote).count(), uploads.count()
            return None
        finally:
            db.session.remove()


def test_said_without_a_network_and_heard_by_the_officer(market: Market, network: Network, hearing: Browser) -> None:
    name = "Miến dong kể bằng lời"
    grower = somebody(hearing, market, "member", network.url)
    grower.open("/my/products/new")
    grower.page.evaluate("navigator.serviceWorker.ready")
    grower.press("Record")
    grower.reads("Speak now: what it is, how much, what it costs.")
    network.off()
    grower.online = False
    grower.page.wait_for_timeout(2_000)
    grower.picture("speaking")
    grower.press("Stop")
    grower.page.locator(OWN).locator("audio").wait_for()
    answer_in_few_words(grower, name)
    grower.lose_the_page()

    own = grower.page.locator(OWN)
    own.locator("audio").wait_for()
    assert grower.words("On this phone, not yet sent") in own.inner_text()
    own.locator("[data-do=drop]").click()
    own.locator("[data-do=undo]").click()
    grower.page.locator(".photo-strip > li").first.wait_for()
    key = grower.page.url.split("#")[1]
    grower.picture("spoken")
    grower.press("Send for review")
    grower.reads("Waits for a connection, then goes to the officer by itself.")
    assert grower.page.evaluate(LEFT, key) == 2
    network.on()
    path, seconds, notes, uploads = until(lambda: arrived(market, name), "the spoken note", patience=90)
    assert 1 <= seconds <= 4
    assert (notes, uploads) == (1, 1)
    grower.online = True
    grower.reads("Sent for review. Usually answered in 2 working days.")
    until(lambda: grower.page.evaluate(LEFT, key) == 0, "the phone to let go of what was sent")

    officer = somebody(hearing, market, "officer")
    officer.open(path)
    officer.reads("What the seller says (%(seconds)s seconds)", seconds=seconds)
    officer.picture("hearing")
    played = officer.page.evaluate(PLAYED)
    assert abs(played["length"] - seconds) <= 0.6
    assert abs(played["heard"] - played["length"]) < 0.3
    assert grower.troubles + officer.troubles == []
    market.assert_sound()
