"""The same calls against localstripe, a server of Stripe's API that others wrote: payment intents and refunds.

It knows no Checkout Sessions, transfers or disputes (404) and no bounds on lists, keeps no idempotency keys, and
gives back more than was paid: for all of that our own strict stand-in is asked. What both know must come out the same.
"""

import dataclasses
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
import stripe

from shop.payments.methods import CARD
from shop.payments.methods.base import Refused
from tests.shop.payments.outside import KEY

HOST = "127.0.0.1"
AMOUNT = 264_000
# On this machine only, and without the file in /tmp in which it keeps its memory.
SERVER = """
import sys
from aiohttp import web
from localstripe import resources, server
resources.Store.dump_to_disk = lambda self: None
web.run_app(server.app, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)
"""
CARD_NUMBER = {"number": "4242424242424242", "exp_month": 12, "exp_year": 2034, "cvc": "123"}


@pytest.fixture(scope="module")
def localstripe(tmp_path_factory) -> Iterator[str]:
    with socket.socket() as found:
        found.bind((HOST, 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-c", SERVER, str(port)]
    running = subprocess.Popen(command, cwd=tmp_path_factory.mktemp("localstripe"))
    try:
        for _ in range(300):
            with socket.socket() as asked:
                if asked.connect_ex((HOST, port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://{HOST}:{port}"
    finally:
        running.terminate()
        running.wait(10)


@pytest.fixture
def api(app, localstripe):
    """The shop talks to localstripe for the length of the test; returns Stripe's own client for what a buyer does."""
    before = app.extensions["settings"]
    app.extensions["settings"] = dataclasses.replace(before, stripe_secret_key=KEY, stripe_api_url=localstripe)
    with app.app_context():
        yield stripe.StripeClient(KEY, base_addresses={"api": localstripe}, max_network_retries=0)
    app.extensions["settings"] = before


@pytest.fixture
def paid(api):
    """A payment intent in đồng that a card paid, with our note on it."""
    card = api.v1.payment_methods.create({"type": "card", "card": CARD_NUMBER})
    asked = {"amount": AMOUNT, "currency": "vnd", "payment_method": card.id, "confirm": True}
    intent = api.v1.payment_intents.create(asked | {"metadata": {"purchase": "digest"}})
    assert (intent.status, intent.amount, intent.currency) == ("succeeded", AMOUNT, "vnd")
    return intent.id


def test_some_and_then_the_rest_goes_back(paid):
    some = CARD.refund(paid, 52_000, name="LC48172063-short-1", key="refund-short-1")
    assert (some.done, some.failed, some.amount, some.problem) == (True, False, 52_000, "")
    rest = CARD.refund(paid, AMOUNT - 52_000, name="LC48172063-cancelled", key="refund-cancelled-1")
    assert rest.reference != some.reference
    assert CARD.look_up_refund(some.reference) == some


def test_a_refund_is_found_again_by_its_name(paid):
    made = CARD.refund(paid, 52_000, name="LC48172063-line-1-1", key="refund-line-1-1")
    assert CARD.find_refund(paid, "LC48172063-line-1-1") == made
    assert CARD.find_refund(paid, "LC48172063-line-1-2") is None


def test_what_is_not_there_is_refused(api):
    with pytest.raises(Refused):
        CARD.look_up_refund("re_none")
    with pytest.raises(Refused):
        CARD.refund("pi_none", 1_000, name="x", key="y")
