"""flask work: what cannot wait is not kept waiting by what is slow."""

import os
import signal
import threading

import pytest

from shop.cli import rooms, work

ENOUGH = 10  # seconds


@pytest.fixture
def handlers():
    kept = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}
    yield
    for one, handler in kept.items():
        signal.signal(one, handler)


def test_a_slow_sweep_keeps_no_decision_waiting(app, handlers, monkeypatch):
    began, looked, seen = threading.Event(), threading.Event(), []

    def slow():
        began.set()
        seen.append(looked.wait(ENOUGH))
        os.kill(os.getpid(), signal.SIGTERM)
        return 0

    def prompt():
        if began.is_set():
            looked.set()
        return 0

    monkeypatch.setattr(work, "PAUSE", 0.01)
    monkeypatch.setattr(work, "sweeps", lambda: [("slow", slow)])
    monkeypatch.setattr(work, "prompt", lambda: [("prompt", prompt)])
    assert app.test_cli_runner().invoke(work.command).exit_code == 0
    assert seen == [True]


def test_one_that_hangs_keeps_no_other_waiting(app, handlers, monkeypatch):
    free = threading.Event()

    def hangs():
        return 0 if free.wait(ENOUGH) else 1

    def other():
        free.set()
        os.kill(os.getpid(), signal.SIGTERM)
        return 0

    monkeypatch.setattr(work, "PAUSE", 0.01)
    monkeypatch.setattr(work, "sweeps", list)
    monkeypatch.setattr(work, "prompt", lambda: [("hangs", hangs), ("other", other)])
    assert app.test_cli_runner().invoke(work.command).exit_code == 0
    assert free.is_set()


def test_decisions_and_messages_are_what_cannot_wait():
    names = {name for name, _sweep in rooms.prompt()}
    messages = {f"shop.notices.send_{way}" for way in ("push", "mail", "zalo", "sms")}
    decisions = {"products.review.carry_out_due", "products.automatic.approve_by_rules"}
    assert names == decisions | messages
    assert work.PAUSE <= 5, "ten seconds are at most fifteen"
