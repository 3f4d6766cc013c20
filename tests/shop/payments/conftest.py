"""The shop with Stripe's stand-in on a thread beside it; events wait until a test sends them."""

import dataclasses
from collections.abc import Iterator

import pytest
from flask import Flask

from shop.sandbox.serve import Running, running
from tests.browser import Browser
from tests.shop.payments.outside import KEY, SECRET, Outside


@pytest.fixture(scope="module")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    path = str(tmp_path_factory.mktemp("stripe") / "state.db")
    with running(path, stripe_key=KEY, webhook_secret=SECRET) as found:
        yield found


@pytest.fixture
def outside(app: Flask, browser: Browser, _running: Running) -> Iterator[Outside]:
    """Stripe with an empty memory; the app talks to it for the length of the test."""
    before = app.extensions["settings"]
    app.extensions["settings"] = dataclasses.replace(
        before, stripe_secret_key=KEY, stripe_webhook_secret=SECRET, stripe_api_url=_running.url
    )
    found = Outside(_running, browser)
    found.control("forgetting")
    found.control("webhooks", mode="hold")
    yield found
    app.extensions["settings"] = before
