"""Push messages on a real phone: Chromium without a push service; the sandbox's takes and opens what is sent."""

import json
from typing import Any

import httpx
from sqlalchemy import update

from shop.core import clock
from shop.core.db import writing
from shop.core.outbox import OutgoingPush
from tests.journeys.phone import Phone
from tests.server import Market, until

READY = "navigator.serviceWorker.register('/sw.js?lang=vi', {type: 'module'}).then(() => navigator.serviceWorker.ready)"
ACTIVE = "navigator.serviceWorker.ready.then((one) => one.active?.state === 'activated')"
SHOWN = (
    "navigator.serviceWorker.ready.then((one) => one.getNotifications())"
    ".then((all) => all.map((one) => [one.body, one.data]))"
)
SERVICE = """PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    const made = await subscribedAt(applicationServerKey); return { toJSON: () => made }; };"""


def with_a_push_service(phone: Phone) -> None:
    """Let this browser subscribe at the stand-in, since the real services are not reached; notices are allowed."""
    phone.context.grant_permissions(["notifications"], origin=phone.market.url)
    phone.context.expose_function("subscribedAt", lambda key: _subscribed(phone.market, key))
    phone.context.add_init_script(SERVICE)


def _subscribed(market: Market, key: str) -> dict[str, Any]:
    made: dict[str, Any] = httpx.post(
        f"{market.sandbox}/push/browsers", json={"application_server_key": key}, trust_env=False
    ).json()
    return made


def sent_to_phones(market: Market) -> list[dict[str, Any]]:
    """What the sandbox's push service was given and could open, newest first; quiet hours are over."""
    with market.app.app_context(), writing() as session:
        session.execute(update(OutgoingPush).where(OutgoingPush.due_at > clock.now()).values(due_at=clock.now()))
    found = httpx.get(f"{market.sandbox}/push.json", trust_env=False).json()
    return [json.loads(one["message"]) for one in found]


def delivered(phone: Phone, market: Market, *messages: dict[str, Any]) -> list[list[str]]:
    """Hand messages to the page's service worker, as the browser does; return (sentence, address) of each shown."""
    devtools, known = phone.context.new_cdp_session(phone.page), []
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda event: known.extend(event["registrations"]))
    devtools.send("ServiceWorker.enable")
    phone.page.evaluate(f"{READY}.then(() => true)")
    until(lambda: known and phone.page.evaluate(ACTIVE), "the service worker")
    for number, message in enumerate(messages, 1):
        found = {"origin": market.url, "registrationId": known[-1]["registrationId"], "data": json.dumps(message)}

        def one_more(found: dict[str, Any] = found, number: int = number) -> bool:
            """Hand it over once more where devtools lost it: the same tag is shown once."""
            devtools.send("ServiceWorker.deliverPushMessage", found)
            phone.page.wait_for_timeout(1000)
            return len(phone.page.evaluate(SHOWN)) == number

        until(one_more, "the notification")
    shown: list[list[str]] = phone.page.evaluate(SHOWN)
    return shown
