"""A browser asks to be told."""

from flask import Blueprint, abort, jsonify, request
from werkzeug.wrappers import Response

from shop.accounts.access import session_row
from shop.core.db import writing
from shop.notices.push import services

bp = Blueprint("push", __name__)


@bp.post("/account/push")
def subscription() -> tuple[Response, int]:
    """Keep what the browser's push service gave it; our script sends the form."""
    row = session_row() or abort(401)
    given = {name: request.form.get(name, "") for name in ("endpoint", "p256dh", "auth")}
    with writing():
        services.subscribe(row, **given)
    return jsonify(kept=True), 201
