"""Requests that change something must come from our own pages."""

import hmac
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, g, render_template, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from markupsafe import Markup
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from shop.core.logs import event

View = TypeVar("View", bound=Callable[..., Any])
CONFIRM_SECONDS = 3600
SAFE = {"GET", "HEAD", "OPTIONS"}


def signed_webhook(view: View) -> View:
    """Mark a view whose caller proves itself by a signature over the raw body."""
    view.signed_webhook = True  # type: ignore[attr-defined]
    return view


def by_script(view: View) -> View:
    """Mark a view that only scripts call, each time with `X-Draft-Key`.

    A page of another origin cannot send that header without asking first (Fetch standard, CORS preflight), and nobody
    here answers such a question; so no form token is needed, and what waits on a phone outlives a session.
    """
    view.by_script = True  # type: ignore[attr-defined]
    return view


def init_app(app: Flask) -> None:
    """Check every unsafe request before its view runs."""
    app.before_request(_check)
    app.jinja_env.globals["csrf_field"] = csrf_field


def csrf_field() -> Markup:
    """Return the hidden input with the session's form token; '' on pages of the public."""
    token = g.get("form_token", "")
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(token) if token else Markup("")


def _check() -> Response | str | None:
    if request.method in SAFE or request.endpoint is None:
        return None
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "signed_webhook", False):
        return None
    if getattr(view, "by_script", False):
        _check_script()
        return None
    if not _from_our_pages():
        if request.headers.get("Origin", "null") != "null" or "Sec-Fetch-Site" in request.headers:
            event("forged", ok=False, what="origin", route=str(request.endpoint))
            raise Forbidden
        if not _confirmed():
            return _ask_to_confirm()
    if not getattr(view, "is_public", False):
        _check_token()
    return None


def _check_script() -> None:
    named = request.headers.get("Origin", "null") != "null" or "Sec-Fetch-Site" in request.headers
    if not request.headers.get("X-Draft-Key") or (named and not _from_our_pages()):
        raise Forbidden


def _from_our_pages() -> bool:
    origin = request.headers.get("Origin")
    if origin and origin != "null":
        return hmac.compare_digest(origin, current_app.extensions["settings"].origin.rstrip("/"))
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def _check_token() -> None:
    expected = g.get("form_token", "")
    given = request.form.get("csrf_token") or request.headers.get("X-Form-Token", "")
    if expected and not hmac.compare_digest(expected, given):
        event("forged", ok=False, what="token", route=str(request.endpoint))
        raise Forbidden


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.extensions["settings"].secret_key, salt="confirm-request")


def _confirmed() -> bool:
    try:
        path = _serializer().loads(request.form.get("_confirm", ""), max_age=CONFIRM_SECONDS)
    except BadSignature:
        return False
    return bool(path == request.path)


def _ask_to_confirm() -> Response:
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != "_confirm"]
    page = render_template("errors/confirm.html", fields=fields, token=_serializer().dumps(request.path))
    return Response(page, 403, mimetype="text/html")
