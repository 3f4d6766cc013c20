"""How it runs: loopback only, a memory that outlives it, the settings a shop needs, a command that stops."""

import signal
import smtplib
import sqlite3
import subprocess
import sys
import threading
import time
from email.message import EmailMessage

import httpx
import pytest
import stripe

from shop.config import ROOT
from shop.sandbox.app import create_sandbox
from shop.sandbox.serve import running
from shop.sandbox.state import State, remember
from tests.shop.sandbox.conftest import KEY, SECRET, asked, http

COMMAND = """
from shop.sandbox.serve import main
import sys
main(int(sys.argv[1]), sys.argv[2], "http://127.0.0.1:9", "whsec_x", smtp_port=int(sys.argv[3]))
"""


def test_the_memory_outlives_a_restart(tmp_path):
    path, chosen = str(tmp_path / "s.db"), {"stripe_key": KEY, "webhook_secret": SECRET}
    with running(path, **chosen) as first:
        api = stripe.StripeClient(KEY, base_addresses={"api": first.url})
        made = api.v1.checkout.sessions.create(asked(first), options={"idempotency_key": "k"})
    with running(path, **chosen) as second:
        api = stripe.StripeClient(KEY, base_addresses={"api": second.url})
        assert api.v1.checkout.sessions.retrieve(made.id).id == made.id
        assert api.v1.checkout.sessions.list().data[0].id == made.id


def test_two_processes_may_share_the_memory(tmp_path):
    path = str(tmp_path / "s.db")
    with running(path) as one, running(path) as other:
        message = EmailMessage()
        for name, value in (("From", "a@b.example"), ("To", "c@d.example"), ("Date", "x"), ("Message-ID", "<1@b>")):
            message[name] = value
        message.set_content("x")
        with smtplib.SMTP("127.0.0.1", one.smtp_port) as server:
            server.send_message(message)
        assert len(http.get(f"{other.url}/mailbox.json").json()) == 1


def test_it_works_without_a_port(tmp_path):
    """In one process: a test client in front, webhooks handed to a function when the test says so."""
    app = create_sandbox(str(tmp_path / "s.db"), stripe_key=KEY, webhook_secret=SECRET)
    heard = []
    dispatcher = app.extensions["sandbox"].dispatcher
    dispatcher.post = lambda url, body, headers, patience: heard.append((url, body, headers)) or 200
    form = {
        "mode": "payment", "success_url": "http://127.0.0.1:8000/ok", "line_items[0][quantity]": "1",
        "line_items[0][price_data][currency]": "vnd", "line_items[0][price_data][unit_amount]": "45000",
        "line_items[0][price_data][product_data][name]": "Chè",
    }  # fmt: skip
    head = {"Authorization": f"Bearer {KEY}"}
    client = app.test_client()
    made = client.post("/v1/checkout/sessions", data=form, headers=head).json
    client.post(f"/v1/checkout/sessions/{made['id']}/expire", headers=head)
    assert (dispatcher.deliver_due(), dispatcher.deliver_due()) == (1, 0)
    ((url, body, headers),) = heard
    assert url == "http://127.0.0.1:8000/webhooks/stripe"
    assert stripe.Webhook.construct_event(body, headers["Stripe-Signature"], SECRET).type == "checkout.session.expired"


def test_writers_wait_for_each_other(tmp_path):
    state = State(str(tmp_path / "s.db"))

    def count():
        for _ in range(25):
            with state.writing() as db:
                before = int(db.execute("SELECT coalesce(max(value), 0) FROM facts").fetchone()[0])
                remember(db, "count", f"{before + 1:04d}")

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with state.reading() as db:
        assert db.execute("SELECT value FROM facts").fetchone()[0] == "0100"


def test_what_raises_leaves_no_trace(tmp_path):
    state = State(str(tmp_path / "s.db"))
    with pytest.raises(sqlite3.IntegrityError), state.writing() as db:
        db.executemany("INSERT INTO facts VALUES (?, ?)", [("a", "1"), ("a", "2")])
    with state.reading() as db:
        assert db.execute("SELECT count(*) FROM facts").fetchone()[0] == 0


def test_the_shop_s_settings_are_those_that_work(sandbox):
    given = sandbox.shop_settings
    assert given["SANDBOX_URL"] == given["STRIPE_API_URL"] == sandbox.url
    assert given["SMTP_URL"] == f"smtp://127.0.0.1:{sandbox.smtp_port}"
    text = {"ApiKey": given["SMS_API_KEY"], "SecretKey": given["SMS_SECRET_KEY"], "Phone": "0912345678",
            "Content": "x", "SmsType": "8"}  # fmt: skip
    assert http.post(given["SMS_URL"], json=text).json()["CodeResult"] == "100"
    client = stripe.StripeClient(given["STRIPE_SECRET_KEY"], base_addresses={"api": given["STRIPE_API_URL"]})
    assert client.v1.events.list().data == []


def test_the_command_serves_and_stops_at_ctrl_c(tmp_path):
    with running(str(tmp_path / "other.db")) as probe:  # two ports that are free now
        port, smtp_port = int(probe.url.rpartition(":")[2]), probe.smtp_port
    command = [sys.executable, "-c", COMMAND, str(port), str(tmp_path / "s.db"), str(smtp_port)]
    process = subprocess.Popen(command, env={"PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE)
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        with smtplib.SMTP("127.0.0.1", smtp_port, timeout=5) as server:
            assert server.noop()[0] == 250
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=15) == 0
        assert b"Traceback" not in process.stderr.read()
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def wait_for(url):
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        try:
            return http.get(url)
        except httpx.ConnectError:
            time.sleep(0.05)
    raise AssertionError(f"nobody answers at {url}")
