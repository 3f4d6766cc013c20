"""The one way to Stripe: a client a process, few at once, and its errors in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from shop.core.db import forbid_in_writing
from shop.core.present import settings
from shop.payments.methods.base import NoAnswer, Refused
from shop.payments.methods.line import Busy, Line

if TYPE_CHECKING:
    import stripe

SECONDS = (3.05, 8.0)  # to connect, to answer: somebody waits before the page
AT_ONCE = 4  # threads of a process that ask; it has eight (shop/cli/start.py), and the others serve pages
TURN = 2.0  # seconds somebody waits for one of them; Stripe answers in less
RETRIES = 1  # by Stripe's library, under the same key
# A 500 is kept under its key and only repeated; 400 is a key used for something else (IdempotencyError).
KEPT = {400, 500}


@cache
def _client(key: str, url: str) -> "stripe.StripeClient":
    """Make one client a process: it keeps its connections."""
    import stripe

    line = stripe.RequestsClient(timeout=SECONDS)
    bases: Any = {"api": url.rstrip("/")} if url else {}
    return stripe.StripeClient(key, base_addresses=bases, max_network_retries=RETRIES, http_client=line)


_LINE = Line(AT_ONCE, TURN)


@contextmanager
def asking() -> Iterator["stripe.StripeClient"]:
    """Give the client, when it is our turn, and turn Stripe's errors into NoAnswer and Refused."""
    forbid_in_writing("Stripe")
    import stripe

    present = settings()
    try:
        with _LINE.turn():
            yield _client(present.stripe_secret_key, present.stripe_api_url)
    except Busy:
        raise NoAnswer("too many wait for it") from None
    except stripe.InvalidRequestError as problem:
        raise Refused(f"{problem.code or 'invalid'} {problem.param or ''}".strip()) from problem
    except stripe.StripeError as problem:  # a wrong key too: the operator mends it, and it is asked again
        raise NoAnswer(type(problem).__name__, kept=problem.http_status in KEPT) from problem


def ours(thing: "stripe.StripeObject") -> dict[str, str]:
    """Return what we noted on a thing when we made it."""
    return thing.to_dict().get("metadata") or {}
