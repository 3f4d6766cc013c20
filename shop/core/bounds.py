"""Requests that no page of ours makes are refused before any room sees them."""

from urllib.parse import unquote_to_bytes

from flask import Flask, abort, request

MOST_QUERY = 4000  # bytes


def init_app(app: Flask) -> None:
    """Check path and query of each request."""
    app.before_request(_check)


def _check() -> None:
    """Refuse a NUL, which PostgreSQL cannot store or compare, and queries longer than any form of ours makes."""
    query = request.query_string
    if "\x00" in request.path or b"\x00" in unquote_to_bytes(query) or len(query) > MOST_QUERY:
        abort(400)
