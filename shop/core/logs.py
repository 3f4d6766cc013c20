"""One JSON line a request: what, how long, for which account; never a name, phone or token."""

import logging
import secrets
import sys
import time

import structlog
from flask import Flask, g, request
from werkzeug.wrappers import Response

log = structlog.get_logger("shop")


def event(name: str, *, ok: bool, user: int | None = None, **facts: str | int) -> None:
    """Note an event of safety (sign_in, proof, limit, refused, forged …): who by number, never what was typed.

    What went wrong is a warning, so that a market that logs little still sees guessing.
    """
    (log.info if ok else log.warning)("safety", event_name=name, ok=ok, user=user or g.get("user_id"), **facts)


def init_app(app: Flask, level: str) -> None:
    """Write JSON to standard error and give each request an id."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping().get(level.upper(), 20)),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.request_id = secrets.token_hex(8)
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.get("request_id", "")
    took = (time.perf_counter() - g.began) * 1000 if "began" in g else 0.0
    log.info(
        "request",
        method=request.method,
        route=str(request.url_rule) if request.url_rule else None,
        status=response.status_code,
        ms=round(took, 1),
        user=g.get("user_id"),
    )
    return response
