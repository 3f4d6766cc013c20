"""A Zalo notification service (ZNS): registered templates only; the message stays here and is shown."""

import json
import re
import secrets
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, render_template, request

from shop.sandbox.context import sandbox
from shop.sandbox.mails import AT_MOST
from shop.sandbox.state import now
from shop.sandbox.zalo_keys import counts

bp = Blueprint("zalo", __name__)
MOBILE = re.compile(r"84[35789]\d{8}")
LONGEST_TRACKING = 48
LONGEST_PLACE = 30
NO_ZALO = "00"  # numbers that end so have no Zalo, like many old phones
# The service's own figures and sentences (zalo.cloud, guidelines on error codes); it answers 200 whatever it says.
SENTENCES = {
    0: "Success",
    -108: "Phone number invalid",
    -109: "Template ID invalid",
    -111: "Template data empty",
    -112: "Template data invalid",
    -118: "Zalo account not existed",
    -121: "Body data empty",
    -124: "Access token invalid",
    -132: "Parameter invalid",
}


@bp.post("/message/template")
def send() -> dict[str, Any]:
    """Take one message: {phone, template_id, template_data, tracking_id}, the header access_token."""
    asked = request.get_json(silent=True)
    message: dict[str, Any] = asked if isinstance(asked, dict) else {}
    error = next((figure for figure, wrong in _checks(message) if wrong), 0)
    if error:
        return {"error": error, "message": SENTENCES[error]}
    return {"error": 0, "message": SENTENCES[0], "data": _kept(message)}


def _checks(message: dict[str, Any]) -> Iterator[tuple[int, bool]]:
    """Yield (figure, is it wrong) in the order of the service; the first that is wrong is the answer."""
    yield -124, not counts(request.environ.get("zalo.access_token", ""))
    yield -121, not message
    phone, data = str(message.get("phone", "")), message.get("template_data")
    yield -108, not MOBILE.fullmatch(phone)
    places = sandbox().settings.zalo_templates.get(str(message.get("template_id", "")))
    yield -109, places is None
    filled = data if isinstance(data, dict) else {}
    yield -111, not filled
    fits = all(0 < len(str(value)) <= LONGEST_PLACE for value in filled.values())
    yield -112, set(filled) != set(places or ()) or not fits
    yield -132, not 0 < len(str(message.get("tracking_id", ""))) <= LONGEST_TRACKING
    yield -118, phone.endswith(NO_ZALO)


def _kept(asked: dict[str, Any]) -> dict[str, Any]:
    message_id = secrets.token_hex(12)
    with sandbox().state.writing() as db:
        at = now(db)
        row = (at, message_id, f"+{asked['phone']}", asked["template_id"], json.dumps(asked["template_data"]))
        db.execute(
            "INSERT INTO zalo (at, message_id, phone, template, filled, tracking) VALUES (?, ?, ?, ?, ?, ?)",
            (*row, asked["tracking_id"]),
        )
    return {"msg_id": message_id, "sent_time": str(at * 1000), "quota": {"dailyQuota": "500", "remainingQuota": "499"}}


@bp.get("/zalo")
def index() -> str:
    return render_template("sandbox/zalo.html", messages=_newest())


@bp.get("/zalo.json")
def as_json() -> list[dict[str, Any]]:
    return _newest()


def _newest() -> list[dict[str, Any]]:
    with sandbox().state.reading() as db:
        rows = db.execute("SELECT * FROM zalo ORDER BY id DESC LIMIT ?", (AT_MOST,)).fetchall()
    return [dict(row) | {"filled": json.loads(row["filled"])} for row in rows]
