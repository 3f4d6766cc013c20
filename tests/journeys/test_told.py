"""A push message on a real phone: the service worker says that there is news, in its language, and no more."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.phone import PATIENCE, Phone
from tests.server import Market

pytestmark = pytest.mark.browser
READY = "navigator.serviceWorker.register('/sw.js?lang=vi', {type: 'module'}).then(() => navigator.serviceWorker.ready)"
SHOWN = (
    "navigator.serviceWorker.ready.then((one) => one.getNotifications())"
    ".then((all) => all.map((one) => [one.body, one.data]))"
)


def delivered(phone: Phone, market: Market, *messages: dict[str, Any]) -> list[list[str]]:
    """Hand messages to the page's service worker, as the browser does; return (sentence, address) of each shown."""
    devtools, known = phone.context.new_cdp_session(phone.page), []
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda event: known.extend(event["registrations"]))
    devtools.send("ServiceWorker.enable")
    phone.page.evaluate(f"{READY}.then(() => true)")
    for message in messages:
        phone.page.wait_for_timeout(200)  # in which devtools say what is registered, and one follows the other
        found = {"origin": market.url, "registrationId": known[-1]["registrationId"], "data": json.dumps(message)}
        devtools.send("ServiceWorker.deliverPushMessage", found)
    return _shown(phone, len(messages))


def _shown(phone: Phone, number: int) -> list[list[str]]:
    """Ask until so many stand there; `wait_for_function` takes a promise itself for an answer, kept or not."""
    ends = time.monotonic() + PATIENCE / 1000
    while True:
        shown: list[list[str]] = phone.page.evaluate(SHOWN)
        if len(shown) >= number or time.monotonic() > ends:
            return shown
        phone.page.wait_for_timeout(100)


def test_told_on_the_phone(market: Market, phones: Callable[..., Phone]) -> None:
    phone = phones(market, "grower")
    phone.context.grant_permissions(["notifications"], origin=market.url)
    phone.open("/sign-in")
    shown = delivered(phone, market, {"group": "orders", "code": "7K2M9QXA"}, {"group": "money", "code": "../evil"})
    assert sorted(shown) == [["Có tin về tiền hoặc an toàn.", "/notices"], ["Có tin về đơn hàng.", "/n/7K2M9QXA"]]
