"""The other side of a payment in tests: Stripe's stand-in, its buyers, and the events it holds for us."""

import dataclasses
import json
import os
import random
from dataclasses import dataclass
from typing import Any

import httpx
import stripe
from sqlalchemy import select

from shop.core.db import db, writing
from shop.orders.models import Method, Order, Purchase
from shop.payments import services, tasks
from shop.payments.checks import CHECKS
from shop.payments.models import InboxEvent, Payment, PaymentEvent
from shop.payments.online.tasks import open_page
from shop.sandbox import stripe_objects, stripe_store
from shop.sandbox.serve import Running
from shop.sandbox.state import wall
from shop.sandbox.webhooks import sign
from tests.browser import Browser
from tests.cast import Cast
from tests.shop.orders.buying import ordered

KEY = "sk_test_chophien_payments"
SECRET = "whsec_chophien_payments"
PATH = "/webhooks/stripe"
WHOLE = bool(os.environ.get("FULL"))
# One for all tests: making one takes longer than asking. It lets go before the market does, which waits two seconds.
http = httpx.Client(trust_env=False, limits=httpx.Limits(max_connections=100, keepalive_expiry=1))


class Outside:
    """Stripe as a test plays it: pays on its page, sends its events when told, breaks it on order."""

    def __init__(self, running: Running, browser: Browser) -> None:
        self.running, self.browser = running, browser
        self.api = stripe.StripeClient(KEY, base_addresses={"api": running.url}, max_network_retries=0)

    def set(self, **changes: object) -> None:
        """Run the rest of the test under other settings."""
        extensions = self.browser.app.extensions
        extensions["settings"] = dataclasses.replace(extensions["settings"], **changes)

    def control(self, what: str, **fields: object) -> Any:
        """Use one of the stand-in's switches."""
        answer = http.post(f"{self.running.url}/_control/{what}", json=fields)
        answer.raise_for_status()
        return answer.json()

    def fail_next(self, kind: str) -> None:
        """Let our next request fail for good: Stripe's library asks twice by itself, but for a kept "error".

        "lost": the work is done, and neither the answer nor the repeat of it arrives.
        """
        for fault in {"error": ["error"], "lost": ["lost", "down"]}.get(kind, [kind, kind]):
            self.control("faults", kind=fault)

    def pay(self, session: str, number: str = "4242 4242 4242 4242") -> httpx.Response:
        """Fill in the card page as a buyer does."""
        fields = {"number": number, "expiry": "12/34", "cvc": "123", "email": "anh@example.com", "name": "TRAN M ANH"}
        return http.post(f"{self.running.url}/pay/{session}", data=fields, headers={"Origin": self.running.url})

    def session(self, session: str) -> Any:
        """How a session stands at Stripe, with its lines."""
        return self.api.v1.checkout.sessions.retrieve(session, {"expand": ["line_items"]})

    def sessions(self) -> list[Any]:
        """Every session there is, the newest first."""
        return list(self.api.v1.checkout.sessions.list({"limit": 100}).data)

    def refunds(self) -> list[Any]:
        """Every refund that was made."""
        return list(self.api.v1.refunds.list({"limit": 100}).data)

    def change(self, kind: str, own_id: str, **values: object) -> None:
        """Let Stripe say something else about an object than it should."""
        with self.running.sandbox.state.writing() as memory:
            found = stripe_store.get(memory, kind, own_id)
            stripe_store.change(memory, found | values)

    def invent(self, kind: str, session: str, **values: object) -> None:
        """Let Stripe send a well-signed event about a session that is not true."""
        with self.running.sandbox.state.reading() as memory:
            found = stripe_objects.visible(stripe_store.get(memory, "checkout.session", session))
        self.control("events", type=kind, object=found | values)

    def events(self, kind: str = "") -> list[dict[str, Any]]:
        """The events that happened, the oldest first; of one kind where one is named."""
        with self.running.sandbox.state.reading() as memory:
            found = list(stripe_store.newest(memory, "event"))[::-1]
        return [event for event in found if not kind or event["type"] == kind]

    def send(self, event: dict[str, Any], *, secret: str = SECRET, age: int = 0) -> int:
        """Send one event to the shop, signed `age` seconds ago; returns the status."""
        body = json.dumps(event, ensure_ascii=False, indent=2).encode()
        return self.post(body, {"Stripe-Signature": sign(secret, body, int(wall()) - age)})

    def post(self, body: bytes, headers: dict[str, str]) -> int:
        """Send raw bytes to the webhook."""
        sent = self.browser.client.post(PATH, data=body, headers=headers, base_url=self.browser.origin)
        db.session.remove()
        return int(sent.status_code)

    def deliver(self, times: int = 1, seed: int | None = None) -> list[int]:
        """Send every event so many times, in order, or shuffled by `seed`; returns the statuses."""
        events = [event for event in self.events() for _ in range(times)]
        if seed is not None:
            random.Random(seed).shuffle(events)
        return [self.send(event) for event in events]


@dataclass(frozen=True)
class Bought:
    """A purchase as a test remembers it, whatever session is closed meanwhile."""

    id: int
    token: str
    total: int
    codes: tuple[str, ...]


def bought(cast: Cast, method: Method, **packs: int) -> Bought:
    """Place a purchase of so many packs, one of tea where nothing is said, and open its payment."""
    key = ordered(cast, method, **(packs or {"tea": 1})).id
    with writing():
        purchase = db.session.get_one(Purchase, key)
        services.open_payment(purchase)
        return Bought(key, purchase.token, purchase.total, tuple(order.code for order in purchase.orders))


def by_card(cast: Cast, **packs: int) -> Bought:
    """Place a purchase that waits for a card."""
    return bought(cast, Method.CARD, **packs)


def payment_of(purchase: Bought) -> Payment:
    """The newest payment of a purchase, read afresh."""
    rows = select(Payment).where(Payment.purchase_id == purchase.id).order_by(Payment.id.desc()).limit(1)
    return db.session.scalars(rows.execution_options(populate_existing=True)).one()


def session_of(purchase: Bought) -> str:
    """Open the page of a purchase at Stripe; returns its session."""
    assert open_page(payment_of(purchase).id)
    return payment_of(purchase).provider_session or ""


def orders_of(purchase: Bought) -> list[Order]:
    """The orders of a purchase, read afresh."""
    rows = select(Order).where(Order.purchase_id == purchase.id).order_by(Order.id)
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


def kinds(payment: Payment) -> list[str]:
    """The steps a payment went through."""
    rows = select(PaymentEvent.kind).where(PaymentEvent.payment_id == payment.id)
    return list(db.session.scalars(rows.order_by(PaymentEvent.id)))


def inbox() -> list[InboxEvent]:
    """What the provider told us."""
    return list(db.session.scalars(select(InboxEvent).order_by(InboxEvent.id)))


def sweep() -> int:
    """One round of every sweep of payments; returns how much was done."""
    done = sum(one() for one in tasks.SWEEPS)
    db.session.remove()
    return done


def violations() -> list[str]:
    """Everything the checks of payments find wrong."""
    return [problem for check in CHECKS for problem in check()]
