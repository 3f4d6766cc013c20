"""The session ended while the phone had no network: nothing is lost, and it goes once the person signs in again."""

from collections.abc import Callable

import pytest

from shop.accounts import sessions
from shop.core.db import writing
from tests.journeys import steps
from tests.journeys.phone import Phone
from tests.journeys.slow import village
from tests.journeys.test_weak_signal import drafts_named
from tests.server import Market, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def end_every_session(market: Market, who: str) -> None:
    with market.app.app_context(), writing():
        sessions.end(market.cast.ids[who])


def test_what_was_written_offline_goes_after_signing_in_again(market: Market, phones: Callable[..., Phone]) -> None:
    name = "Nấm hương Thu Lũm"
    with village(market.url) as network:
        phone = phones(market, "grower", network=network.url)
        phone.context.set_default_timeout(30_000)
        phone.expected.add(401)
        steps.sign_in(phone, "member")
        phone.open("/my/products/new")
        phone.page.locator(".photo-slot").first.wait_for()
        network.off()
        phone.online = False
        phone.page.locator("#name").fill(name)
        phone.reads("No connection. Keep going, it is saved here.")
        end_every_session(market, "member")
        network.on()
        phone.reads("You were signed out. Sign in again, nothing is lost.")
        phone.online = True
        assert phone.page.locator("#name").input_value() == name
        assert drafts_named(market, name) == []
        phone.picture("signed-out")
        steps.sign_in(phone, "member")
        until(lambda: drafts_named(market, name), "the draft")
        phone.reads("Everything from this phone is sent.")
        assert len(drafts_named(market, name)) == 1
