"""The door of Stripe's API: who asks, in which version, and each POST once under its key."""

import json
import re
import sqlite3
import time
from collections.abc import Callable
from typing import Any

from flask import Response, g, request

from shop.sandbox import faults, idempotency
from shop.sandbox.context import sandbox
from shop.sandbox.stripe_errors import ApiError, bad
from shop.sandbox.stripe_objects import API_VERSION, new_id
from shop.sandbox.stripe_params import decode

FORM = "application/x-www-form-urlencoded"
Work = Callable[[sqlite3.Connection, dict[str, Any]], dict[str, Any]]


def let_in() -> None:
    """Check key, version and content type before anything else; raises ApiError."""
    g.request_id = new_id("req_", 14)
    g.fault = faults.take(sandbox().state, request.method)
    if g.fault and g.fault.kind == "down":
        raise ApiError(503, "The service is down for a moment.", kind="api_error")
    key = _given_key()
    if not key:
        raise ApiError(
            401,
            "You did not provide an API key. You need to provide your API key in the Authorization header, using "
            "Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
        )
    if key != sandbox().settings.stripe_key:
        hidden = f"{key[:8]}{'*' * max(len(key) - 12, 1)}{key[-4:]}"
        raise ApiError(401, f"Invalid API Key provided: {hidden}")
    g.version = request.headers.get("Stripe-Version", API_VERSION)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}(\.[a-z]+)?", g.version):
        raise bad(f"Invalid Stripe API version: {g.version}")
    if request.method == "POST" and request.content_length and request.mimetype != FORM:
        raise bad(f"Invalid request (check that your POST content type is {FORM}).")


def _given_key() -> str:
    scheme, _, rest = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Bearer":
        return rest.strip()
    return (request.authorization.username or "") if request.authorization else ""


def query() -> dict[str, Any]:
    """Return the parameters of a GET as nested dicts."""
    return decode(request.args.items(multi=True))


def once(read: Callable[[dict[str, Any]], dict[str, Any]], work: Work) -> Response:
    """Answer a POST: `read` checks the parameters, `work` acts in one transaction; both raise ApiError.

    With an Idempotency-Key the first answer is kept, refusals of the work and 500s included; a refusal by `read`
    is not, since nothing was begun (docs.stripe.com/api/idempotent_requests).
    """
    state, key = sandbox().state, request.headers.get("Idempotency-Key", "")
    given = decode(request.form.items(multi=True))
    if g.fault and g.fault.kind == "busy":
        raise ApiError(429, "Request rate limit exceeded.", code="rate_limit")
    earlier = idempotency.claim(state, key, request.path, given, g.request_id) if key else None
    if earlier:
        return _replayed(earlier, key)
    try:
        asked = read(given)
    except ApiError:
        idempotency.give_back(state, key)
        raise
    if g.fault and g.fault.kind == "slow":
        time.sleep(g.fault.seconds)
    with state.writing() as db:
        status, body = _done(db, work, asked)
        db.execute("UPDATE idempotency_keys SET status = ?, body = ? WHERE key = ?", (status, body, key))
    sandbox().dispatcher.wake()
    if g.fault and g.fault.kind == "lost":
        return Response("<html>Bad gateway</html>", 502, mimetype="text/html")
    return _response(status, body, key)


def _done(db: sqlite3.Connection, work: Work, asked: dict[str, Any]) -> tuple[int, str]:
    """Do the work and return its answer; a refusal leaves no trace of the work but the answer itself."""
    if g.fault and g.fault.kind == "error":
        failed = ApiError(500, "An unknown error occurred", kind="api_error")
        return failed.status, json.dumps(failed.body)
    db.execute("SAVEPOINT work")
    try:
        return 200, json.dumps(work(db, asked), ensure_ascii=False, indent=2)
    except ApiError as refused:
        db.execute("ROLLBACK TO work")
        return refused.status, json.dumps(refused.body, ensure_ascii=False, indent=2)


def _response(status: int, body: str, key: str) -> Response:
    response = Response(body, status, mimetype="application/json")
    if key:
        response.headers["Idempotency-Key"] = key
    if status >= 500:
        response.headers["Stripe-Should-Retry"] = "false"  # the same key would only replay it
    return response


def _replayed(earlier: idempotency.Answer, key: str) -> Response:
    response = _response(earlier.status, earlier.body, key)
    response.headers["Idempotent-Replayed"] = "true"
    response.headers["Original-Request"] = earlier.request_id
    return response


def asked_by() -> dict[str, Any]:
    """Return what an event says about the request that caused it."""
    return {"id": g.request_id, "idempotency_key": request.headers.get("Idempotency-Key") or None}
