"""An SMS sender in the shape of eSMS (developers.esms.vn): the text stays here, the codes are shown."""

import re
import secrets
import sqlite3
from typing import Any

from flask import Blueprint, render_template, request

from shop.core.texting import parts_of
from shop.sandbox.context import sandbox
from shop.sandbox.mails import AT_MOST, codes_in
from shop.sandbox.state import now

bp = Blueprint("sms", __name__)
MOBILE = re.compile(r"(?:\+?84|0)([35789]\d{8})")  # Vietnamese mobile numbers since 2018
MOST_PARTS = 3
# The provider's own codes and sentences (its table of error codes); it answers 200 whatever the code.
DONE, BAD_KEYS, NO_BRAND, BAD_PHONE, BAD_REQUEST, BAD_TYPE, TWICE = "100", "101", "104", "108", "110", "118", "124"


@bp.post("/sms/send")
@bp.post("/MainService.svc/json/SendMultipleMessage_V4_post_json/", endpoint="send_v4")
def send() -> dict[str, Any]:
    """Take one text: {ApiKey, SecretKey, Phone, Content, SmsType, RequestId}."""
    asked = request.get_json(silent=True)
    if not isinstance(asked, dict):
        return _refused(BAD_REQUEST, "The body is not a JSON object")
    fields = {name: str(asked.get(name) or "") for name in ("Phone", "Content", "SmsType", "Brandname", "RequestId")}
    problem = _problem(asked, fields)
    return problem or _kept(fields)


def _problem(asked: dict[str, Any], fields: dict[str, str]) -> dict[str, Any] | None:
    keys = sandbox().settings
    if asked.get("ApiKey") != keys.sms_api_key or asked.get("SecretKey") != keys.sms_secret_key:
        return _refused(BAD_KEYS, "Authorize Failed")
    if fields["SmsType"] not in {"2", "8"}:
        return _refused(BAD_TYPE, "SmsType must be 2 (customer care, with a Brandname) or 8 (fixed number)")
    if fields["SmsType"] == "2" and not fields["Brandname"]:
        return _refused(NO_BRAND, "Brandname does not exist")
    if not MOBILE.fullmatch(fields["Phone"]):
        return _refused(BAD_PHONE, "Phone number is not in correct format")
    alphabet, parts = parts_of(fields["Content"])
    if not fields["Content"].strip() or parts > MOST_PARTS:
        return _refused(BAD_REQUEST, f"Content must fill 1 to {MOST_PARTS} parts, this one fills {parts} ({alphabet})")
    return None


def _kept(fields: dict[str, str]) -> dict[str, Any]:
    alphabet, parts = parts_of(fields["Content"])
    sms_id = secrets.token_hex(16)
    phone = e164(fields["Phone"])
    with sandbox().state.writing() as db:
        first = db.execute("SELECT sms_id FROM texts WHERE request_id = ?", (fields["RequestId"] or None,)).fetchone()
        if first:  # sent once already: the caller lost our answer and must not send a second text
            return _refused(TWICE, "Duplicate RequestId") | {"SMSID": first["sms_id"]}
        db.execute(
            "INSERT INTO texts (at, sms_id, request_id, phone, content, alphabet, parts) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (now(db), sms_id, fields["RequestId"] or None, phone, fields["Content"], alphabet, parts),
        )
    return {"CodeResult": DONE, "CountRegenerate": 0, "SMSID": sms_id}


def _refused(code: str, sentence: str) -> dict[str, Any]:
    return {"CodeResult": code, "CountRegenerate": 0, "ErrorMessage": sentence}


def e164(phone: str) -> str:
    """Return a Vietnamese mobile number as +84…; anything else unchanged."""
    found = MOBILE.fullmatch(phone.strip())
    return f"+84{found[1]}" if found else phone


@bp.get("/sms")
def index() -> str:
    to = request.args.get("to", "")
    return render_template("sandbox/sms.html", texts=_newest(to), to=to)


@bp.get("/sms.json")
def as_json() -> list[dict[str, Any]]:
    return _newest(request.args.get("to", ""))


def _newest(to: str) -> list[dict[str, Any]]:
    # A plus sign that nobody escaped arrives as a space.
    asked = {"to": e164(to.strip().replace(" ", "")) if to else ""}
    with sandbox().state.reading() as db:
        rows = db.execute(
            f"SELECT * FROM texts WHERE :to = '' OR phone = :to ORDER BY id DESC LIMIT {AT_MOST}",  # noqa: S608
            asked,
        ).fetchall()
    return [_shown(row) for row in rows]


def _shown(row: sqlite3.Row) -> dict[str, Any]:
    return dict(row) | {"codes": codes_in(row["content"])}
