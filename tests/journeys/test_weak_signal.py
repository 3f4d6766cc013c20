"""The first product from a cheap phone on slow 3G, and what happens when even that is gone."""

from collections.abc import Callable, Iterator

import pytest

from products import queries
from products.lifecycle import RevisionState
from products.models import Product
from shop.core.db import db
from tests import photos
from tests.journeys import steps
from tests.journeys.phone import Phone
from tests.journeys.slow import Network, village
from tests.server import Market, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SLOTS = ("whole", "label", "packed")
COUNTED = """() => { let taps = 0, keys = 0;
    addEventListener("pointerdown", () => { taps += 1; }, true);
    addEventListener("keydown", () => { keys += 1; }, true);
    window.effort = () => ({ taps, keys }); }"""
KEPT = """async (field) => { const { draftsOf, get } = await import(document.querySelector(
    "script[type=module]").src.replace("main.js", "phone/store.js"));
    const [draft] = await draftsOf((await get("facts", "person")).owner);
    return draft?.fields[field]?.v; }"""
MOST_TAPS, MOST_KEYS, MOST_BYTES, MOST_SECONDS = 14, 35, 1_000_000, 90
TAP, KEY, PHOTO, DECISION = 1.3, 0.45, 9, 1.5  # seconds, a keystroke model for thumbs: Card, Moran and Newell 1980
DECISIONS = 6  # one for each question that must be answered


@pytest.fixture
def network(market: Market) -> Iterator[Network]:
    with village(market.url) as found:
        yield found


@pytest.fixture
def grower(market: Market, network: Network, phones: Callable[..., Phone]) -> Phone:
    """Somebody signed in, on a processor six times slower than this one."""
    phone = phones(market, "grower", network=network.url)
    phone.context.set_default_timeout(60_000)
    phone.context.add_cookies([{"name": "session", "value": market.signed_in("member")[0], "url": market.url}])
    slow_down(phone)
    return phone


def slow_down(phone: Phone) -> None:
    phone.context.new_cdp_session(phone.page).send("Emulation.setCPUThrottlingRate", {"rate": 6})


def from_a_good_camera(place: int) -> steps.Photo:
    """12 megapixels, as the phone lies in the hand: upright pixels turned by a tag."""
    data = photos.jpeg(4000, 3000, orientation=6 if place else 1, seed=place, quality=88)
    return {"name": f"IMG_{place}.jpg", "mimeType": "image/jpeg", "buffer": data}


def take(phone: Phone, place: int) -> None:
    """Tap a tile, choose one picture: two taps, of which the page sees the first."""
    with phone.page.expect_file_chooser() as chooser:
        phone.page.locator(f"label.photo-slot[data-slot={SLOTS[place]}]").tap()
    chooser.value.set_files(from_a_good_camera(place))
    phone.page.locator(".photo-strip > li").nth(place).wait_for()


def answer_the_questions(phone: Phone, name: str) -> None:
    """Name, kind, price, unit, how much: tapped and typed as a thumb does."""
    page = phone.page
    phone.write("#name", name)
    if phone.online:  # the market guesses the kind from the name
        page.locator("#category [data-part=first] label.choice").first.tap()
    else:
        page.locator('#category label.choice:has(input[value="nut_spice"])').tap()
    phone.write("#price", "180k")
    page.locator('label.choice:has(input[name="unit"][value="kg"])').tap()
    phone.write("#quantity", "50")


def drafts_named(market: Market, name: str) -> list[tuple[Product, RevisionState, list[str]]]:
    """(product, state, slots of its photos) of every product whose newest revision has this name."""
    with market.app.app_context():
        found = []
        for product in db.session.query(Product):
            revision = queries.last_revision(product)
            if revision is not None and revision.name == name:
                found.append((product, revision.state, [photo.slot for photo in revision.photos]))
        db.session.remove()
        return found


def test_the_first_product_with_three_photos(
    market: Market, grower: Phone, network: Network, record_property: Callable[[str, object], None]
) -> None:
    name = "Thao qua kho Sin Ho"
    before = network.sent
    grower.open("/my/products/new")
    grower.page.evaluate(COUNTED)
    for place in range(3):
        take(grower, place)
    answer_the_questions(grower, name)
    grower.picture("weak-form")
    grower.button("Send for review").tap()
    effort = grower.page.evaluate("effort()")
    grower.reads("Sent for review. Usually answered in 2 working days.")
    assert drafts_named(market, name)[0][1:] == (RevisionState.SUBMITTED, list(SLOTS))
    taps, keys, sent = effort["taps"] + 3, effort["keys"], network.sent - before  # the picker's own taps are not ours
    seconds = TAP * taps + KEY * keys + PHOTO * len(SLOTS) + DECISION * DECISIONS
    told = f"{taps} taps, {keys} keys, {seconds:.0f} s, {sent} bytes sent, {network.received} received"
    record_property("effort", told)
    assert seconds <= MOST_SECONDS, told
    assert taps <= MOST_TAPS, taps
    assert keys <= MOST_KEYS, keys
    assert sent <= MOST_BYTES, sent
    market.assert_sound()


def test_the_signal_goes_the_tab_is_killed_and_one_draft_arrives(
    market: Market, grower: Phone, network: Network
) -> None:
    name = "Thao qua kho Pa Ham"
    grower.open("/my/products/new")
    grower.page.evaluate("navigator.serviceWorker.ready")
    take(grower, 0)
    grower.page.locator("[data-part=sent]", has_text=grower.words("Sent at TIME").split("TIME")[0].strip()).wait_for()
    network.off()
    grower.online = False
    take(grower, 1)
    take(grower, 2)
    answer_the_questions(grower, name)
    grower.reads("No connection. Keep going, it is saved here.")
    until(lambda: grower.page.evaluate(KEPT, "quantity") == "50", "the last key on the phone")  # faster than any thumb
    grower.lose_the_page()
    slow_down(grower)
    grower.page.locator(".photo-strip > li").nth(2).wait_for()
    assert grower.page.locator("#name").input_value() == name
    assert grower.page.locator("#quantity").input_value() == "50"
    grower.picture("weak-shell")
    grower.button("Send for review").tap()
    grower.reads("Waits for a connection, then goes to the officer by itself.")
    grower.lose_the_page()
    network.on()
    (arrived,) = until(lambda: sent_for_review(market, name), "the draft", patience=90)
    assert arrived[2] == list(SLOTS)
    grower.reads("Sent for review. Usually answered in 2 working days.")
    grower.online = True  # only now has the browser told all that failed before
    market.assert_sound()


def sent_for_review(market: Market, name: str) -> list[tuple[Product, RevisionState, list[str]]]:
    found = drafts_named(market, name)
    return found if found and found[0][1] is RevisionState.SUBMITTED else []
