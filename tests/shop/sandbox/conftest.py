"""A sandbox on real loopback ports, a shop that only listens, and Stripe's own library as the client."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
import stripe

from shop.sandbox.serve import Running, running

KEY = "sk_test_chophien_tests"
SECRET = "whsec_chophien_tests"
http = httpx.Client(trust_env=False)  # one for all tests: making one takes longer than asking
ITEM = {
    "quantity": 2,
    "price_data": {"currency": "vnd", "unit_amount": 45_000, "product_data": {"name": "Chè Shan tuyết, gói 100 g"}},
}


class Listener(ThreadingHTTPServer):
    """Plays the shop's webhook address: keeps what arrives and answers as told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Keep)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.says = b""  # the body of every answer

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def events(self) -> list[stripe.Event]:
        """Every event that arrived; a wrong signature raises."""
        return [stripe.Webhook.construct_event(body, head["stripe-signature"], SECRET) for head, body in self.got]

    def kinds(self) -> list[str]:
        return sorted(event.type for event in self.events())


class _Keep(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 200)
        self.end_headers()
        self.wfile.write(self.server.says)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test output clean."""


@pytest.fixture(scope="module")
def listening() -> Iterator[Listener]:
    server = Listener()
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory, listening: Listener) -> Iterator[Running]:
    path = str(tmp_path_factory.mktemp("sandbox") / "state.db")
    chosen = {"stripe_key": KEY, "webhook_secret": SECRET, "shop_origin": listening.origin}
    with running(path, retry_waits=(0.05, 0.05, 0.05), bank_minute=0.05, receiver_patience=2.0, **chosen) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(started: Running) -> Running:
    """The running sandbox with an empty memory."""
    http.post(f"{started.url}/_control/forgetting", json={}).raise_for_status()
    return started


@pytest.fixture
def receiver(sandbox: Running, listening: Listener) -> Listener:
    """The listening shop, having heard nothing yet."""
    listening.got.clear()
    listening.answers.clear()
    listening.says = b""
    return listening


@pytest.fixture
def api(sandbox: Running) -> stripe.StripeClient:
    """Stripe's library pointed at the sandbox, without retries of its own."""
    return client(sandbox)


def client(sandbox: Running, key: str = KEY, retries: int = 0) -> stripe.StripeClient:
    """Make a client of Stripe's library."""
    return stripe.StripeClient(key, base_addresses={"api": sandbox.url}, max_network_retries=retries)


def asked(sandbox: Running, **changes: object) -> dict:
    """Parameters of a good session; None takes one away."""
    whole = {
        "mode": "payment",
        "success_url": f"{sandbox.sandbox.settings.shop_origin}/pay/t/return?session={{CHECKOUT_SESSION_ID}}",
        "cancel_url": f"{sandbox.sandbox.settings.shop_origin}/pay/t",
        "line_items": [ITEM],
        "client_reference_id": "LC48172063",
        "metadata": {"purchase": "7K2M9QXA"},
        "expires_at": int(time.time()) + 35 * 60,
    }
    return {name: value for name, value in (whole | changes).items() if value is not None}


def paid(sandbox: Running, session: stripe.checkout.Session, number: str = "4242 4242 4242 4242") -> httpx.Response:
    """Fill in the card page as a buyer does."""
    fields = {"number": number, "expiry": "12/34", "cvc": "123", "email": "lan@example.com", "name": "LO THI LAN"}
    return http.post(session.url, data=fields, headers={"Origin": sandbox.url})


def control(sandbox: Running, what: str, **fields: object) -> dict:
    """Use one of the switches."""
    answer = http.post(f"{sandbox.url}/_control/{what}", json=fields, timeout=15)
    answer.raise_for_status()
    return answer.json()
