"""The roof of the sandbox: one small Flask application with a red bar on every page."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from shop.config import ROOT
from shop.core import formats, i18n
from shop.sandbox import (
    bank_pages,
    control,
    mailbox,
    push,
    sms,
    stripe_api,
    stripe_connect_api,
    stripe_disputes_api,
    stripe_pages,
    webhook_pages,
    zalo,
    zalo_keys,
)
from shop.sandbox.context import Sandbox, sandbox
from shop.sandbox.settings import SandboxSettings
from shop.sandbox.state import State
from shop.sandbox.webhooks import Dispatcher

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
MACHINE_PATHS = (
    "/v1/",
    "/sms/",
    "/MainService.svc/",
    "/message/",
    "/push/",
)  # programs call these; they carry their own keys
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action {forms}; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def create_sandbox(state_path: str, **settings: Any) -> Flask:
    """Build the sandbox on the memory file at `state_path`; the keywords are those of SandboxSettings.

    Raises ValueError where something could be mistaken for real: production, a live key.
    """
    chosen = SandboxSettings(**settings)
    chosen.check()
    state = State(state_path)
    app = Flask(__name__, template_folder="templates", static_folder="static")
    app.config.update(MAX_CONTENT_LENGTH=1024 * 1024, CATALOGUES=str(ROOT / "shop" / "translations"))
    app.json.sort_keys = False
    app.jinja_env.policies["json.dumps_kwargs"] = {"sort_keys": False}
    app.extensions["sandbox"] = Sandbox(state, chosen, Dispatcher(state, chosen))
    i18n.init_app(app)
    formats.register(app)
    for room in (mailbox, sms, zalo, zalo_keys, push, webhook_pages, bank_pages, control):
        app.register_blueprint(room.bp)
    for part in (stripe_pages, stripe_connect_api, stripe_disputes_api, stripe_api):
        app.register_blueprint(part.bp)
    app.register_blueprint(stripe_connect_api.pages)
    app.before_request(_only_loopback)
    app.before_request(_choose_language)
    app.url_defaults(_keep_language)
    app.after_request(_headers)
    app.register_error_handler(HTTPException, _error)
    app.context_processor(_for_templates)
    app.jinja_env.filters["moment"] = lambda seconds: datetime.fromtimestamp(seconds, UTC)
    app.add_url_rule("/", "index", _index)
    return app


def _index() -> str:
    with sandbox().state.reading() as db:
        counts = {
            "mails": db.execute("SELECT count(*) FROM mails").fetchone()[0],
            "texts": db.execute("SELECT count(*) FROM texts").fetchone()[0],
            "zalo": db.execute("SELECT count(*) FROM zalo").fetchone()[0],
            "payments": db.execute("SELECT count(*) FROM stripe_objects WHERE kind = 'checkout.session'").fetchone()[0],
            "bookings": db.execute("SELECT count(*) FROM bookings").fetchone()[0],
            "events": db.execute("SELECT count(*) FROM stripe_objects WHERE kind = 'event'").fetchone()[0],
        }
    return render_template("sandbox/index.html", counts=counts, settings=sandbox().settings)


def _only_loopback() -> None:
    """Answer this machine only, under its own names, and let no other site post forms here."""
    host = urlsplit(f"//{request.host}").hostname
    if request.remote_addr not in LOOPBACK or host not in LOOPBACK:
        abort(403)
    origin = request.headers.get("Origin")
    unsafe = request.method not in {"GET", "HEAD", "OPTIONS"} and not request.path.startswith(MACHINE_PATHS)
    if unsafe and origin and urlsplit(origin).netloc != request.host:
        abort(403)


def _choose_language() -> None:
    asked = request.args.get("lang", "")
    g.language_asked = asked if asked in i18n.LANGUAGES else ""
    g.language = g.language_asked or request.accept_languages.best_match(i18n.LANGUAGES, "vi")


def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    if g.get("language_asked") and not endpoint.endswith("static"):
        values.setdefault("lang", g.language_asked)


def _for_templates() -> dict[str, Any]:
    return {
        "languages": i18n.LANGUAGE_NAMES,
        "language": i18n.current_language(),
        "language_url": lambda language: url_for(
            request.endpoint or "index", **(request.view_args or {}) | {"lang": language}
        ),
    }


def _error(error: HTTPException) -> tuple[str, int] | HTTPException:
    if error.code is None or request.path.startswith(MACHINE_PATHS):
        return error
    return render_template("sandbox/error.html", code=error.code), error.code


def _headers(response: Response) -> Response:
    forms = " ".join(["'self'", *g.get("form_origins", ())])
    response.headers.setdefault("Content-Security-Policy", POLICY.format(forms=forms))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers.setdefault("Cache-Control", "no-store")
    return response
