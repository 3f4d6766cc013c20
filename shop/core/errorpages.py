"""Refusals and failures as pages that say what is kept and what to do."""

from typing import Any

from flask import Flask, g, jsonify, render_template, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from shop.core.db import db
from shop.core.errors import DomainError, TooMany
from shop.core.i18n import lazy_gettext as _l
from shop.core.logs import log

CHANGED_MEANWHILE = _l("Somebody changed this a moment ago. Open the page again to see how it stands now.")
BUSY = _l("The system is busy. Nothing was changed. Try again in a few minutes.")


def init_app(app: Flask) -> None:
    """Answer every refusal and failure with one page."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(Exception, _failure)


def _page(status: int, sentence: Any = "") -> tuple[Any, int]:
    g.cacheable = False
    db.session.rollback()
    if request.path.endswith(".json") or request.accept_mimetypes.best == "application/json":
        return jsonify(error=str(sentence), status=status), status
    told = {"status": status, "sentence": sentence, "request_id": g.get("request_id", "")}
    return render_template("errors/error.html", **told, canonical_url=None), status  # nothing is here to be found again


def _http(problem: HTTPException) -> Any:
    if problem.response is not None or (problem.code or 500) < 400:
        return problem.get_response()
    answer = _page(problem.code or 500)
    headers = [pair for pair in problem.get_headers() if pair[0].lower() in {"allow", "retry-after", "location"}]
    return (*answer, headers)


def _domain(problem: DomainError) -> Any:
    answer = _page(problem.status, problem.sentence)
    if isinstance(problem, TooMany):
        return (*answer, [("Retry-After", str(problem.retry_after))])
    return answer


def _stale(_problem: StaleDataError) -> Any:
    return _page(409, CHANGED_MEANWHILE)


def _busy(problem: OperationalError) -> Any:
    log.error("database", problem=type(problem.orig).__name__, exc_info=problem)
    return _page(503, BUSY)


def _failure(problem: Exception) -> Response | Any:
    log.error("failure", exc_info=problem)
    if request.environ.get("werkzeug.debug.preserve_context"):
        raise problem
    return _page(500)
