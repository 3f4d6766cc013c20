"""Switches for tests and for trying things by hand; this machine only, like the rest of the sandbox."""

import json
import time
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as Redirect

from shop.sandbox import bank_books, faults, stripe_disputes, stripe_events, stripe_objects, stripe_store, webhooks
from shop.sandbox.context import sandbox
from shop.sandbox.state import fact, remember
from shop.sandbox.stripe_moves import expire_due

bp = Blueprint("control", __name__, url_prefix="/_control")
Answer = dict[str, Any] | Redirect


class BadSwitch(ValueError):
    """There is no such switch position."""


@bp.errorhandler(BadSwitch)
def bad_switch(error: BadSwitch) -> tuple[dict[str, str], int]:
    return {"error": str(error)}, 400


@bp.get("/")
def switches() -> dict[str, Any]:
    with sandbox().state.reading() as db:
        return {
            "webhooks": fact(db, "webhook_mode", "send"),
            "wait": float(fact(db, "webhook_wait", "0")),
            "signature": fact(db, "webhook_signature", "right"),
            "clock_ahead": int(fact(db, "clock_ahead", "0")),
            "faults": json.loads(fact(db, "faults", "[]")),
            "deliveries": webhooks.counts(db),
        }


@bp.post("/webhooks")
def webhook_switch() -> Answer:
    """Set what happens to new events: {mode, wait (seconds, for delay), signature}."""
    asked = _asked()
    with sandbox().state.writing() as db:
        if "mode" in asked:
            remember(db, "webhook_mode", _one_of(asked["mode"], stripe_events.MODES))
        if "wait" in asked:
            remember(db, "webhook_wait", str(_number(asked["wait"])))
        if "signature" in asked:
            remember(db, "webhook_signature", _one_of(asked["signature"], webhooks.SIGNATURES))
    return _back({"done": True})


@bp.post("/webhooks/release")
def release() -> Answer:
    """Send what is held: {order: "first" | "last"}, which end comes first."""
    backwards = _one_of(_asked().get("order", "first"), ("first", "last")) == "last"
    with sandbox().state.writing() as db:
        released = stripe_events.release(db, backwards)
    sandbox().dispatcher.wake()
    return _back({"released": released})


@bp.post("/events")
def invent_event() -> dict[str, Any]:
    """Send the shop an event that did not happen: {type, object}; well signed, so only its content is false."""
    asked = _asked()
    about = asked.get("object")
    if not isinstance(about, dict) or not asked.get("type"):
        raise BadSwitch("An event needs a type and an object")
    with sandbox().state.writing() as db:
        event = stripe_events.emit(db, str(asked["type"]), about)
    sandbox().dispatcher.wake()
    return event


@bp.post("/disputes")
def dispute() -> dict[str, Any]:
    """Let a bank dispute the charge of {payment_intent}: {reason, inquiry}; or decide on it: {decide: won | lost}."""
    asked = _asked()
    with sandbox().state.writing() as db:
        intent = stripe_store.get(db, "payment_intent", str(asked.get("payment_intent")))
        charge = stripe_store.get(db, "charge", intent["latest_charge"])
        if "decide" in asked:
            found = next(one for one in stripe_store.newest(db, "dispute") if one["charge"] == charge["id"])
            end = _one_of(asked["decide"], stripe_disputes.ENDS)
            found = stripe_disputes.decide(db, found, end)
        else:
            reason = _one_of(asked.get("reason", "fraudulent"), stripe_disputes.REASONS)
            found = stripe_disputes.open_on(db, charge, reason, inquiry=bool(asked.get("inquiry")))
    sandbox().dispatcher.wake()
    return stripe_objects.visible(found)


@bp.post("/clock")
def move_clock() -> Answer:
    """Advance the sandbox's clock by {advance: seconds}, or {reset: true}; sessions end when their time has come."""
    asked = _asked()
    with sandbox().state.writing() as db:
        ahead = 0 if asked.get("reset") else int(fact(db, "clock_ahead", "0")) + int(_number(asked.get("advance", 0)))
        remember(db, "clock_ahead", str(ahead))
    expired = expire_due(sandbox().state)
    sandbox().dispatcher.wake()
    return _back({"clock_ahead": ahead, "expired": expired})


@bp.post("/faults")
def order_fault() -> dict[str, Any]:
    """Let the next {times} API requests meet a fault {kind, seconds}."""
    asked = _asked()
    with sandbox().state.writing() as db:
        kind = _one_of(asked.get("kind", ""), faults.KINDS)
        faults.order(db, kind, int(_number(asked.get("times", 1))), _number(asked.get("seconds", 0)))
    return {"done": True}


@bp.post("/bank/listeners")
def listen() -> dict[str, Any]:
    """Tell the bank who listens to an account: {account, url, secret}."""
    asked = _asked()
    given = [str(asked.get(name) or "") for name in ("account", "url", "secret")]
    if not all(given):
        raise BadSwitch("A listener needs an account, a url and a secret")
    with sandbox().state.writing() as db:
        bank_books.listen(db, *given)
    return {"done": True}


@bp.post("/settling")
def settle() -> dict[str, Any]:
    """Wait up to {timeout} seconds until nothing is on its way; return the counts."""
    return _quiet(_number(_asked().get("timeout", 5)))


@bp.post("/forgetting")
def forget() -> dict[str, Any]:
    """Empty the whole memory, after what is on its way right now has arrived."""
    with sandbox().state.writing() as db:
        db.execute("DELETE FROM deliveries WHERE state <> 'sending'")
    _quiet(sandbox().settings.receiver_patience)
    sandbox().state.forget_everything()
    return {"done": True}


def _quiet(seconds: float) -> dict[str, Any]:
    until = time.monotonic() + seconds
    while True:
        with sandbox().state.reading() as db:
            found = webhooks.counts(db)
        if found["waiting"] + found["sending"] == 0 or time.monotonic() > until:
            return found
        time.sleep(0.02)


def _asked() -> dict[str, Any]:
    found = request.get_json(silent=True) if request.is_json else request.form.to_dict()
    if not isinstance(found, dict):
        raise BadSwitch("Send a JSON object")
    return found


def _one_of(value: Any, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise BadSwitch(f"{value!r} is not one of {', '.join(allowed)}")
    return str(value)


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise BadSwitch(f"{value!r} is not a number") from None


def _back(answer: dict[str, Any]) -> Answer:
    return answer if request.is_json else redirect(url_for("webhooks.index"), 303)
