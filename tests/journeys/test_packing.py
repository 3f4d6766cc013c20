"""A seller packs in a shed without signal: what was packed arrives once, what was cancelled meanwhile is said."""

from collections.abc import Callable, Iterator

import pytest

from shop.core.db import db, writing
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order, OrderEvent
from shop.payments.changing import services as changing
from tests.journeys.phone import Phone
from tests.journeys.slow import Network, village
from tests.server import Market, until
from tests.shop.orders.buying import act, at, ordered
from tests.shop.payments.changing.asking import ask, change_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
NAMES = """async () => { const { keptFacts } = await import(document.querySelector(
    "script[type=module]").src.replace("main.js", "phone/store.js"));
    return (await keptFacts("order ")).map((row) => row.who); }"""
CHANGED = "The order changed after you looked. Open it and pack by the new list."
TOO_LATE = "The buyer cancelled it meanwhile. Do not send it; put the goods back on the shelf."


@pytest.fixture
def network(market: Market) -> Iterator[Network]:
    with village(market.url) as found:
        found.delay, found.rate = 0.01, 1_000_000
        yield found


@pytest.fixture
def codes(market: Market) -> list[str]:
    """Four accepted orders of tea, the last of two packs, by their codes."""
    with market.app.app_context():
        orders = [ordered(market.cast, tea=packs).orders[0] for packs in (1, 1, 1, 2)]
        for one in orders:
            at(one.id, "accepted")
        found = [one.code for one in orders]
        db.session.remove()
    return found


def state(market: Market, code: str) -> OrderState:
    with market.app.app_context():
        found = db.session.query(Order).filter_by(code=code).one().state
        db.session.remove()
    return found


def pack(phone: Phone, code: str) -> None:
    """Tick every line of a card and press its button."""
    card = phone.page.locator("li.pack-order", has_text=f"{code[:2]} {code[2:6]} {code[6:]}")
    for box in card.locator("[type=checkbox]").all():
        box.check()
    card.get_by_role("button").click()
    card.get_by_text(phone.words("Packed. Waits for a connection.")).wait_for()


def test_two_orders_packed_without_a_network_arrive(
    market: Market, network: Network, codes: list[str], phones: Callable[..., Phone]
) -> None:
    phone = phones(market, "packer", network=network.url)
    cookie = {"name": "session", "value": market.signed_in("member")[0], "url": market.url}
    phone.context.add_cookies([cookie])
    phone.open("/my/orders")
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(lambda: len(phone.page.evaluate(NAMES)) >= 4, "the orders on the phone")
    network.off()
    phone.online = False
    phone.page.reload()
    phone.page.locator("li.pack-order").nth(3).wait_for()
    phone.sees("Trần Minh Anh")
    phone.picture("pack-shell")
    for code in codes:
        pack(phone, code)
    phone.sees("Không có mạng: 4 việc chờ gửi")
    phone.picture("pack-waits")
    phone.lose_the_page()
    phone.sees(phone.words("Packed. Waits for a connection."))
    assert {state(market, code) for code in codes} == {OrderState.ACCEPTED}
    with market.app.app_context():
        act(db.session.query(Order).filter_by(code=codes[2]).one().id, "cancel", "buyer")
        change = ask(market.cast, codes[3], 1)
        with writing():
            changing.agree(change_of(change), None)
        db.session.remove()
    phone.expected = {409}
    network.on()
    until(lambda: [state(market, code) for code in codes[:2]] == [OrderState.PACKED] * 2, "both orders", 60)
    phone.sees(phone.words(TOO_LATE))
    phone.sees(phone.words(CHANGED))
    phone.picture("pack-too-late")
    assert [state(market, code) for code in codes[2:]] == [OrderState.CANCELLED, OrderState.ACCEPTED]
    with market.app.app_context():
        steps = db.session.query(OrderEvent).join(Order).filter(Order.code.in_(codes), OrderEvent.action == "pack")
        assert [one.press is not None for one in steps] == [True, True]
        db.session.remove()
    phone.online = True
    phone.open("/my/orders")
    phone.sees(phone.words(TOO_LATE))
    phone.picture("pack-list-after")
    for _ in range(2):
        phone.press("I have read this")
    phone.open(f"/my/orders/{codes[3]}")
    assert phone.words(TOO_LATE) not in phone.text and phone.words(CHANGED) not in phone.text
    box = phone.page.locator("[name=packed]")
    box.wait_for()
    assert not box.is_checked(), "what was ticked was another parcel"
    box.check()
    phone.press("Everything is packed")
    phone.page.wait_for_url("**/*?packed")
    assert state(market, codes[3]) is OrderState.PACKED
    until(lambda: phone.page.evaluate(NAMES), "the orders that are left")
    phone.open("/account")
    phone.press("Sign out")
    phone.page.wait_for_url(f"{market.url}/")
    assert phone.page.evaluate(NAMES) == [], "no name and no address stays on the phone"
    market.assert_sound()
