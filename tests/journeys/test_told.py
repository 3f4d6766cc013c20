"""A push message on a real phone: the service worker says that there is news, in its language, and no more."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.phone import Phone
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
    phone.page.wait_for_function("navigator.serviceWorker.getRegistration().then((one) => Boolean(one?.active))")
    for message in messages:
        phone.page.wait_for_timeout(200)
        found = {"origin": market.url, "registrationId": known[-1]["registrationId"], "data": json.dumps(message)}
        devtools.send("ServiceWorker.deliverPushMessage", found)
    phone.page.wait_for_function(f"{SHOWN}.then((all) => all.length === {len(messages)})")
    shown: list[list[str]] = phone.page.evaluate(SHOWN)
    return shown


def test_told_on_the_phone(market: Market, phones: Callable[..., Phone]) -> None:
    phone = phones(market, "grower")
    phone.context.grant_permissions(["notifications"], origin=market.url)
    phone.open("/sign-in")
    shown = delivered(phone, market, {"group": "orders", "code": "7K2M9QXA"}, {"group": "money", "code": "../evil"})
    assert sorted(shown) == [["Có tin về tiền hoặc an toàn.", "/notices"], ["Có tin về đơn hàng.", "/n/7K2M9QXA"]]
