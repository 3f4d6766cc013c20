"""The log of events sent to the shop, with a button to send one again."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.sandbox import stripe_events, stripe_store, webhooks
from shop.sandbox.context import sandbox
from shop.sandbox.state import fact

bp = Blueprint("webhooks", __name__)
AT_MOST = 200


@bp.get("/webhooks")
def index() -> str:
    with sandbox().state.reading() as db:
        switches = {
            "mode": fact(db, "webhook_mode", "send"),
            "wait": fact(db, "webhook_wait", "0"),
            "signature": fact(db, "webhook_signature", "right"),
            "ahead": int(fact(db, "clock_ahead", "0")) // 60,
        }
        held = webhooks.counts(db)["held"]
    return render_template(
        "sandbox/webhooks.html", log=_log(), switches=switches, held=held, url=sandbox().settings.webhook_url,
        modes=stripe_events.MODES, signatures=webhooks.SIGNATURES,
    )  # fmt: skip


@bp.get("/webhooks.json")
def as_json() -> list[dict[str, Any]]:
    return _log()


@bp.get("/webhooks/<event_id>")
def show(event_id: str) -> str:
    with sandbox().state.reading() as db:
        event = stripe_store.find(db, "event", event_id) or abort(404)
    return render_template("sandbox/event.html", event=event)


@bp.post("/webhooks/<event_id>/delivery")
def send_again(event_id: str) -> Response:
    with sandbox().state.writing() as db:
        if stripe_store.find(db, "event", event_id) is None:
            abort(404)
        stripe_events.queue(db, event_id)
    sandbox().dispatcher.wake()
    return redirect(url_for(".index"), 303)


def _log() -> list[dict[str, Any]]:
    asked = request.args.get("about", "")
    with sandbox().state.reading() as db:
        rows = db.execute(
            "SELECT d.id, d.event_id, d.state, d.attempts, d.status, d.note, e.created AS at,"
            " json_extract(e.body, '$.type') AS type,"
            " json_extract(e.body, '$.data.object.id') AS about"
            " FROM deliveries d JOIN stripe_objects e ON e.id = d.event_id"
            " WHERE :about = '' OR json_extract(e.body, '$.data.object.id') = :about ORDER BY d.id DESC LIMIT :most",
            {"about": asked, "most": AT_MOST},
        ).fetchall()
    return [dict(row) for row in rows]
